// The player of SCORM 1.2 packages.
import "./parts/storage.js";
import { Scorm12API } from "scorm-again/scorm12/min";
import { part, ready } from "./parts/bridge.js";
import { launchOf } from "./parts/manifest.js";
import { open } from "./parts/opening.js";
import { begin, manifestBeside, telling } from "./parts/scorm.js";

const WORDS = { core: "cmi.core", learner: "student", set: "LMSSetValue", commit: "LMSCommit", finish: "LMSFinish" };

ready(async ({ scene, address, values }) => {
  const manifest = await manifestBeside(address);
  const { data, action, limit, passing } = manifest ? launchOf(manifest, scene) : {};
  const api = new Scorm12API({ autocommit: false, lmsCommitUrl: false, logLevel: 5, selfReportSessionTime: true });
  begin(api, WORDS, values, {
    "cmi.launch_data": data,
    "cmi.student_data.mastery_score": passing,
    "cmi.student_data.max_time_allowed": limit,
    "cmi.student_data.time_limit_action": action,
  });
  window.API = api;
  telling(api, WORDS, () => ({ scene }));
  open(part(address));
});

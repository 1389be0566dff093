// The player of SCORM 1.2 packages.
import { Scorm12API } from "scorm-again/scorm12/min";
import { play } from "./parts/scorm.js";

play(
  { api: "API", core: "cmi.core", learner: "student", set: "LMSSetValue", commit: "LMSCommit", finish: "LMSFinish" },
  (settings) => new Scorm12API(settings),
);

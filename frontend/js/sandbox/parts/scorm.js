// Runs a SCORM package: puts the interface where the package looks for it, and tells the page what it sets.
import "./storage.js";
import { gathered, part, ready, tell } from "./bridge.js";
import { open } from "./opening.js";

const OFTEN = 1000;
// What belongs to the person or to this sitting, and not to the work.
const LEFT_OUT = /^cmi\.(core\.)?(student_|learner_|session_time|entry|exit|credit|mode|lesson_mode)|\._(children|version|count)$|^adl\./;

/** `words` are the names that its version of the standard has for the same things. */
export function play(words, make) {
  ready(({ scene, address, values }) => {
    const api = make({ autocommit: false, lmsCommitUrl: false, logLevel: 5, selfReportSessionTime: true });
    begin(api, words, values);
    window[words.api] = api;
    const save = gathered(() => tell({ package: "state", scene, values: said(api, words) }), OFTEN);
    api.on(`${words.set}.cmi.*`, save);
    for (const event of [words.commit, words.finish]) api.on(event, save.now);
    addEventListener("pagehide", save.now);
    open(part(address));
  });
}

function begin(api, words, values) {
  const before = Object.keys(values ?? {}).length > 0;
  api.loadFromFlattenedJSON({
    ...values,
    [`${words.core}.${words.learner}_id`]: "learner",
    [`${words.core}.${words.learner}_name`]: document.body.dataset.title,
    [`${words.core}.entry`]: before ? "resume" : "ab-initio",
  });
}

function said(api, words) {
  const values = {};
  for (const [name, value] of Object.entries(api.getFlattenedCMI())) {
    // Empty lists come as objects.
    if (value === "" || value === null || value === undefined || typeof value === "object" || LEFT_OUT.test(name)) continue;
    values[name] = String(value);
  }
  values[`${words.core}.total_time`] = api.cmi.getCurrentTotalTime();
  return values;
}

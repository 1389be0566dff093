// What both players of SCORM do: read what was kept into the interface, tell the page what the package sets, and find the
// description of the package.
import { gathered, part, tell } from "./bridge.js";

const OFTEN = 1000;
// What belongs to the person or to this sitting, and not to the work; and what the description of the package gives each time.
const LEFT_OUT =
  /^cmi\.(core\.)?(student_|learner_|session_time|entry|exit|credit|mode|lesson_mode)|^cmi\.(launch_data|time_limit_action|max_time_allowed|scaled_passing_score|completion_threshold|student_data\.)|\._(children|version|count)$|^adl\./;

/** The description of a package, at its top or in the folder that all of it lies in; null where it can't be read. */
export async function manifestBeside(address) {
  for (const folder of ["", `${address.split("/")[0]}/`]) {
    const answer = await fetch(part(`${folder}imsmanifest.xml`)).catch(() => null);
    if (!answer?.ok) continue;
    const read = new DOMParser().parseFromString(await answer.text(), "text/xml");
    if (read.documentElement.localName === "manifest") return read;
  }
  return null;
}

/** What a page finds when it begins: what it has set before, who it speaks with, and what its package gives it. */
export function begin(api, words, values, given = {}) {
  const before = Object.keys(values ?? {}).length > 0;
  const own = {
    ...given,
    [`${words.core}.${words.learner}_id`]: "learner",
    [`${words.core}.${words.learner}_name`]: document.body.dataset.title,
    [`${words.core}.entry`]: before ? "resume" : "ab-initio",
  };
  for (const [name, value] of Object.entries(own)) if (!value) delete own[name];
  api.loadFromFlattenedJSON({ ...values, ...own });
}

/** Keeps telling the page of the site what the package sets; `.now()` tells it at once. */
export function telling(api, words, message) {
  const save = gathered(() => tell({ package: "state", ...message(), values: said(api, words) }), OFTEN);
  api.on(`${words.set}.cmi.*`, save);
  for (const event of [words.commit, words.finish]) api.on(event, save.now);
  addEventListener("pagehide", save.now);
  return save;
}

export function said(api, words) {
  const values = {};
  for (const [name, value] of Object.entries(api.getFlattenedCMI())) {
    // Empty lists come as objects.
    if (value === "" || value === null || value === undefined || typeof value === "object" || LEFT_OUT.test(name)) continue;
    values[name] = String(value);
  }
  values[`${words.core}.total_time`] = api.cmi.getCurrentTotalTime();
  return values;
}

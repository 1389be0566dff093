// The record store of one unit of a cmi5 package (cmi5 1.0, sections 8 to 10; xAPI 1.0.3, part 3), kept in this page.

const SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
const TOLD = ["completed", "passed", "failed"];
const LAUNCH_DATA = "LMS.LaunchData";
const PREFERENCES = "cmi5LearnerPreferences";
const JSON_TYPE = "application/json";

/** `unit` says what the structure says of it, `values` what was kept before; `save` is called when they change. */
export function recordStore(unit, address, values = {}, save) {
  const kept = { registration: uuid(), told: [], documents: {}, ...JSON.parse(values["cmi.suspend_data"] ?? "{}") };
  const now = { ...values };
  const statements = new Map();
  const profiles = new Map([
    [PREFERENCES, { type: JSON_TYPE, text: JSON.stringify({ languagePreference: "ru-RU,en-US", audioPreference: "on" }) }],
  ]);
  const given = { [LAUNCH_DATA]: { type: JSON_TYPE, text: JSON.stringify(launchData(unit)) } };

  keep();

  function keep() {
    if (isDone(unit.moveOn, kept.told)) now["cmi.completion_status"] = "completed";
    now["cmi.suspend_data"] = JSON.stringify(kept);
    save();
  }

  function note({ verb, result }) {
    const name = String(verb?.id ?? "").split("/").pop();
    if (TOLD.includes(name) && !kept.told.includes(name)) kept.told.push(name);
    const score = result?.score?.scaled;
    if (typeof score === "number") now["cmi.score.scaled"] = String(score);
    keep();
    if (name === "terminated") save.now();
  }

  const resources = {
    token: { POST: () => json({ "auth-token": "cGFja2FnZTpwYWNrYWdl" }) },
    about: { GET: () => json({ version: ["1.0.3"] }) },
    statements: {
      GET({ statementId }) {
        if (!statementId) return json({ statements: [...statements.values()].reverse(), more: "" });
        return statements.has(statementId) ? json(statements.get(statementId)) : missing();
      },
      PUT({ statementId }, text) {
        add({ ...JSON.parse(text), id: statementId });
        return nothing();
      },
      POST(_asked, text) {
        return json([JSON.parse(text)].flat().map(add));
      },
    },
    "activities/state": documents("stateId", kept.documents, given, keep),
    "activities/profile": documents("profileId", {}, {}),
    "agents/profile": documents("profileId", Object.fromEntries(profiles), {}),
  };

  function add(statement) {
    const whole = { stored: new Date().toISOString(), ...statement, id: statement.id ?? uuid() };
    statements.set(whole.id, whole);
    note(whole);
    return whole.id;
  }

  return {
    address,
    values: now,
    launch: {
      endpoint: address,
      fetch: `${address}token`,
      actor: JSON.stringify({ objectType: "Agent", account: { homePage: new URL("/", address).href, name: "learner" } }),
      registration: kept.registration,
      activityId: `urn:uuid:${kept.registration}`,
    },
    answer(method, url, text) {
      const asked = Object.fromEntries(url.searchParams);
      const act = resources[url.href.slice(address.length).split("?")[0].replace(/\/$/, "")]?.[(asked.method ?? method).toUpperCase()];
      if (!act) return missing();
      try {
        return act(asked, text);
      } catch {
        return { status: 400, text: "", type: JSON_TYPE };
      }
    },
  };
}

/** What the structure asks for before the unit counts as gone through. */
function isDone(moveOn, told) {
  const [completed, passed] = ["completed", "passed"].map((name) => told.includes(name));
  const rules = {
    Completed: completed,
    Passed: passed,
    CompletedAndPassed: completed && passed,
    CompletedOrPassed: completed || passed,
  };
  return rules[moveOn] ?? true;
}

function launchData({ id, moveOn, masteryScore, launchMethod, launchParameters, entitlementKey }) {
  return {
    contextTemplate: { contextActivities: { grouping: [{ objectType: "Activity", id }] }, extensions: { [SESSION]: uuid() } },
    launchMode: "Normal",
    launchMethod,
    moveOn,
    ...(masteryScore === undefined ? {} : { masteryScore }),
    ...(launchParameters ? { launchParameters } : {}),
    ...(entitlementKey ? { entitlementKey: { courseStructure: entitlementKey } } : {}),
  };
}

/** A shelf of named texts; those that are `given` are only read. */
function documents(name, shelf, given, changed = () => {}) {
  return {
    GET({ [name]: key }) {
      if (!key) return json(Object.keys({ ...shelf, ...given }));
      const found = given[key] ?? shelf[key];
      return found ? { status: 200, ...found } : missing();
    },
    PUT({ [name]: key }, text) {
      return put(key, text);
    },
    POST({ [name]: key }, text) {
      return put(key, shelf[key] ? JSON.stringify({ ...JSON.parse(shelf[key].text), ...JSON.parse(text) }) : text);
    },
    DELETE({ [name]: key }) {
      delete shelf[key];
      changed();
      return nothing();
    },
  };

  function put(key, text) {
    if (!key || given[key]) return { status: 403, text: "", type: JSON_TYPE };
    shelf[key] = { type: isJson(text) ? JSON_TYPE : "text/plain", text };
    changed();
    return nothing();
  }
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const json = (value) => ({ status: 200, text: JSON.stringify(value), type: JSON_TYPE });
const nothing = () => ({ status: 204, text: "", type: JSON_TYPE });
const missing = () => ({ status: 404, text: "", type: JSON_TYPE });

/** Where a site has no HTTPS yet, browsers lend pages no `randomUUID`. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// Reads from imsmanifest.xml of a SCORM 2004 package what its order is (IMS SS 1.0; SCORM 2004 4th ed., CAM 5 and SN), in the
// words of scorm-again, which carries it out.

const named = (element, ...names) => [...(element?.children ?? [])].filter((one) => names.includes(one.localName));
const first = (element, name) => named(element, name)[0];
const words = (element) => element?.textContent.trim() ?? "";

/** Attributes of an element: flags as flags, numbers as numbers; what is not said is left out. */
function said(element, { flags = [], numbers = [], texts = [] }) {
  const found = {};
  const attribute = (name) => [...(element?.attributes ?? [])].find((one) => one.localName === name)?.value.trim();
  for (const name of flags) if (attribute(name)) found[name] = ["true", "1"].includes(attribute(name).toLowerCase());
  for (const name of numbers) if (attribute(name) && Number.isFinite(Number(attribute(name)))) found[name] = Number(attribute(name));
  for (const name of texts) if (attribute(name)) found[name] = attribute(name);
  return found;
}

/** The organisation that the package itself prefers, else the first. */
function organisationIn(manifest) {
  const all = first(manifest.documentElement, "organizations");
  const wanted = all?.getAttribute("default");
  const each = named(all, "organization");
  return each.find((one) => one.getAttribute("identifier") === wanted) ?? each[0];
}

/** What the item of this name gives its page: { data, limit, action, passing }, all of them texts. */
export function launchOf(manifest, name) {
  const items = [...(organisationIn(manifest)?.getElementsByTagName("*") ?? [])].filter((one) => one.localName === "item");
  const item = items.find((one) => [one.getAttribute("identifier"), one.getAttribute("identifierref")].includes(name));
  const sequencing = first(item, "sequencing");
  const primary = first(first(sequencing, "objectives"), "primaryObjective");
  const byMeasure = said(primary, { flags: ["satisfiedByMeasure"] }).satisfiedByMeasure;
  return {
    data: words(named(item, "dataFromLMS", "datafromlms")[0]),
    action: words(named(item, "timeLimitAction", "timelimitaction")[0]),
    limit: first(sequencing, "limitConditions")?.getAttribute("attemptAbsoluteDurationLimit") ?? words(first(item, "maxtimeallowed")),
    passing: byMeasure ? words(first(primary, "minNormalizedMeasure")) || "1.0" : words(first(item, "masteryscore")),
  };
}

/** The order of a package as settings of scorm-again; null for one that has a single page. */
export function orderIn(manifest) {
  const organisation = organisationIn(manifest);
  if (!organisation) return null;
  const collections = {};
  for (const one of named(first(manifest.documentElement, "sequencingCollection"), "sequencing")) {
    const name = one.getAttribute("ID");
    if (name) collections[name] = sequencingIn(one);
  }
  const tree = activity(organisation);
  // Where a package says nothing of its order, its pages follow each other and each may be chosen.
  const isFree = organisation.getElementsByTagNameNS("*", "sequencing").length === 0;
  if (isFree) for (const one of clusters(tree)) one.sequencingControls = { choice: true, flow: true };
  const pages = [...leaves(tree)];
  return pages.length > 1 ? { activityTree: tree, collections, logLevel: "error" } : null;
}

function* leaves(tree) {
  if (!tree.children) yield tree.id;
  for (const one of tree.children ?? []) yield* leaves(one);
}

function* clusters(tree) {
  if (!tree.children) return;
  yield tree;
  for (const one of tree.children) yield* clusters(one);
}

function activity(element) {
  const sequencing = first(element, "sequencing");
  const children = named(element, "item").map(activity);
  const threshold = first(element, "completionThreshold");
  const hidden = named(first(first(element, "presentation"), "navigationInterface"), "hideLMSUI").map(words);
  const maps = named(named(element, "data")[0], "map").map((one) =>
    said(one, { flags: ["readSharedData", "writeSharedData"], texts: ["targetID"] }),
  );
  const asked = sequencing?.getAttribute("IDRef");
  return {
    id: element.getAttribute("identifier") || element.getAttribute("identifierref"),
    title: words(first(element, "title")),
    isVisible: element.getAttribute("isvisible") !== "false",
    ...(children.length ? { children } : {}),
    ...(asked ? { sequencingCollectionRefs: asked } : {}),
    ...stopped(sequencingIn(sequencing), children.length > 0 && !asked),
    ...(threshold
      ? {
          completionThreshold: said(threshold, {
            flags: ["completedByMeasure"],
            numbers: ["minProgressMeasure", "progressWeight"],
          }),
        }
      : {}),
    ...(hidden.length ? { hideLmsUi: hidden } : {}),
    ...(maps.length ? { sharedDataMaps: maps } : {}),
  };
}

/** Pages do not flow one into the next until a package says so (IMS SS 2.3.1). */
function stopped(found, isCluster) {
  if (isCluster) found.sequencingControls = { flow: false, ...found.sequencingControls };
  return found;
}

function sequencingIn(element) {
  if (!element) return {};
  const limits = first(element, "limitConditions");
  const rollup = first(element, "rollupRules");
  const considerations = first(element, "rollupConsiderations");
  const chance = first(element, "randomizationControls");
  const controls = {
    ...said(first(element, "controlMode"), {
      flags: ["choice", "choiceExit", "flow", "forwardOnly", "useCurrentAttemptObjectiveInfo", "useCurrentAttemptProgressInfo"],
    }),
    ...said(first(element, "constrainedChoiceConsiderations"), { flags: ["preventActivation", "constrainChoice"] }),
    ...said(rollup, {
      flags: ["rollupObjectiveSatisfied", "rollupProgressCompletion"],
      numbers: ["objectiveMeasureWeight"],
    }),
    ...said(chance, { texts: ["randomizationTiming", "selectionTiming"], numbers: ["selectCount"] }),
    ...(said(chance, { flags: ["reorderChildren"] }).reorderChildren ? { randomizeChildren: true, reorderChildren: true } : {}),
    ...said(first(element, "deliveryControls"), { flags: ["tracked", "completionSetByContent", "objectiveSetByContent"] }),
  };
  const rules = first(element, "sequencingRules");
  const objectives = first(element, "objectives");
  const own = named(objectives, "primaryObjective", "objective").map(objective);
  return {
    ...(Object.keys(controls).length ? { sequencingControls: controls } : {}),
    ...(rules
      ? {
          sequencingRules: {
            preConditionRules: named(rules, "preConditionRule").map(rule),
            exitConditionRules: named(rules, "exitConditionRule").map(rule),
            postConditionRules: named(rules, "postConditionRule").map(rule),
          },
        }
      : {}),
    ...said(limits, { numbers: ["attemptLimit"], texts: ["attemptAbsoluteDurationLimit"] }),
    ...(rollup ? { rollupRules: { rules: named(rollup, "rollupRule").map(rollupRule) } } : {}),
    ...(considerations
      ? {
          rollupConsiderations: said(considerations, {
            flags: ["measureSatisfactionIfActive"],
            texts: ["requiredForSatisfied", "requiredForNotSatisfied", "requiredForCompleted", "requiredForIncomplete"],
          }),
        }
      : {}),
    ...(own.some((one) => one.isPrimary) ? { primaryObjective: own.find((one) => one.isPrimary) } : {}),
    ...(own.some((one) => !one.isPrimary) ? { objectives: own.filter((one) => !one.isPrimary) } : {}),
  };
}

function objective(element) {
  const { satisfiedByMeasure } = said(element, { flags: ["satisfiedByMeasure"] });
  const least = Number(words(first(element, "minNormalizedMeasure")) || 1);
  return {
    // One without a name counts for the order, and is not shown to the page among its own objectives.
    objectiveID: element.getAttribute("objectiveID") || " ",
    isPrimary: element.localName === "primaryObjective",
    ...(satisfiedByMeasure ? { satisfiedByMeasure, minNormalizedMeasure: least } : {}),
    mapInfo: mapsOf(element),
  };
}

const MAPPED = ["SatisfiedStatus", "NormalizedMeasure", "CompletionStatus", "ProgressMeasure", "RawScore", "MinScore", "MaxScore"];

/** The maps of an objective; what the fourth edition adds stands apart, under the same name of the objective. */
function mapsOf(element) {
  const name = element.getAttribute("objectiveID");
  const added = named(element.parentElement.parentElement, "objectives").filter((one) => one !== element.parentElement);
  const also = added.flatMap((one) => named(one, "objective")).filter((one) => one.getAttribute("objectiveID") === name);
  const maps = {};
  for (const one of [element, ...also].flatMap((each) => named(each, "mapInfo"))) {
    const map = said(one, { texts: ["targetObjectiveID"], flags: MAPPED.flatMap((what) => [`read${what}`, `write${what}`]) });
    maps[map.targetObjectiveID] = { ...maps[map.targetObjectiveID], ...map };
  }
  return Object.values(maps);
}

function rule(element) {
  const conditions = first(element, "ruleConditions");
  return {
    action: first(element, "ruleAction")?.getAttribute("action"),
    conditionCombination: conditions?.getAttribute("conditionCombination") ?? "all",
    conditions: named(conditions, "ruleCondition").map((one) => ({
      ...condition(one),
      ...said(one, { texts: ["referencedObjective"] }),
      parameters: measure(one),
    })),
  };
}

function rollupRule(element) {
  const conditions = first(element, "rollupConditions");
  return {
    action: first(element, "rollupAction")?.getAttribute("action"),
    consideration: element.getAttribute("childActivitySet") ?? "all",
    ...said(element, { numbers: ["minimumCount"] }),
    minimumPercent: 100 * Number(element.getAttribute("minimumPercent") ?? 0),
    conditionCombination: conditions?.getAttribute("conditionCombination") ?? "any",
    conditions: named(conditions, "rollupCondition").map(condition),
  };
}

// scorm-again calls one of them otherwise where results are gathered.
const condition = (element) => ({
  condition:
    element.localName === "rollupCondition" && element.getAttribute("condition") === "activityProgressKnown"
      ? "progressKnown"
      : element.getAttribute("condition"),
  ...(element.getAttribute("operator") === "not" ? { operator: "not" } : {}),
});

function measure(element) {
  const threshold = element.getAttribute("measureThreshold");
  return threshold ? { threshold: Number(threshold) } : {};
}

// The player of SCORM 2004 packages. The order of a package's pages is carried out here (`parts/order.js`); the page of the site
// is told where to go, and opens each page of the package in a frame of its own.
import "./parts/storage.js";
import { Scorm2004API } from "scorm-again/scorm2004/min";
import { onWish, part, ready, tell } from "./parts/bridge.js";
import { launchOf, orderIn } from "./parts/manifest.js";
import { open } from "./parts/opening.js";
import { Order } from "./parts/order.js";
import { begin, manifestBeside, telling } from "./parts/scorm.js";

const WORDS = { core: "cmi", learner: "learner", set: "SetValue", commit: "Commit", finish: "Terminate" };
const SETTINGS = { autocommit: false, lmsCommitUrl: false, logLevel: 5, selfReportSessionTime: true };

ready(async ({ scene, address, values, order: kept, wish }) => {
  const manifest = await manifestBeside(address);
  const sequencing = manifest ? orderIn(manifest) : null;
  const order = sequencing ? new Order((more) => new Scorm2004API({ ...SETTINGS, sequencing: { ...sequencing, ...more } }), kept) : null;
  const goes = order?.enter(scene, wish) ?? scene;
  if (goes !== scene) {
    // The package begins elsewhere than where the press led.
    tell({ package: "go", scene: goes, ...order.told() });
    return;
  }
  const api = order?.api ?? new Scorm2004API(SETTINGS);
  const { data, action, limit, passing } = manifest ? launchOf(manifest, scene) : {};
  begin(api, WORDS, values, {
    "cmi.launch_data": data,
    "cmi.time_limit_action": action,
    "cmi.max_time_allowed": limit,
    "cmi.scaled_passing_score": passing,
  });
  window.API_1484_11 = api;
  const save = telling(api, WORDS, () => ({ scene, ...order?.told() }));
  if (order) follow(order, scene, save);
  await open(part(address));
  if (order) hearWishes(order, scene);
});

/** After a page has said that it ends, go where it asked to go, or where the rules lead. */
function follow(order, scene, save) {
  const { api } = order;
  tell({ package: "allow", ...order.told() });
  const finish = api.Terminate.bind(api);
  api.Terminate = (parameter) => {
    order.forget();
    const isAsked = api.adl.nav.request !== "_none_";
    const result = finish(parameter);
    save.now();
    setTimeout(() => lead(order, scene, isAsked));
    return result;
  };
}

function lead(order, scene, isAsked) {
  const { delivered, isOver } = order;
  if (delivered) tell({ package: "go", scene: delivered, isAnew: delivered === scene, ...order.told() });
  else if (isOver) tell({ package: "over", ...order.told() });
  else if (isAsked) tell({ package: "blocked" });
}

/** Presses on the page of the site: on, back, or to a chosen part. Opening a page may have cleared what listens here. */
function hearWishes(order, scene) {
  onWish(({ request, scene: wished }) => {
    order.wish(request, wished, () => document.querySelector("iframe")?.remove());
    lead(order, scene, true);
  });
}

// The player of H5P packages.
import "./parts/storage.js";
import { H5P } from "h5p-standalone";
import { gathered, part, ready, tell } from "./parts/bridge.js";

const OFTEN = 1500;
const LOOKED_AT = 10000; // between two looks at where the person is
const ENDED = ["completed", "passed", "failed"];

ready(async ({ scene, values = {} }) => {
  const { frameJs, frameCss } = document.body.dataset;
  const here = new URL(location.href).origin === "null" ? location.href : location.origin;
  const settings = {
    id: "package",
    embedType: "div", // this page is a frame already, and of nobody else
    h5pJsonPath: part("").replace(/\/$/, ""),
    frameJs: new URL(frameJs, here).href,
    frameCss: new URL(frameCss, here).href,
    fullScreen: false,
    saveFreq: 60,
    xAPIObjectIRI: "package",
    contentUserData: values["cmi.suspend_data"] ? [{ dataType: "state", previousState: values["cmi.suspend_data"] }] : [],
  };
  const show = async () => {
    const shown = document.createElement("div");
    document.body.replaceChildren(shown);
    await new H5P(shown, settings);
    return shown;
  };
  const place = await show().catch(async () => (await isNamedOtherwise()) && show().catch(() => null));
  if (!place) return tell({ package: "failed" });
  const [instance] = window.H5P.instances ?? [];
  if (!instance) return tell({ package: "failed" });
  const save = gathered(() => {
    const state = stateOf(instance);
    if (state) values["cmi.suspend_data"] = state;
    tell({ package: "state", scene, values });
  }, OFTEN);
  window.H5P.externalDispatcher.on("xAPI", (event) => {
    if (note(values, event.data.statement, event)) save();
  });
  setInterval(() => {
    if (stateOf(instance) !== (values["cmi.suspend_data"] ?? "")) save();
  }, LOOKED_AT);
  addEventListener("pagehide", save.now);
  new ResizeObserver(() => tell({ package: "height", height: Math.ceil(place.getBoundingClientRect().height) })).observe(place);
});

/** Some packages name their library otherwise than its program names itself: H5P.GreetingCard1 for H5P.GreetingCard. */
async function isNamedOtherwise() {
  const { mainLibrary } = await (await fetch(part("h5p.json"))).json();
  const name = mainLibrary.split(".").pop();
  if (!window.H5P || window.H5P[name]) return false;
  const alike = Object.keys(window.H5P).filter((one) => typeof window.H5P[one] === "function" && name.startsWith(one) && one.length > 3);
  if (alike.length !== 1) return false;
  Object.defineProperty(window.H5P, name, { get: () => window.H5P[alike[0]], configurable: true });
  return true;
}

function stateOf(instance) {
  const state = instance?.getCurrentState?.();
  return state === undefined || state === null ? "" : JSON.stringify(state);
}

/** Writes down what the statement says of the whole; what one of its parts says is the package's own business. */
function note(values, { verb, result, context }, event) {
  const name = verb?.id?.split("/").pop();
  if (event.getVerb?.() === "attempted" || !name) return false;
  const isPart = context?.contextActivities?.parent?.length > 0;
  if (isPart || !result?.score) return true;
  const { raw, min = 0, max, scaled } = result.score;
  values["cmi.score.scaled"] = String(scaled ?? (max > min ? (raw - min) / (max - min) : 0));
  if (result.completion || ENDED.includes(name) || name === "answered") values["cmi.completion_status"] = "completed";
  return true;
}

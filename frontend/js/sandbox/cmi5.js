// The player of cmi5 packages. A unit of such a package tells a record store what was done; here the store is this page: it
// answers the unit and tells the page of the site what it says of the whole. Nothing goes over the line but that.
import "./parts/storage.js";
import { gathered, part, ready, tell } from "./parts/bridge.js";
import { listen } from "./parts/listening.js";
import { open } from "./parts/opening.js";
import { recordStore } from "./parts/recording.js";

const OFTEN = 1000;
const STORE = "~record/";

ready(async ({ scene, address, values }) => {
  const structure = await (await fetch(part("cmi5.xml"))).text();
  const unit = new DOMParser().parseFromString(structure, "text/xml").getElementsByTagNameNS("*", "au")[Number(scene) - 1];
  const save = gathered(() => tell({ package: "state", scene, values: store.values }), OFTEN);
  const store = recordStore(about(unit), part(STORE), values, save);
  window.recordStore = store;
  listen(window, store);
  addEventListener("pagehide", save.now);
  const begun = new URL(part(address));
  for (const [name, value] of Object.entries(store.launch)) begun.searchParams.set(name, value);
  open(begun.href);
});

function about(unit) {
  const said = (name) => [...unit.children].find((one) => one.localName === name)?.textContent.trim() ?? "";
  return {
    id: unit.getAttribute("id"),
    moveOn: unit.getAttribute("moveOn") ?? "NotApplicable",
    launchMethod: unit.getAttribute("launchMethod") ?? "AnyWindow",
    masteryScore: unit.hasAttribute("masteryScore") ? Number(unit.getAttribute("masteryScore")) : undefined,
    launchParameters: said("launchParameters"),
    entitlementKey: said("entitlementKey"),
  };
}

// Keyboard commands: "/" to search, "?" for help, and those a page adds, by element or by code:
//   <a data-key="n" data-key-label="New homework" …>      presses or follows the element
//   register("u", "Undo", () => …)                         calls the function; returns a way to take it back
// The physical key counts too, so commands work in the Russian layout. Nothing happens while one types,
// and a person can switch single-key commands off in the help (WCAG 2.1.4).
import { open } from "./dialogs.js";
import { make } from "./page.js";

const OFF = "keys-off";
const CODES = { "/": "Slash", "?": "Shift+Slash", "[": "BracketLeft", "]": "BracketRight" };

// One list for the page, whichever bundle a command comes from.
const commands = (window.schoolKeys ??= []);

export function start() {
  document.addEventListener("keydown", onKey);
  const help = document.getElementById("help");
  const off = help?.querySelector("[data-keys-switch]");
  if (off) {
    off.checked = !localStorage.getItem(OFF);
    off.addEventListener("change", () =>
      off.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
    );
  }
  new MutationObserver(() => help.open && list(help)).observe(help ?? document.head, { attributeFilter: ["open"] });
}

export function register(key, label, run) {
  const command = { key, label, run };
  commands.push(command);
  return () => commands.splice(commands.indexOf(command), 1);
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || localStorage.getItem(OFF) || document.querySelector("dialog[open]")) return;
  const elements = [...document.querySelectorAll("[data-key]")];
  const find = (is) => commands.findLast(({ key }) => is(key)) ?? elements.find((one) => is(one.dataset.key));
  const found = find((key) => key === event.key) ?? find((key) => isPlaceOf(key, event));
  if (!found) return;
  event.preventDefault();
  if (found instanceof Element) use(found);
  else found.run(event);
}

function use(element) {
  if (element.matches("input, select, textarea")) element.focus();
  else if (element.dataset.dialogOpen) open(document.getElementById(element.dataset.dialogOpen));
  else element.click();
}

// The key stands where this one does in the Latin layout.
function isPlaceOf(key, event) {
  if (event.key.length > 1) return false;
  const code = CODES[key] ?? (/^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : "");
  return code === (event.shiftKey ? "Shift+" : "") + event.code;
}

function isTyping(element) {
  return element.isContentEditable || element.matches?.("input:not([type=checkbox], [type=radio], [type=submit]), select, textarea");
}

// Elements first, in the order of the page, then what instruments have registered.
function list(help) {
  const shown = new Map();
  for (const { dataset } of document.querySelectorAll("[data-key-label]")) {
    if (!shown.has(dataset.key)) shown.set(dataset.key, dataset.keyLabel);
  }
  for (const { key, label } of commands) if (label) shown.set(key, label);
  help.querySelector("[data-keys]").replaceChildren(
    ...[...shown].map(([key, label]) =>
      make("tr", {}, make("td", {}, make("kbd", {}, key.toUpperCase())), make("td", {}, label)),
    ),
  );
}

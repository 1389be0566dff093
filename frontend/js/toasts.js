// Short words about what has just been done, with a way back where there is one.
// Shown by toast("…"), by a "toast" event on the document, or by the header HX-Trigger: {"toast": {"text": "…"}}.
import { make, text } from "./page.js";

const SECONDS_TO_READ = 6;

export function start() {
  document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail));
  for (const element of document.querySelectorAll("#toasts > .toast")) leaveLater(element);
}

/**
 * @param {string} words
 * @param {{undo?: string | (() => void), undoLabel?: string}} [options] undo: a URL to POST to, or a function
 */
export function toast(words, { undo, undoLabel } = {}) {
  const region = document.getElementById("toasts");
  if (!region || !words) return;
  const element = make("div", { className: "toast" }, make("span", {}, words));
  if (undo) {
    const button = make("button", { type: "button", className: "button" }, undoLabel || text("undo"));
    button.addEventListener("click", () => {
      element.remove();
      if (typeof undo === "function") undo();
      else window.htmx.ajax("post", undo, { target: "body", swap: "none" });
    });
    element.append(button);
  }
  region.append(element);
  while (region.children.length > 3) region.firstElementChild.remove();
  leaveLater(element);
}

// A toast waits while it is being read: under the pointer or with the focus inside.
function leaveLater(element) {
  setTimeout(() => {
    if (element.matches(":hover, :focus-within")) leaveLater(element);
    else element.remove();
  }, SECONDS_TO_READ * 1000);
}

// Dialogs and menus. Without JavaScript the same buttons open the same dialogs as popovers.
import { text } from "./page.js";

export function start() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const opener = target.closest("[data-dialog-open]");
    if (opener) {
      event.preventDefault(); // the popover is the way without us
      open(document.getElementById(opener.dataset.dialogOpen));
      return;
    }
    const dialog = target.closest("dialog");
    if (dialog && (target === dialog || target.closest("[data-dialog-close]"))) {
      event.preventDefault();
      dialog.close();
    }
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", ({ key, target }) => {
    const menu = key === "Escape" && target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // hx-confirm asks in our own words and our own dialog.
  document.body.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    const { question, issueRequest, elt } = event.detail;
    ask(question).then((yes) => {
      if (yes) issueRequest(true);
      else document.body.dispatchEvent(new CustomEvent("question:declined", { detail: { elt } }));
    });
  });
}

export function open(dialog) {
  if (dialog && !dialog.open) dialog.showModal();
}

/** Asks and resolves to true or false. */
export function ask(question) {
  const dialog = document.getElementById("ask");
  if (!dialog) return Promise.resolve(window.confirm(question || text("sure")));
  dialog.querySelector("[data-question]").textContent = question;
  dialog.returnValue = "";
  open(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

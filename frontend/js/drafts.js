// Keeps what is being written: long texts stay on this device, by account and address, until they are sent.
// Only in forms that ask for it (data-draft) or hold a textarea; ended at sign-out on a shared computer.
import { account } from "./page.js";

const PREFIX = "draft:";
const KEPT_FOR = 14 * 24 * 3600 * 1000;

export function start() {
  if (!account()) return clear();
  document.addEventListener("input", ({ target }) => {
    if (isKept(target)) save(target);
  });
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-sign-out]")) clear();
    else for (const field of target.elements) if (isKept(field)) field.dataset.sent = "";
  });
  // Sent and accepted: an ordinary form leaves the page and comes back empty, an htmx one says so.
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt.closest("form");
    if (detail.successful && detail.requestConfig.verb !== "get" && form) forget(form);
  });
  document.body.addEventListener("htmx:load", ({ target }) => restore(target));
  addEventListener("pagehide", markSent);
  forgetSent();
  restore(document);
}

const isKept = (field) => field.matches?.("textarea[name]:not([data-no-draft])") && Boolean(field.form);

const keyOf = (field) => `${PREFIX}${account()}:${location.pathname}:${field.form.id || field.form.getAttribute("action") || ""}:${field.name}`;

function save(field) {
  delete field.dataset.sent;
  try {
    if (field.value === field.defaultValue) localStorage.removeItem(keyOf(field));
    else localStorage.setItem(keyOf(field), JSON.stringify({ at: Date.now(), value: field.value }));
  } catch {
    // No room or storage switched off: the page works, only without drafts.
  }
}

function restore(root) {
  for (const field of root.querySelectorAll?.("textarea[name]") ?? []) {
    if (!isKept(field) || field.getAttribute("aria-invalid") === "true") continue;
    const kept = read(keyOf(field));
    if (!kept || kept.value === field.value || field.value !== field.defaultValue) continue;
    field.value = kept.value;
    field.dispatchEvent(new CustomEvent("draft-restored", { bubbles: true }));
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < KEPT_FOR) return kept;
    localStorage.removeItem(key);
  } catch {
    // Not ours or damaged: as if there were none.
  }
  return null;
}

function forget(form) {
  for (const field of form.elements) if (isKept(field)) localStorage.removeItem(keyOf(field));
}

// A native form has left the page: whether it arrived is known only on the next page, which says so
// by not being this one again with errors.
function markSent() {
  const keys = [...document.querySelectorAll("textarea[data-sent]")].map(keyOf);
  if (keys.length) sessionStorage.setItem("sent-drafts", JSON.stringify(keys));
}

function forgetSent() {
  const keys = JSON.parse(sessionStorage.getItem("sent-drafts") ?? "[]");
  sessionStorage.removeItem("sent-drafts");
  if (document.querySelector("[data-error-summary], [data-error-page]")) return;
  for (const key of keys) localStorage.removeItem(key);
}

function clear() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}

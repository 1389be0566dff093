// The line about the connection: says what happened, that nothing was lost, and offers to try again.
import { text } from "./page.js";

let again = null;

export function start(htmx) {
  const { body } = document;
  body.addEventListener("htmx:sendError", ({ detail }) => lost(detail, htmx));
  body.addEventListener("htmx:timeout", ({ detail }) => lost(detail, htmx));
  body.addEventListener("htmx:responseError", ({ detail }) => refused(detail, htmx));
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) hide();
  });
  addEventListener("offline", () => show(text("offline")));
  addEventListener("online", () => (again ? show(text("online"), again) : hide()));
  body.addEventListener("click", ({ target }) => {
    if (target.closest("[data-connection-again]")) {
      const act = again;
      hide();
      act?.();
    } else if (target.closest("[data-connection-close]")) hide();
  });
}

/** Shows the line; `retry` puts the "try again" button on it. For instruments that send by fetch. */
export function show(words, retry = null) {
  const line = document.getElementById("connection");
  if (!line) return;
  again = retry;
  line.querySelector("[data-connection-words]").textContent = words;
  line.querySelector("[data-connection-again]").hidden = !retry;
  line.hidden = false;
}

export function hide() {
  again = null;
  document.getElementById("connection")?.setAttribute("hidden", "");
}

function lost(detail, htmx) {
  show(text("lost"), repeat(detail, htmx));
}

// The server's own sentence stands in its error page under data-error-message.
function refused({ xhr, ...detail }, htmx) {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const words = page.querySelector("[data-error-message]")?.textContent.trim();
  const passing = xhr.status >= 500 || xhr.status === 429;
  show(words || text(passing ? "broken" : "refused"), passing ? repeat(detail, htmx) : null);
}

function repeat({ elt, requestConfig }, htmx) {
  return () => {
    if (elt.matches("form")) return elt.requestSubmit(requestConfig?.triggeringEvent?.submitter);
    const { verb, path, parameters, target } = requestConfig;
    return htmx.ajax(verb, path, { source: elt, target, values: parameters });
  };
}

// How htmx treats what the server answers, under a strict content policy.

/** To be called before the page is ready, since htmx reads part of this then. */
export function configure(htmx) {
  Object.assign(htmx.config, {
    allowEval: false,
    includeIndicatorStyles: false,
    historyCacheSize: 0, // a shared school computer keeps no copies of pages
    scrollBehavior: "instant",
    timeout: 20000,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true }, // a form with its errors
      { code: ".*", swap: false, error: true },
    ],
  });
}

export function start() {
  const { body, documentElement } = document;
  let waiting = 0;
  const wait = (step) => {
    waiting = Math.max(0, waiting + step);
    documentElement.toggleAttribute("data-waiting", waiting > 0);
  };

  body.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
  });
  body.addEventListener("htmx:beforeRequest", () => wait(1));
  body.addEventListener("htmx:afterRequest", () => wait(-1));
  body.addEventListener("htmx:afterSettle", ({ target }) => showErrors(target));
  showErrors(document);
}

// A form that came back with errors begins at their list, so that the eye and the screen reader find it.
function showErrors(root) {
  root.querySelector?.("[data-error-summary]")?.focus();
}

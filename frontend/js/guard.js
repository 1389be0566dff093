// One press, one request: a form on its way takes no second press, and is given back if it did not arrive.
// Buttons are not disabled but say aria-disabled, so the focus stays where it was.

const GIVE_UP_AFTER = 15000; // a download answers without leaving the page

export function start() {
  document.addEventListener("submit", onSubmit, true);
  for (const end of ["htmx:afterRequest", "htmx:validation:halted", "question:declined"]) {
    document.body.addEventListener(end, ({ detail }) => release(detail.elt.closest("form")));
  }
  addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(release));
}

function onSubmit(event) {
  const form = event.target;
  if (form.method === "dialog" || "noGuard" in form.dataset) return;
  if ("busy" in form.dataset) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "";
  form.setAttribute("aria-busy", "true");
  if (event.submitter) event.submitter.dataset.pressed = "";
  for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), GIVE_UP_AFTER);
  setTimeout(() => {
    if (event.defaultPrevented && !isHtmx(form)) release(form); // somebody else has taken it in hand
  });
}

export function release(form) {
  if (!form || !("busy" in form.dataset)) return;
  delete form.dataset.busy;
  form.removeAttribute("aria-busy");
  for (const button of buttons(form)) {
    delete button.dataset.pressed;
    button.removeAttribute("aria-disabled");
  }
}

const buttons = (form) => [...form.elements].filter((element) => element.type === "submit");

const isHtmx = (form) => form.matches("[hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete]") || form.closest("[hx-boost=true]");

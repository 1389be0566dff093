// Asks before what was typed is left behind. For forms that keep no drafts and say so (data-unsaved): elsewhere a question is only in the way.
export function askBeforeLeaving() {
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("form[data-unsaved]")].some(isTyped)) event.preventDefault();
  });
}

const isTyped = (form) => !("busy" in form.dataset) && [...form.elements].some(differs);

const differs = (field) => field.matches("input, textarea") && field.type !== "hidden" && field.value !== field.defaultValue;

// Reporting an error: the form opens at the place of the words that were chosen last, or that the address names, and at the
// moment where the film stands.
const PLACES = ["part", "page", "slide", "stage", "question"].map((kind) => `article [id^="${kind}-"]`).join();
const article = document.querySelector("article");
let chosen = "";

function remember() {
  const selection = getSelection();
  if (selection.isCollapsed || !article?.contains(selection.anchorNode)) return;
  const before = [...document.querySelectorAll(PLACES)].filter(
    (one) => one.contains(selection.anchorNode) || one.compareDocumentPosition(selection.anchorNode) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  chosen = before.pop()?.id ?? "";
}

document.addEventListener("selectionchange", remember);

document.querySelector("[data-dialog-open='report-error']")?.addEventListener("click", () => {
  remember(); // what was chosen this very moment may not have been told yet
  const form = document.querySelector("#report-error form");
  const [place, moment, film] = [form.elements.place, form.elements.moment, document.querySelector("video")];
  const here = chosen || location.hash.slice(1);
  if ([...place.options].some((one) => one.value === here)) place.value = here;
  if (moment && film?.currentTime >= 1) {
    const seconds = Math.floor(film.currentTime);
    moment.value = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
});

// Homework pages: the form that sets it shows the list of pupils and the day when they are needed; in the review ready words go into the comment by
// one key, photographs are turned and leafed through.
import "../../css/homework.css";
import { register } from "../keys.js";
import { askBeforeLeaving } from "../unsaved.js";

const form = document.querySelector("form:has([name=whom])");
if (form) {
  const fold = () => {
    const list = form.querySelector(".whom-list");
    list.open = form.elements.whom.value === "some";
    list.hidden = !list.open;
    form.querySelector(".field:has(#due_on)").hidden = form.elements.due.value !== "day";
  };
  form.addEventListener("change", fold);
  fold();
}

const review = document.querySelector("[data-review]");
if (review) {
  start(review);
  askBeforeLeaving();
}

// While a note is being written, a press on the photo says where it belongs; else it opens the photo.
function noteOn(photo) {
  const fold = photo.querySelector("[data-note]");
  const image = photo.querySelector("img");
  if (!fold) return;
  const places = fold.querySelector("select");
  fold.addEventListener("toggle", () => photo.toggleAttribute("data-note-open", fold.open));
  photo.querySelector("a").addEventListener("click", (event) => {
    if (!fold.open || event.target !== image) return;
    event.preventDefault();
    const share = (at, all) => Math.min(1000, Math.max(0, Math.round((1000 * at) / all)));
    const value = `${share(event.offsetX, image.clientWidth)},${share(event.offsetY, image.clientHeight)}`;
    const own = places.querySelector("[data-own]") ?? places.appendChild(new Option());
    own.dataset.own = "";
    own.value = value;
    own.text = fold.dataset.note;
    own.selected = true;
    fold.querySelector("input[name=text]").focus();
  });
}

function start(review) {
  const comment = review.querySelector("textarea[name=comment]");
  const chips = [...review.querySelectorAll("[data-chip]")];
  const pages = [...review.querySelectorAll("[data-pages] .page-photo")];
  let page = 0;

  function put(chip) {
    const words = chip.dataset.chip;
    const before = comment.value.trim();
    if (!before.includes(words)) comment.value = before ? `${before} ${words}` : words;
    comment.dispatchEvent(new Event("input", { bubbles: true }));
    comment.focus();
  }
  for (const chip of chips) chip.addEventListener("click", () => put(chip));
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const chip = chips[Number(event.code.replace(/^(Digit|Numpad)/, "")) - 1];
    if (!chip) return;
    event.preventDefault();
    put(chip);
  });

  function turn(photo, by) {
    const link = photo.querySelector("a");
    const turns = (Number(link.dataset.turns ?? 0) + by + 4) % 4;
    link.dataset.turns = turns;
    link.classList.toggle("turned", turns % 2 === 1);
  }
  function leaf(by) {
    page = Math.min(pages.length - 1, Math.max(0, page + by));
    const link = pages[page].querySelector("a");
    link.focus({ preventScroll: true });
    pages[page].scrollIntoView({ block: "start" });
  }
  for (const [index, photo] of pages.entries()) {
    photo.addEventListener("focusin", () => (page = index));
    noteOn(photo);
    for (const button of photo.querySelectorAll("[data-turn]")) {
      button.addEventListener("click", () => turn(photo, Number(button.dataset.turn)));
    }
  }
  if (!pages.length) return;
  register("ArrowRight", "", () => leaf(1));
  register("ArrowLeft", "", () => leaf(-1));
  register("t", "", () => turn(pages[page], 1));
  register("l", "", () => turn(pages[page], -1));
}

// Turns slides: keys, buttons and taps; where one is stands in the address, so a reload stays there.
// Without JavaScript the slides are a row that is scrolled by hand.
import "../../css/unit.css";

const show = document.querySelector("[data-show]");
const row = show.querySelector("ol");
const slides = [...row.children];
const count = show.querySelector("[data-count]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let here = Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));

function turnTo(index, at_once = false) {
  here = Math.min(Math.max(index, 0), slides.length - 1);
  row.scrollTo({ left: slides[here].offsetLeft - row.offsetLeft, behavior: at_once || calm.matches ? "instant" : "smooth" });
  say();
}

// A stage of a lesson has its minutes: what is left of them, and how much they were overrun.
const left = show.querySelector("[data-left]");
let until = 0;
function beginStage() {
  if (left) until = Date.now() + Number(slides[here].dataset.minutes) * 60000;
  tick();
}
function tick() {
  if (!left) return;
  const seconds = Math.round((until - Date.now()) / 1000);
  const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
  left.textContent = `${seconds < 0 ? "+" : ""}${minutes}:${String(rest).padStart(2, "0")}`;
  left.toggleAttribute("data-over", seconds < 0);
}
if (left) setInterval(tick, 1000);

let begun = -1;
function say() {
  if (begun !== here) {
    begun = here;
    beginStage();
  }
  count.textContent = `${here + 1} / ${slides.length}`;
  history.replaceState(history.state, "", `#${slides[here].id}`);
  for (const button of show.querySelectorAll("[data-turn]")) {
    const end = Number(button.dataset.turn) < 0 ? 0 : slides.length - 1;
    button.setAttribute("aria-disabled", String(here === end));
  }
}

show.addEventListener("click", ({ target }) => {
  const turn = target.closest("[data-turn]");
  if (turn) turnTo(here + Number(turn.dataset.turn));
  if (target.closest("[data-fill]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else show.requestFullscreen?.();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("button, a, input, dialog")) return;
  const to = { PageDown: here + 1, " ": here + 1, PageUp: here - 1, Home: 0, End: slides.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  turnTo(to);
});

// A finger turns too: the slide that has come to rest is the one we are at.
let rest;
row.addEventListener("scroll", () => {
  clearTimeout(rest);
  rest = setTimeout(() => {
    const seen = Math.round(row.scrollLeft / row.clientWidth);
    if (seen !== here) {
      here = seen;
      say();
    }
  }, 120);
});

addEventListener("resize", () => turnTo(here, true));
turnTo(here, true);

// A long text is read page by page: pages of the paper book where it has them, else its parts, or the sheets of a PDF. All of it
// stays in the page, so that links, marks, printing and reading without a script are as before; what is not read now is put away.
import "../../css/leaves.css";
import { account } from "../page.js";

const LONG = 1.5; // windows: what is shorter is read as it is
const SHEETS = 3; // their pictures come later, so their height says nothing
const SHORT = 400; // letters: a title page is no page of its own
const WHOLE = "book:whole";

for (const bar of document.querySelectorAll("[data-leaves]")) start(bar, bar.previousElementSibling);

function start(bar, place) {
  const leaves = place ? leavesOf(place) : [];
  const isLong = place?.matches("ol") ? leaves.length > SHEETS : place?.getBoundingClientRect().height > LONG * innerHeight;
  if (leaves.length < 2 || !isLong) return;
  const said = bar.querySelector("[data-leaf-said]");
  const whole = bar.querySelector("[data-leaf-whole]");
  const turns = [...bar.querySelectorAll("[data-turn]")];
  const remembered = `book:${account()}:${location.pathname}:${place.className}`;
  let now = Number(localStorage.getItem(remembered)) || 0;
  let isWhole = localStorage.getItem(WHOLE) === "1";

  bar.hidden = false;
  for (const button of turns) button.addEventListener("click", () => turn(now + Number(button.dataset.turn)));
  whole.addEventListener("click", () => {
    isWhole = !isWhole;
    if (isWhole) localStorage.setItem(WHOLE, "1");
    else localStorage.removeItem(WHOLE);
    show();
    leaves[now][0].scrollIntoView();
  });
  addEventListener("hashchange", lead);
  // A link to where one has been leads there again, though the address stays as it is.
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("a[href^='#']")?.hash === location.hash) lead();
  });
  addEventListener("beforeprint", () => place.classList.remove("in-leaves"));
  addEventListener("afterprint", show);
  show();
  if (location.hash) lead();

  /** Opens the page that the address leads into. */
  function lead() {
    const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const found = wanted ? leaves.findIndex((leaf) => leaf.some((one) => one.contains(wanted))) : -1;
    if (found < 0) return;
    now = found;
    show();
    wanted.scrollIntoView();
  }

  function turn(to) {
    if (isWhole || !leaves[to]) return;
    now = to;
    show();
    const anchor = leaves[now].map((one) => one.id).find(Boolean);
    if (anchor) history.replaceState(history.state, "", `#${anchor}`);
    place.scrollIntoView();
  }

  function show() {
    now = Math.min(now, leaves.length - 1);
    localStorage.setItem(remembered, now);
    place.classList.toggle("in-leaves", !isWhole);
    leaves.forEach((leaf, n) => leaf.forEach((one) => one.classList.toggle("leaf-now", n === now)));
    whole.setAttribute("aria-pressed", String(isWhole));
    for (const button of turns) {
      button.hidden = isWhole;
      button.disabled = !leaves[now + Number(button.dataset.turn)];
    }
    const count = bar.dataset.of.replace("{n}", now + 1).replace("{most}", leaves.length);
    said.textContent = isWhole ? "" : [titleOf(leaves[now]), count].filter(Boolean).join(" · ");
  }
}

/** Lists of elements, each a page. */
function leavesOf(place) {
  const all = [...place.children];
  if (place.matches("ol")) return all.map((one) => [one]);
  const begins = ["paper-page", "H2", "H3"]
    .map((mark) => (one) => one.classList.contains(mark) || one.tagName === mark)
    .find((is) => all.filter(is).length > 1);
  if (!begins) return [];
  const leaves = [[]];
  for (const one of all) {
    const letters = leaves.at(-1).reduce((sum, each) => sum + each.textContent.length, 0);
    const isFirst = leaves.length === 1 && letters < SHORT && !leaves[0].some(begins);
    if (begins(one) && !isFirst) leaves.push([]);
    leaves.at(-1).push(one);
  }
  return leaves;
}

function titleOf(leaf) {
  const mark = leaf.find((one) => one.matches(".paper-page")) ?? leaf.find((one) => one.matches("h2, h3"));
  return mark?.textContent ?? "";
}

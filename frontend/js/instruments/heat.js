// One stop of the Tab key for a map of two thousand links: arrows, Home and End walk its cells. Without this script every cell is a stop.
import "../../css/heat.css";

for (const table of document.querySelectorAll("[data-heat]")) {
  const links = [...table.querySelectorAll("tbody a")];
  links.forEach((link, index) => (link.tabIndex = index ? -1 : 0));
  table.addEventListener("focusin", ({ target }) => {
    for (const link of links) if (link.tabIndex === 0) link.tabIndex = -1;
    if (target.matches("tbody a")) target.tabIndex = 0;
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = step(cell, event.key);
    if (next === undefined) return;
    event.preventDefault();
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

/** The link to go to; null at the edge, undefined for keys of somebody else. Empty cells are walked over. */
function step(cell, key) {
  const rows = [...cell.closest("tbody").rows];
  let row = rows.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  const moves = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
  if (key === "Home") return cell.parentElement.querySelector("a");
  if (key === "End") return [...cell.parentElement.querySelectorAll("a")].at(-1);
  if (!(key in moves)) return undefined;
  const [down, right] = moves[key];
  for (;;) {
    row += down;
    column += right;
    const next = rows[row]?.cells[column];
    if (!next) return null;
    const link = next.querySelector("a");
    if (link) return link;
  }
}

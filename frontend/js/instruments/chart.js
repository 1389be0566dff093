// Draws a line chart from the table beside it: <figure data-chart> <table>…</table> </figure>.
// The table is the truth: it is there without JavaScript, for the screen reader and on paper.
// First column: the day (<time datetime>) or any label; other columns: numbers, one line each.
// data-min and data-max on the figure fix the scale (marks: 2 and 5).
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import "../../css/chart.css";

const HEIGHT_IN_REM = 14;
// Lines are told apart without colour: whole, dashed, dotted, dash and dot.
const DASHES = [undefined, [8, 5], [2, 4], [8, 4, 2, 4]];
// Steps between the days that are named, whole days only: a line of two days had one day named four times.
const DAYS = [1, 2, 3, 7, 14, 28, 56, 91, 182, 364].map((days) => days * 86_400);

function draw(figure) {
  const table = figure.querySelector("table");
  const rows = [...table.tBodies[0].rows];
  if (rows.length < 2) return; // one point is not a line: the table says it better
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const days = rows.map(({ cells: [cell] }) => cell.querySelector("time")?.dateTime);
  const byDay = days.every(Boolean);
  const labels = rows.map(({ cells: [cell] }) => cell.textContent.trim());
  const x = byDay ? days.map((day) => Date.parse(day) / 1000) : rows.map((_, index) => index);
  const lines = heads.slice(1).map((_, column) => rows.map(({ cells }) => numberIn(cells[column + 1])));

  const place = document.createElement("div");
  place.className = "chart";
  place.setAttribute("aria-hidden", "true");
  figure.prepend(place);
  figure.dataset.drawn = "";
  let plot;
  const build = () => {
    plot?.destroy();
    plot = new uPlot(options(figure, heads, labels, byDay, lines), [x, ...lines], place);
  };
  build();
  new ResizeObserver(() => plot.setSize(size(figure))).observe(figure);
  new MutationObserver(build).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", build);
}

function numberIn(cell) {
  const digits = cell?.textContent.trim().replace(",", ".").replace("−", "-");
  return digits && !Number.isNaN(Number(digits)) ? Number(digits) : null;
}

const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

const size = (figure) => ({ width: Math.max(200, figure.clientWidth), height: HEIGHT_IN_REM * rem() });

const isLevel = (line) => line.length > 1 && line.every((value) => value === line[0]);

function options(figure, heads, labels, byDay, lines) {
  const css = getComputedStyle(figure);
  const colour = (name) => css.getPropertyValue(name).trim();
  const font = `${0.8125 * rem()}px ${css.fontFamily}`;
  const locale = document.documentElement.lang || "ru";
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "Europe/Moscow" });
  const { min, max } = figure.dataset;
  const inks = [colour("--tint") || colour("--brand"), colour("--tint-4"), colour("--tint-8"), colour("--tint-7")];
  const axis = { font, stroke: colour("--ink-2"), ticks: { show: false } };
  return {
    ...size(figure),
    legend: { show: false },
    cursor: { y: false, points: { size: 8 } },
    scales: {
      x: { time: false },
      y: min && max ? { range: [Number(min) - 0.2, Number(max) + 0.2] } : {},
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 4.5 * rem(),
        ...(byDay ? { incrs: DAYS } : {}),
        values: (_, ticks) => ticks.map((tick) => (byDay ? day.format(tick * 1000) : (labels[tick] ?? ""))),
      },
      {
        ...axis,
        size: 2.5 * rem(),
        grid: { stroke: colour("--line"), width: 1 },
        ...(min && max ? { incrs: [1, 2, 5, 10, 20, 50] } : {}),
      },
    ],
    series: [
      {},
      ...heads.slice(1).map((label, index) => ({
        label,
        stroke: inks[index % inks.length],
        width: 2,
        dash: DASHES[index % DASHES.length],
        // A line that stands level is a goal: dots on it would be taken for marks.
        points: { show: !index || !isLevel(lines[index]), size: 7, fill: colour("--paper") },
        spanGaps: true,
      })),
    ],
  };
}

for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
document.body.addEventListener("htmx:load", ({ target }) => {
  for (const figure of target.querySelectorAll("[data-chart]:not([data-drawn])")) draw(figure);
});

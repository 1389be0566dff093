// The table of the grid: reads and draws its cells. What stands in a cell is in the cell; there is no second copy.
import { hundredths, outcomes, shown } from "./scale.js";

const FRONT = 3; // name, mean, term

export class Sheet {
  constructor(root) {
    this.root = root;
    this.table = root.querySelector("table");
    this.heads = [...this.table.tHead.rows[1].cells].slice(FRONT);
    this.rows = [...this.table.tBodies[0].rows];
    this.rules = JSON.parse(root.dataset.rules);
    this.text = (name, values = {}) =>
      (root.dataset[`t${name}`] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  }

  head = (td) => this.heads[td.cellIndex - FRONT];
  cell = (row, n) => row.cells[n + FRONT];
  place = (td) => [this.rows.indexOf(td.parentElement), td.cellIndex - FRONT];
  isCell = (element) => element?.tagName === "TD" && element.cellIndex >= FRONT && element.parentElement.dataset.r;

  at(r, n) {
    const row = this.rows[Math.max(0, Math.min(r, this.rows.length - 1))];
    return this.cell(row, Math.max(0, Math.min(n, this.heads.length - 1)));
  }

  find(columnId, pupilId) {
    const n = this.heads.findIndex(({ dataset }) => dataset.c === columnId);
    const row = this.rows.find(({ dataset }) => dataset.r === pupilId);
    return n < 0 || !row ? null : this.cell(row, n);
  }

  /** The cell of the lesson's first column in the same line: presence stands there. */
  presenceCell(td) {
    const { l } = this.head(td).dataset;
    return this.cell(td.parentElement, this.heads.findIndex(({ dataset }) => dataset.l === l));
  }

  address = (td) => ({
    column: this.head(td).dataset.c,
    lesson: this.head(td).dataset.l,
    pupil: td.parentElement.dataset.r,
  });

  read(td) {
    const text = td.firstChild?.nodeType === Node.TEXT_NODE ? td.firstChild.data : "";
    const value = /^\d$/.test(text) ? Number(text) : null;
    return { value, code: value === null && text ? text : null, comment: td.dataset.c ?? "" };
  }

  version = (td) => Number(td.dataset.v ?? (td.dataset.m ? 1 : 0));
  presence = (td) => td.dataset.p ?? "";

  /** Puts a sign into a cell and counts the line anew. Answers the means before and after. */
  draw(td, { value, code, comment = "" }, version = this.version(td)) {
    const before = this.read(td);
    const text = value === null ? (code ?? "") : String(value);
    const { p } = td.dataset;
    td.replaceChildren(...(text ? [text] : []), ...(p ? [Object.assign(document.createElement("i"), { textContent: p })] : []));
    set(td, "m", value === null ? (code ? "x" : "") : text);
    set(td, "c", comment);
    td.dataset.v = version;
    return this.count(td, before.value, value);
  }

  drawPresence(td, letter) {
    set(td, "p", letter);
    this.draw(td, this.read(td));
  }

  count(td, before, after) {
    const mean = td.parentElement.cells[1];
    const weight = Number(this.head(td).dataset.w);
    let [sum, weights] = [Number(mean.dataset.s), Number(mean.dataset.n)];
    const old = hundredths(sum, weights);
    if (before) [sum, weights] = [sum - before * weight, weights - weight];
    if (after) [sum, weights] = [sum + after * weight, weights + weight];
    Object.assign(mean.dataset, { s: sum, n: weights });
    const now = hundredths(sum, weights);
    mean.textContent = shown(now);
    const term = td.parentElement.cells[2];
    if (!("set" in term.dataset)) term.textContent = this.outlook(now);
    return [old, now];
  }

  mean = (td) => hundredths(Number(td.parentElement.cells[1].dataset.s), Number(td.parentElement.cells[1].dataset.n));
  outlook = (mean) => (mean === null ? "" : outcomes(mean, this.rules).join("–"));

  /** «Петрова Алёна, 12 сентября, контрольная работа: 4». */
  words(td) {
    const { value, code } = this.read(td);
    const p = this.presence(td);
    const sign = value ?? code ?? (p ? "" : this.text("Empty"));
    const waits = td.classList.contains("is-waiting") ? `, ${this.text("Unsaved")}` : "";
    const where = `${this.name(td)}, ${this.head(td).firstElementChild.getAttribute("aria-label")}`;
    return `${where}: ${[sign, p].filter((one) => one !== "").join(", ")}${waits}`;
  }

  name = (td) => td.parentElement.cells[0].textContent.trim();

  /** The cell the page begins with: today's lesson or the last one before it, first pupil. */
  first() {
    let n = this.heads.findIndex((head) => head.classList.contains("g-today"));
    if (n < 0) n = this.heads.findLastIndex((head) => !head.matches(".g-later, .g-none"));
    return this.at(0, Math.max(0, n));
  }
}

function set(td, name, value) {
  if (value) td.dataset[name] = value;
  else delete td.dataset[name];
}

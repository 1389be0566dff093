// The table of the grid: reads and draws its cells. What stands in a cell is in the cell; there is no second copy.
import { MOST, RETAKES_FROM, counted, hundredths, outcomes, shown } from "./scale.js";

const FRONT = 3; // name, mean, term

export class Sheet {
  constructor(root) {
    this.root = root;
    this.table = root.querySelector("table");
    this.heads = [...this.table.tHead.rows[1].cells].slice(FRONT);
    this.rows = [...this.table.tBodies[0].rows];
    this.rules = JSON.parse(root.dataset.rules);
    this.codes = JSON.parse(root.dataset.codes); // what the school shows after each key of presence
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

  /** Marks beside the cell's own: the second of a double mark, retakes. */
  beside = (td) => (td.dataset.x ? JSON.parse(td.dataset.x) : []);

  read(td, place = 0) {
    if (place) return { value: null, code: null, comment: "", ...this.beside(td).find((one) => one.place === place) };
    const text = td.firstChild?.nodeType === Node.TEXT_NODE ? td.firstChild.data : "";
    const value = /^\d$/.test(text) ? Number(text) : null;
    const { c, o, d } = td.dataset;
    return { value, code: value === null && text ? text : null, comment: c ?? "", origin: o ?? null, due: d ?? null };
  }

  version = (td, place = 0) =>
    place ? (this.read(td, place).version ?? 0) : Number(td.dataset.v ?? (td.dataset.m ? 1 : 0));
  presence = (td) => td.dataset.p ?? "";
  /** What is shown for it: the code of its key, unless the reason came from elsewhere and has its own. */
  shown = ({ dataset: { p, q } }) => (p ? (q ?? this.codes[p] ?? p) : "");
  /** By what the marks of a column are counted: each criterion with its most points, or points as a whole; nothing for fives. */
  criteria(td) {
    const { s = "", k } = this.head(td).dataset;
    const [name, ...most] = s.split(" ");
    if (k) return JSON.parse(k).map((one, n) => ({ name: one, most: Number(most[n]) }));
    return name ? [{ name: this.text("All"), most: MOST[name] }] : [];
  }

  system = (td) => this.head(td).dataset.s ?? "";

  /** The place whose mark is taken away or spoken about first: the last one where something stands. */
  last = (td) => Math.max(0, ...this.beside(td).filter(filled).map(({ place }) => place));

  /** Where a retake goes next. */
  next = (td) => Math.max(RETAKES_FROM, this.last(td) + 1);

  /** Puts a sign into a cell and counts the line anew. Answers the means before and after. */
  draw(td, { value, code, comment = "", origin = null, due = null }, version = this.version(td), place = 0) {
    const before = this.score(td);
    if (place) {
      const others = this.beside(td).filter((one) => one.place !== place);
      others.push({ place, value, code, comment, origin, due, version });
      set(td, "x", JSON.stringify(others.sort((a, b) => a.place - b.place)));
    }
    const own = place ? this.read(td) : { value, code };
    const text = own.value === null ? (own.code ?? "") : String(own.value);
    if (!place) {
      set(td, "c", comment);
      set(td, "o", value === null ? "" : origin);
      set(td, "d", code === DOT ? due : "");
      td.dataset.v = version;
    }
    this.write(td, text);
    this.tint(td, own);
    return this.count(td, before, this.score(td));
  }

  /** The colour is of what counts: of a retake that stands instead of the mark. */
  tint(td, { value, code }) {
    const retake = this.beside(td).findLast((one) => one.place >= RETAKES_FROM && one.value !== null);
    const shown = retake && this.rules.retake === "instead" ? retake.value : value;
    set(td, "m", shown === null ? (code ? "x" : "") : String(shown));
  }

  /** What is seen in a cell: the mark, what stands beside it or the points it is made of, presence. */
  write(td, text, points = td.dataset.o ?? "") {
    const more = this.beside(td)
      .filter(filled)
      .map(({ place, value, code }) => `${place < RETAKES_FROM ? "/" : "→"}${value ?? code}`)
      .join("");
    const small = more || points.replaceAll(" ", "·");
    const piece = (tag, words) => (words ? [Object.assign(document.createElement(tag), { textContent: words })] : []);
    td.replaceChildren(...(text ? [text] : []), ...piece("b", small), ...piece("i", this.shown(td)));
  }

  drawPresence(td, letter, code = "") {
    set(td, "p", letter);
    set(td, "q", code);
    this.draw(td, this.read(td));
  }

  /** How much the cell adds to the line's sums: the sum of its counted marks, and how many they are. */
  score(td) {
    const marks = [{ place: 0, ...this.read(td) }, ...this.beside(td)].filter(({ value }) => value !== null);
    const places = counted(marks.map(({ place }) => place), this.rules.retake);
    const values = marks.filter(({ place }) => places.includes(place)).map(({ value }) => value);
    return [values.reduce((sum, value) => sum + value, 0), values.length];
  }

  count(td, [sumBefore, before], [sumAfter, after]) {
    const mean = td.parentElement.cells[1];
    const weight = Number(this.head(td).dataset.w);
    let [sum, weights] = [Number(mean.dataset.s), Number(mean.dataset.n)];
    const old = hundredths(sum, weights);
    sum += (sumAfter - sumBefore) * weight;
    weights += (after - before) * weight;
    Object.assign(mean.dataset, { s: sum, n: weights });
    const now = hundredths(sum, weights);
    mean.textContent = shown(now);
    const term = td.parentElement.cells[2];
    if (!("set" in term.dataset)) term.textContent = this.outlook(now);
    return [old, now];
  }

  mean = (td) => hundredths(Number(td.parentElement.cells[1].dataset.s), Number(td.parentElement.cells[1].dataset.n));
  outlook = (mean) => (mean === null ? "" : outcomes(mean, this.rules).join("–"));

  /** «Петрова Алёна, 12 сентября, контрольная работа: 4»; with what has not been sent yet, unless that is told elsewhere. */
  words(td, { unsaved = true } = {}) {
    const { value, code, origin, due } = this.read(td);
    const p = this.shown(td);
    const own = [value ?? code ?? (p ? "" : this.text("Empty")), origin && `(${origin})`, due && this.text("Due", { day: day(due) })];
    const others = this.beside(td).filter(filled).map((one) => `${this.text(one.place < RETAKES_FROM ? "Second" : "Retake")} ${one.value ?? one.code}`);
    const sign = [own.filter((one) => one !== "" && one).join(" "), ...others].filter(Boolean).join(", ");
    const closed = "locked" in this.root.dataset ? `, ${this.text("Closed")}` : "";
    const waits = unsaved && td.classList.contains("is-waiting") ? `, ${this.text("Unsaved")}` : "";
    return `${this.where(td)}: ${[sign, p].filter((one) => one !== "").join(", ")}${closed}${waits}`;
  }

  name = (td) => td.parentElement.cells[0].textContent.trim();

  /** Pupil and lesson in words. Who may not open the column has no link in its head: then the head itself says the words. */
  where(td) {
    const head = this.head(td);
    return `${this.name(td)}, ${(head.querySelector("a[aria-label]") ?? head).getAttribute("aria-label")}`;
  }

  /** The cell the page begins with: today's lesson or the last one before it, first pupil. */
  first() {
    let n = this.heads.findIndex((head) => head.classList.contains("g-today"));
    if (n < 0) n = this.heads.findLastIndex((head) => !head.matches(".g-later, .g-none"));
    return this.at(0, Math.max(0, n));
  }
}

export const DOT = "•";
const filled = ({ value, code }) => value !== null || Boolean(code);
const day = (iso) => new Date(`${iso}T12:00`).toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "long" });

function set(td, name, value) {
  if (value) td.dataset[name] = value;
  else delete td.dataset[name];
}

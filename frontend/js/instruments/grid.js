// The mark grid: one key a mark, arrows move, the consequence is shown before saving, nothing typed is ever lost.
import "../../css/grid.css";
import { open } from "../dialogs.js";
import { Queue, newId, post } from "../grid/queue.js";
import { RETAKES_FROM, shown, toFive, typed } from "../grid/scale.js";
import { Points } from "../grid/points.js";
import { DOT, Sheet } from "../grid/sheet.js";
import { Told } from "../grid/told.js";
import { account, make } from "../page.js";

const LETTERS = { н: "н", б: "б", п: "п", о: "о", KeyY: "н", Comma: "б", KeyG: "п", KeyJ: "о" };
const ABSENT = "нбп";

function start(root) {
  const sheet = new Sheet(root);
  const { text } = sheet;
  const line = root.querySelector("[data-line]");
  const state = root.querySelector("[data-state]");
  const pad = root.querySelector("[data-pad]");
  const words = document.getElementById("mark-words");
  const writable = "writable" in root.dataset;
  const unmarked = "unmarked" in root.dataset;
  const shut = "shut" in root.dataset; // the term is closed, and not to be changed by whoever looks: every key says so
  const url = root.dataset.save;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`marks:${account()}`) : null;
  let current = sheet.first();
  let trouble = "";
  let place = 0; // where the next digit goes: 0 into the cell, else beside what stands there
  let digits = ""; // of another system, until they are whole
  let before = null; // what stood there when the first of them was typed
  let last = null; // the cell that the last key filled, while the next one it led to is untouched
  let leading = false;
  const done = [];
  const undone = [];
  let unanswered = null; // taking back whose answer was lost: asked again under its id, it happens once
  const told = new Told(account());

  const queue = new Queue(account(), { heard, changed: showState, trouble: (what) => ((trouble = what), showState(), false) });

  // --- moving ---------------------------------------------------------------------------------------------------

  function focus(td) {
    if (!td) return;
    td.tabIndex = 0;
    td.focus({ preventScroll: true });
    td.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  sheet.table.addEventListener("focusin", ({ target }) => {
    if (!sheet.isCell(target)) return;
    if (current !== target) current.removeAttribute("tabindex");
    if (current !== target) {
      commitPoints();
      place = 0;
      last = null;
    }
    current = target;
    current.tabIndex = 0;
    if (!leading) describe();
    else current.setAttribute("aria-label", sheet.words(current));
  });

  sheet.table.addEventListener("click", ({ target }) => {
    const td = target.closest("td");
    if (!sheet.isCell(td)) return;
    focus(td);
  });

  function describe(means, td = current) {
    td.setAttribute("aria-label", sheet.words(td));
    const mean = sheet.mean(td);
    const [before, now] = means ?? [mean, mean];
    const figures = before === now ? shown(now) : `${shown(before) || "–"} → ${shown(now) || "–"}`;
    const rest = now === null && before === null ? "" : `; ${text("Mean")} ${figures}, ${text("Term")} ${sheet.outlook(now) || "–"}`;
    say(sheet.words(td, { unsaved: false }) + rest); // the state beside it counts what waits, and goes on counting
  }

  function say(sentence, label, act) {
    const button = label ? [" ", make("button", { type: "button", className: "button button-quiet", onclick: act }, label)] : [];
    line.replaceChildren(sentence, ...button);
  }

  function move(event) {
    const [r, n] = sheet.place(current);
    const all = event.ctrlKey || event.metaKey;
    const to = {
      ArrowUp: [r - 1, n],
      ArrowDown: [r + 1, n],
      ArrowLeft: [r, n - 1],
      ArrowRight: [r, n + 1],
      Enter: [r + (event.shiftKey ? -1 : 1), n],
      Tab: [r, n + (event.shiftKey ? -1 : 1)],
      Home: [all ? 0 : r, 0],
      End: [all ? Infinity : r, Infinity],
      PageUp: [r - 10, n],
      PageDown: [r + 10, n],
    }[event.key];
    if (!to) return false;
    if (event.key === "Enter" && last && !event.shiftKey) {
      event.preventDefault(); // it ends the mark that has led here already: a digit and Enter are one step, as in a spreadsheet
      last = null;
      describe();
      return true;
    }
    if (event.key === "Tab" && (to[1] < 0 || to[1] >= sheet.heads.length)) return false; // the way out of the grid
    event.preventDefault();
    commitPoints();
    focus(sheet.at(...to));
    return true;
  }

  /** One key a mark: what was typed stands, and the next pupil is there. The line still tells what the mark has moved. */
  function lead(td = current) {
    const [r, n] = sheet.place(td);
    if (r + 1 >= sheet.rows.length) return;
    leading = true;
    focus(sheet.at(r + 1, n));
    leading = false;
    last = td;
  }

  /** Keys that say more about a mark reach the one just typed, unless something stands where it has led. */
  function back() {
    const { value, code } = sheet.read(current);
    if (last && value === null && !code) focus(last);
    return current;
  }

  // --- typing ---------------------------------------------------------------------------------------------------

  sheet.table.addEventListener("keydown", (event) => {
    if (!sheet.isCell(event.target) || event.altKey || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      const back = event.code === "KeyZ" && !event.shiftKey;
      const forth = event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey);
      if (!writable || !(back || forth)) return void move(event);
      event.preventDefault();
      return void (refused() || again(back ? "undo" : "redo")); // one's last step stands in another term
    }
    if (move(event) || !writable) return;
    const { key, code } = event;
    const letter = LETTERS[key.toLowerCase()] ?? (/^[a-z,]$/i.test(key) ? LETTERS[code] : undefined);
    const system = sheet.system(current);
    if (system && /^\d$/.test(key)) typePoints(key);
    else if (key === "." || key === "ю" || code === "NumpadDecimal") type({ value: null, code: DOT, due: null });
    else if (key === "/" || code === "NumpadDivide") standBeside(1);
    else if (key === "+" || code === "NumpadAdd") standBeside(RETAKES_FROM);
    else if (/^[2-5]$/.test(key)) type({ value: Number(key), code: null }, { place: taken() });
    else if (letter) typeLetter(letter);
    else if (key === "Backspace" && digits) typeBack();
    else if (key === "Backspace") clear(back());
    else if (key === "Delete") clear(current);
    else if (key === "0") refused() || pad.querySelector("[data-sign='н/а']").focus();
    else if (key === "F2") askAbout(back());
    else return;
    event.preventDefault();
  });

  pad?.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { sign, letter, place: beside } = button.dataset;
    if (beside) standBeside(Number(beside));
    else if (sign && /\d/.test(sign) && sheet.system(current)) return askAbout(current); // the pad has four digits: points are given in the dialog
    else if (sign) type(/\d/.test(sign) ? { value: Number(sign), code: null } : { value: null, code: sign }, { place: taken() });
    else if (letter) typeLetter(letter);
    else if ("clear" in button.dataset) clear(back());
    else if ("rest" in button.dataset) return void button.setAttribute("aria-expanded", pad.classList.toggle("is-open"));
    else if ("comment" in button.dataset) return askAbout(back());
    else again("undo" in button.dataset ? "undo" : "redo");
    focus(current);
  });
  pad?.addEventListener("keydown", ({ key, target }) => {
    if (key === "Escape") return focus(current);
    const step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[key];
    let next = step && target[step];
    while (next && next.tagName !== "BUTTON") next = next[step];
    next?.focus();
  });

  /** The place of the next mark; each is asked for anew. */
  function taken() {
    const wanted = place;
    place = 0;
    return wanted;
  }

  function type(sign, options) {
    if (put(current, sign, options)) lead();
  }

  /** Who is absent gets no mark now; who is late may. */
  function typeLetter(letter) {
    if (putLetter(current, letter) && ABSENT.includes(letter)) lead();
  }

  function standBeside(kind) {
    back();
    const { value, code } = sheet.read(current);
    if (refused() || closed(current) || (value === null && (!code || code === DOT)) || (kind === 1 && sheet.system(current))) return;
    place = kind === 1 ? 1 : sheet.next(current);
    say(`${sheet.words(current)}, ${text(kind === 1 ? "Second" : "Retake")}: …`);
  }

  /** Digits of another system gather until no further one could follow; Enter or an arrow ends them too. */
  function typePoints(digit) {
    if (refused() || closed(current)) return;
    const made = typed(sheet.system(current), digits + digit);
    if (!made) return;
    before ??= sheet.read(current);
    last = null;
    digits += digit;
    if (made.full) return void (commitPoints() && lead());
    sheet.write(current, "…", digits);
    say(`${sheet.name(current)}, ${text("Points", { typed: digits })}`);
  }

  function commitPoints() {
    if (!before) return;
    const td = current;
    const system = sheet.system(td);
    const made = typed(system, digits);
    digits = "";
    const { value, code } = before;
    before = null;
    sheet.write(td, value === null ? (code ?? "") : String(value));
    if (!made?.whole) return describe();
    return put(td, { value: toFive(system, made.origin, sheet.rules.systems), code: null, origin: made.origin }, { place: taken() });
  }

  function typeBack() {
    digits = digits.slice(0, -1);
    sheet.write(current, "…", digits);
    say(`${sheet.name(current)}, ${text("Points", { typed: digits })}`);
  }

  /** Says why no mark is taken in a closed term. */
  function refused() {
    if (shut) say(text("Shut"));
    return shut;
  }

  const closed = (td) => sheet.head(td).matches(".g-none, .g-later");

  function put(td, sign, { place = 0, seen = sheet.version(td, place), log = true, was = sheet.read(td, place) } = {}) {
    const wanted = { comment: "", ...sign };
    if (closed(td)) return false;
    if (same(was, wanted)) {
      if (td === current) describe();
      return true;
    }
    if (refused()) return false;
    if (unmarked && (wanted.value !== null || wanted.code === DOT || wanted.code === "н/а")) return void say(text("Unmarked"));
    const address = { ...sheet.address(td), place };
    // Typed over before it left: one change instead of two, built on what the server has.
    const unsent = queue.of({ ...address, kind: "mark" }).filter(({ id }) => !queue.flying.has(id)).at(-1);
    if (unsent) {
      queue.drop(unsent.id);
      [seen, was] = [unsent.seen, unsent.was];
    }
    const means = sheet.draw(td, wanted, same(was, wanted) && unsent ? seen : seen + 1, place);
    if (log) {
      done.push({ kind: "mark", td, place, was, wanted });
      undone.length = 0;
    }
    if (!(unsent && same(was, wanted))) queue.put({ kind: "mark", url, ...address, ...wanted, seen, was });
    trace(td);
    if (td === current) describe(means);
    return true;
  }

  function putLetter(from, letter, log = true) {
    if (closed(from)) return false;
    const td = sheet.presenceCell(from);
    const was = sheet.presence(td);
    const code = td.dataset.q;
    const wanted = log && was === letter ? "" : letter;
    const address = sheet.address(td);
    const unsent = queue.of({ ...address, kind: "letter" }).filter(({ id }) => !queue.flying.has(id)).at(-1);
    if (unsent) queue.drop(unsent.id);
    sheet.drawPresence(td, wanted);
    if (log) {
      done.push({ kind: "letter", td, was, wanted });
      undone.length = 0;
    }
    queue.put({ kind: "letter", url, ...address, letter: wanted, was, code });
    trace(td);
    describe();
    return Boolean(wanted);
  }

  function clear(td) {
    const last = sheet.last(td);
    const { value, code } = sheet.read(td, last);
    if (value !== null || code) put(td, { value: null, code: null }, { place: last });
    else if (sheet.presence(sheet.presenceCell(td))) putLetter(td, sheet.presence(sheet.presenceCell(td)));
  }

  /** Words, the day of a dot, points by criteria: for the last mark that stands in the cell. */
  function askAbout(td) {
    commitPoints();
    const place = sheet.last(td);
    ask(td, sheet.read(td, place), "", undefined, place);
  }

  function ask(td, sign, why = "", seen, place = 0) {
    const asked = sheet.criteria(td);
    if (refused() || closed(td) || (sign.value === null && !sign.code && !why && !asked.length)) return;
    const form = words.querySelector("form");
    const field = form.elements.comment;
    words.querySelector("[data-words-why]").textContent = why || sheet.words(td);
    field.value = sign.comment ?? "";
    const due = form.elements.due;
    due.closest("[data-words-due]").hidden = sign.code !== DOT;
    due.value = sign.due ?? "";
    const points = new Points(words.querySelector("[data-words-points]"), asked, sign.origin, (origin) => {
      const made = toFive(sheet.system(td), origin, sheet.rules.systems);
      const sum = origin.split(" ").reduce((all, one) => all + Number(one), 0);
      return text("Sum", { sum, most: asked.reduce((all, { most }) => all + most, 0), mark: made });
    });
    form.onsubmit = () => {
      const origin = points.origin() ?? sign.origin;
      const value = origin ? toFive(sheet.system(td), origin, sheet.rules.systems) : sign.value;
      const code = origin ? null : sign.code;
      const made = { value, code, origin, comment: field.value.trim(), due: code === DOT ? due.value || null : null };
      if (value !== null || code || why) put(td, made, seen === undefined ? { place } : { seen, place });
      focus(td);
    };
    open(words);
    (sign.code === DOT ? due : (points.first ?? field)).focus();
  }

  // --- answers --------------------------------------------------------------------------------------------------

  function heard(item, answer) {
    if (item.url !== url) return;
    const td = sheet.find(item.column, item.pupil);
    if (!td) return;
    if (item.kind === "letter") {
      if (answer.status !== "saved") {
        sheet.drawPresence(td, item.was, item.code);
        say(answer.why);
      }
      return trace(td, answer.status);
    }
    const more = queue.of(item).length > 0;
    const place = item.place ?? 0;
    const stands = standsOf(answer);
    if (answer.status === "saved") {
      if (!more) sheet.draw(td, stands, answer.version, place);
      const news = { column: item.column, pupil: item.pupil, place, stands, version: answer.version };
      channel?.postMessage(news);
      told.keep(news);
    } else if (answer.version === undefined) {
      sheet.draw(td, item.was, item.seen, place);
      say(answer.why ?? text("Lost"));
    } else {
      sheet.draw(td, stands, answer.version, place);
      if (answer.status === "conflict") tellConflict(td, item, answer, stands);
      else if (answer.status === "reason") ask(td, item, answer.why, answer.version, place);
      else if (answer.status === "asked") say(text("Asked", { where: sheet.name(td) }));
      else say(answer.why);
    }
    trace(td, answer.status);
    if (answer.status === "saved" && (td === current || td === last) && stands.due) describe(undefined, td);
  }

  function tellConflict(td, item, answer, stands) {
    const sign = (one) => String(one.value ?? one.code ?? text("Nothing"));
    const sentence = text("Conflict", { where: sheet.where(td), stands: sign(stands), wanted: sign(item) });
    say(sentence, text("Mine"), () => {
      const { value, code, comment, origin, due, place = 0 } = item;
      put(td, { value, code, comment, origin, due }, { seen: answer.version, place });
      focus(td);
    });
  }

  /** The quiet trace: unsaved, then saved for a moment; a conflict stays until the cell is touched again. */
  function trace(td, status) {
    const waits = queue.items().some(({ kind, pupil, column, lesson }) => {
      const at = sheet.address(kind === "letter" ? sheet.presenceCell(td) : td);
      return pupil === at.pupil && (kind === "letter" ? lesson === at.lesson && td === sheet.presenceCell(td) : column === at.column);
    });
    td.classList.toggle("is-waiting", waits);
    td.classList.toggle("is-conflict", status === "conflict" || status === "refused");
    td.classList.toggle("is-saved", !waits && status === "saved");
    if (td === current) td.setAttribute("aria-label", sheet.words(td));
  }

  function showState() {
    if (!state) return;
    const n = queue.items().length;
    state.dataset.state = n ? (trouble ? "trouble" : "waiting") : "saved";
    state.textContent = !n ? text("Saved") : trouble ? `${text(trouble)} ${text("Waiting", { n })}` : text("Sending");
  }

  channel?.addEventListener("message", ({ data }) => {
    const td = sheet.find(data.column, data.pupil);
    if (td && !queue.of({ ...data, kind: "mark" }).length) sheet.draw(td, data.stands, data.version, data.place);
  });

  // --- taking back ----------------------------------------------------------------------------------------------

  async function again(which) {
    const [source, target] = which === "undo" ? [done, undone] : [undone, done];
    const step = source.pop();
    if (step?.kind === "letter") {
      target.push(step);
      focus(step.td);
      return putLetter(step.td, which === "undo" ? step.was : step.wanted, false);
    }
    const unsent = step && queue.of({ ...sheet.address(step.td), place: step.place, kind: "mark" }).some(({ id }) => !queue.flying.has(id));
    if (step && (unsent || step.local)) {
      target.push({ ...step, local: true });
      put(step.td, which === "undo" ? step.was : step.wanted, { log: false, place: step.place });
      return focus(step.td);
    }
    await queue.flush();
    try {
      if (unanswered?.which !== which) unanswered = { which, id: newId() };
      const response = await post(root.dataset[which], { id: unanswered.id });
      if (response.status >= 500) throw new Error(response.status);
      unanswered = null;
      const { marks = [], why = "" } = await response.json();
      if (!marks.length) return say(why);
      if (step) target.push(step);
      takeBack(marks[0]);
    } catch {
      if (step) source.push(step);
      say(text("Lost"));
    }
  }

  function takeBack(answer) {
    const td = sheet.find(answer.column, answer.pupil);
    const { value, code, version, place, words: where, status, why } = answer;
    if (td) {
      sheet.draw(td, standsOf(answer), version, place);
      trace(td, status);
      focus(td);
    }
    say(status === "saved" ? text("Undone", { where, mark: value ?? code ?? text("Empty") }) : why);
  }

  // --- begin ----------------------------------------------------------------------------------------------------

  for (const { column, pupil, place, stands, version } of told.all()) {
    const td = sheet.find(column, pupil);
    if (td && sheet.version(td, place) < version) sheet.draw(td, stands, version, place);
  }
  for (const item of queue.items().filter((one) => one.url === url)) {
    const td = sheet.find(item.column, item.pupil);
    if (!td) continue;
    if (item.kind === "letter") sheet.drawPresence(td, item.letter);
    else if (sheet.version(td, item.place) === item.seen) sheet.draw(td, item, item.seen + 1, item.place);
    trace(td);
  }
  current.tabIndex = 0;
  const scroll = sheet.table.parentElement;
  scroll.scrollLeft = current.offsetLeft - scroll.clientWidth + 4 * current.offsetWidth;
  for (const button of pad?.querySelectorAll("button") ?? []) button.tabIndex = button.dataset.sign === "5" ? 0 : -1;
  showState();
  queue.flush();
}

const NOTHING = { comment: "", origin: null, due: null };
const same = (a, b) =>
  a.value === b.value && a.code === b.code && Object.entries(NOTHING).every(([name, none]) => (a[name] ?? none) === (b[name] ?? none));
const standsOf = ({ value = null, code = null, ...rest }) => ({
  value,
  code,
  comment: rest.comment ?? "",
  origin: rest.origin ?? null,
  due: rest.due ?? null,
});

for (const root of document.querySelectorAll("[data-grid]")) start(root);

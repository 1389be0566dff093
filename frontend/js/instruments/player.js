// A task: every answer is saved as it is given. Answers that could not be sent wait on this device, by account and
// attempt, and are sent again with the same id, so that none is lost or counted twice. Without this script each
// question is an ordinary form.
import "../../css/player.css";
import "../../css/kinds.css";
import "../../css/judging.css";
import "../../css/pages.css";
import { account } from "../page.js";
import { chips } from "../tasks/chips.js";
import { drawing } from "../tasks/drawing.js";
import { essay } from "../tasks/essay.js";
import { formula } from "../tasks/formula.js";
import { hints } from "../tasks/hints.js";
import { notebook } from "../tasks/notebook.js";
import { places } from "../tasks/places.js";
import { plane } from "../tasks/plane.js";
import { sortable } from "../tasks/sortable.js";
import { voice } from "../tasks/voice.js";

const TYPING_PAUSE = 800;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 30000;
const JUST_NOW = 60000;

const player = document.querySelector("[data-player]");
if (player) start(player);
const over = document.querySelector("[data-over]");
if (over) leftover(over);

function start(player) {
  const words = Object.fromEntries(
    Object.entries(player.dataset).map(([name, text]) => [name.replace(/^words/, "").toLowerCase(), text]),
  );
  const screens = [...player.querySelectorAll("[data-screen-of]")];
  const forms = [...player.querySelectorAll("form[data-item]")];
  const isAll = "all" in player.dataset;
  const steps = [...player.querySelectorAll("[data-step]")];
  const finishForm = player.querySelector("[data-finish]");
  const heading = document.querySelector("h1");
  const count = forms.length;
  const key = `answers:${account()}:${player.dataset.attempt}`;
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  let current = Number(player.dataset.current);
  let pause = 0;
  let retry = FIRST_RETRY;
  let retryTimer = 0;
  let pumping = null;
  const whys = new Map();

  // What waits on this device: {queue: [answer], numbers: {item: n}, finish: bool}. Shared by tabs.
  const read = () => {
    try {
      return { queue: [], numbers: {}, latest: {}, finish: false, ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      return { queue: [], numbers: {}, latest: {}, finish: false };
    }
  };
  let memory = read();
  const change = (act) => {
    memory = read();
    act(memory);
    try {
      localStorage.setItem(key, JSON.stringify(memory));
    } catch {
      // No room or storage switched off: answers wait in this page only.
    }
  };

  const fields = (form) => [...form.querySelectorAll("[name=answer]")];
  // Fields of a text with gaps are known by their places: empty ones are sent too, once one is filled.
  const isPositional = (form) => form.querySelector("[data-positional]") !== null;
  const given = (form) => {
    const values = new FormData(form).getAll("answer").map((value) => value.trim());
    return isPositional(form) && values.some(Boolean) ? values : values.filter(Boolean);
  };
  // Parts of a question are put one by one: a hidden field before each says its number.
  const put = (form, answer) => {
    const marks = [...form.querySelectorAll("[data-part]")];
    if (!marks.length) return putInto(fields(form), answer, isPositional(form));
    for (const part of marks) {
      const [mark, ...own] = part.querySelectorAll("[name=answer]");
      const from = answer.indexOf(mark.value) + 1;
      const rest = from ? answer.slice(from) : [];
      const next = rest.findIndex((value) => value.startsWith("part:"));
      putInto(own, next < 0 ? rest : rest.slice(0, next), part.querySelector("[data-positional]") !== null);
    }
  };
  const putInto = (all, answer, positional) => {
    all.forEach((field, at) => {
      if (["checkbox", "radio"].includes(field.type)) field.checked = answer.includes(field.value);
      else if (positional || field.type !== "select-one") field.value = answer[at] ?? "";
      else field.value = answer.find((value) => [...field.options].some((option) => option.value === value)) ?? "";
    });
  };
  const isSame = (a, b) => a.length === b.length && a.every((value, index) => value === b[index]);
  // A quick pupil answers before this script has arrived over a slow line: such an answer is none of the server's yet.
  const isTouched = (field) =>
    ["checkbox", "radio"].includes(field.type)
      ? field.checked !== field.defaultChecked
      : field.defaultValue !== undefined && field.value !== field.defaultValue;
  const early = forms.filter((form) => fields(form).some(isTouched));
  const last = new Map(forms.map((form) => [form, given(form)]));

  function give(form) {
    clearTimeout(pause);
    const answer = given(form);
    if (!answer.length || isSame(answer, last.get(form))) return;
    last.set(form, answer);
    whys.delete(form.dataset.item);
    enqueue(form, answer);
    form.dataset.answered = "";
    say("saving");
    pump();
  }

  function enqueue(form, answer, above = 0) {
    const { item } = form.dataset;
    change((kept) => {
      const number = Math.max(Number(form.dataset.number), kept.numbers[item] ?? 0, above) + 1;
      kept.numbers[item] = number;
      kept.latest[item] = answer;
      kept.queue = kept.queue.filter((one) => one.item !== item || one.sent);
      kept.queue.push({ id: uuid(), item, number, answer, at: Date.now(), url: form.getAttribute("action") });
    });
  }

  // One tab at a time sends; what another tab has sent is gone from the queue by then.
  function pump() {
    clearTimeout(retryTimer);
    pumping ??= (navigator.locks ? navigator.locks.request(key, send) : send()).finally(() => (pumping = null));
    return pumping;
  }

  async function send() {
    for (;;) {
      memory = read();
      const [next] = memory.queue;
      if (!next) break;
      change((kept) => kept.queue.filter((one) => one.id === next.id).forEach((one) => (one.sent = true)));
      const body = asSent(next);
      const response = await post(next.url, body);
      if (!response) return wait();
      change((kept) => (kept.queue = kept.queue.filter((one) => one.id !== next.id)));
      if (response.ok) {
        took(next, await response.json().catch(() => ({})));
        continue;
      }
      const said = await response.json().catch(() => ({}));
      if (said.finished) return location.reload();
      whys.set(next.item, said.why ?? "");
      const form = forms.find((one) => one.dataset.item === next.item);
      if (form) delete form.dataset.answered;
    }
    retry = FIRST_RETRY;
    if (memory.finish) return handIn();
    if (shown !== "late") say(whys.has(forms[current - 1]?.dataset.item) ? "" : "saved");
    mark();
  }

  function took(sent, { left, late, number }) {
    if (left !== undefined) end = performance.now() + left;
    if (late) say("late");
    // Another device gave a later answer to the same question: what was given here just now is later still.
    const form = forms.find((one) => one.dataset.item === sent.item);
    const isNewest = !memory.queue.some((one) => one.item === sent.item);
    if (number > sent.number && form && isNewest && Date.now() - sent.at < JUST_NOW) enqueue(form, sent.answer, number);
  }

  // Null: it did not arrive, try later. Signed out and overloaded count as that: the answer keeps.
  async function post(url, body) {
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": token },
        signal: AbortSignal.timeout?.(20000),
      });
      if (response.status === 401 || response.redirected) say("out");
      else if (response.status < 500 && ![400, 408, 429].includes(response.status)) return response;
    } catch {
      // The connection is gone.
    }
    return null;
  }

  function wait() {
    if (shown !== "out") say(memory.finish ? "handing" : "lost");
    retryTimer = setTimeout(pump, retry);
    retry = Math.min(retry * 2, LONGEST_RETRY);
  }

  async function handIn() {
    try {
      const response = await fetch(finishForm.action, { method: "POST", headers: { "X-CSRFToken": token } });
      if (!response.ok) return wait();
      localStorage.removeItem(key);
      location.assign(location.pathname);
    } catch {
      wait();
    }
  }

  let shown = "";
  function say(state) {
    shown = state;
    for (const line of player.querySelectorAll("[data-saved]")) {
      line.dataset.state = ["handing", "out", "late"].includes(state) ? "lost" : state;
      line.textContent = state ? words[state] : "";
    }
  }

  const unanswered = () => forms.flatMap((form, index) => ("answered" in form.dataset ? [] : [index + 1]));

  function mark() {
    const left = unanswered();
    for (const step of steps) {
      const at = Number(step.dataset.step);
      step.toggleAttribute("data-done", at <= count && !left.includes(at));
      if (at === current) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    forms.forEach((form, index) => {
      const others = left.filter((at) => at !== index + 1);
      const button = form.querySelector("button[name=then]");
      button.value = others.length ? "next" : "finish";
      button.querySelector("span").textContent = others.length ? words.next : words.last;
    });
    player.querySelector("p[data-left]").textContent = left.length ? words.some.replace("{n}", left.join(", ")) : words.all;
  }

  function show(at, focus = true) {
    current = at;
    if (isAll) return showInPlace(at, focus);
    for (const screen of screens) screen.hidden = Number(screen.dataset.screenOf) !== at;
    heading.textContent = at > count ? words.end : words.heading.replace("{n}", at);
    document.title = document.title.replace(/^.*? · /, `${heading.textContent} · `);
    history.replaceState(null, "", `${location.pathname}?item=${at > count ? "end" : at}`);
    mark();
    if (!focus) return;
    // The question itself, which says its number: Tab goes on to its first field and not through twenty numbers again.
    const screen = screens.find((one) => Number(one.dataset.screenOf) === at);
    screen.tabIndex = -1;
    screen.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function showInPlace(at, focus) {
    mark();
    const screen = screens.find((one) => Number(one.dataset.screenOf) === at);
    if (!focus || !screen) return;
    screen.tabIndex = -1;
    screen.focus({ preventScroll: true });
    screen.scrollIntoView({ block: "start" });
  }

  // The server's clock decides: what stands here is what it said was left, counted down from then.
  let end = player.dataset.ends === undefined ? 0 : performance.now() + Number(player.dataset.ends);
  const timer = player.querySelector("[data-timer]");
  if (timer) {
    const said = player.querySelector("[data-timer-said]");
    let before = Infinity;
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      const text = words.left.replace("{n}", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
      timer.textContent = text;
      timer.toggleAttribute("data-soon", seconds <= 60);
      for (const mark of [300, 60]) if (before > mark && seconds <= mark && before !== Infinity) said.textContent = text;
      before = seconds;
      if (seconds > 0) return;
      clearInterval(ticking);
      for (const form of isAll ? forms : forms.slice(current - 1, current)) give(form);
      timer.textContent = said.textContent = words.over;
      onFinish();
    };
    const ticking = setInterval(tick, 1000);
    document.addEventListener("visibilitychange", () => document.hidden || tick());
  }

  function explain(form, why) {
    const line = form.querySelector("[data-why]");
    line.textContent = why;
    line.hidden = !why;
    if (why) (fields(form).find((field) => field.offsetParent) ?? form.querySelector("button")).focus();
  }

  async function onAnswer(form) {
    const at = forms.indexOf(form) + 1;
    explain(form, "");
    if (!given(form).length) return explain(form, words.empty);
    // Lines that already stand in their order, or a mark that stays where it was, are an answer too.
    if (!("answered" in form.dataset)) last.set(form, []);
    give(form);
    // Wait for a word about this answer, but not for a lost connection.
    await Promise.race([pump(), new Promise((go) => setTimeout(go, 4000))]);
    const why = whys.get(form.dataset.item);
    if (why) return explain(form, why);
    const left = unanswered();
    if (!left.length && form.querySelector("button[name=then]").value === "finish") return onFinish();
    show(left.find((one) => one > at) ?? left[0] ?? count + 1);
  }

  function onFinish() {
    change((kept) => (kept.finish = true));
    say("saving");
    pump();
  }

  for (const form of forms) {
    form.addEventListener("change", () => give(form));
    form.addEventListener("input", ({ target }) => {
      if (!["text", "textarea"].includes(target.type)) return;
      clearTimeout(pause);
      pause = setTimeout(give, TYPING_PAUSE, form);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      onAnswer(form);
    });
  }
  finishForm.addEventListener("submit", (event) => {
    event.preventDefault();
    onFinish();
  });
  player.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (forms[current - 1]) give(forms[current - 1]);
    show(Number(step.dataset.step));
  });
  addEventListener("pagehide", () => forms[current - 1] && give(forms[current - 1]));
  addEventListener("online", () => {
    retry = FIRST_RETRY;
    pump();
  });
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    memory = read();
    for (const form of forms) {
      const answer = memory.latest[form.dataset.item];
      if (!answer || isSame(answer, given(form)) || !form.querySelector(".task-options, .task-line")) continue;
      put(form, answer);
      last.set(form, given(form));
      form.dataset.answered = "";
    }
    mark();
    if (!memory.queue.length && shown === "lost") say("saved");
  });

  // After a reload: what had not been sent stands in its fields again, and goes on its way.
  for (const { item, answer } of memory.queue) {
    const form = forms.find((one) => one.dataset.item === item);
    if (!form) continue;
    put(form, answer);
    last.set(form, given(form));
    form.dataset.answered = "";
  }
  for (const form of forms) {
    chips(form);
    drawing(form);
    essay(form);
    hints(form);
    notebook(form);
    voice(form);
    formula(form);
    places(form);
    plane(form);
    sortable(form);
  }
  if (isAll) for (const form of forms) form.querySelector("button[name=then]").hidden = true; // each change saves itself
  mark();
  for (const form of early.filter((one) => !memory.queue.some(({ item }) => item === one.dataset.item))) {
    last.set(form, []);
    give(form);
  }
  if (memory.queue.length || memory.finish) pump();
}

function asSent({ id, number, answer, at }) {
  // How long it waited, by a difference: what hour this device shows means nothing to the server.
  const age = at ? Math.max(0, (Date.now() - at) / 1000) : 0;
  const body = new URLSearchParams({ client_id: id, number, age: age.toFixed(1) });
  for (const value of answer) body.append("answer", value);
  return body;
}

// The test has closed, but something given before still waits on this device: it is sent, and kept as late.
async function leftover(place) {
  const key = `answers:${account()}:${place.dataset.attempt}`;
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(key));
  } catch {
    return;
  }
  for (const one of kept?.queue ?? []) {
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const answer = await fetch(one.url, { method: "POST", body: asSent(one), headers }).catch(() => null);
    if (!answer || answer.status >= 500 || answer.status === 401) return;
    const said = await answer.json().catch(() => ({}));
    if (said.late && place.dataset.wordsLate) place.textContent = place.dataset.wordsLate;
  }
  localStorage.removeItem(key);
  place.querySelector("[data-finish]")?.requestSubmit();
}

// crypto.randomUUID exists only on HTTPS and localhost; a laptop in a classroom has neither.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

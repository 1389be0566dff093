// Four levers to balance. Tells its frame by SCORM 1.2 where the pupil is and how many were right at the first try.
const LEVERS = [
  { left: 4, arm: 30, right: 6, answer: 20 },
  { left: 5, arm: 24, right: 3, answer: 40 },
  { left: 2, arm: 45, right: 9, answer: 10 },
  { left: 12, arm: 15, right: 4, answer: 45 },
];
const find = (id) => document.getElementById(id);
const api = lookUp(window);
let place = 0;
let right = 0;
let tries = 0;

api?.LMSInitialize("");
const kept = /^(\d):(\d)$/.exec(api?.LMSGetValue("cmi.suspend_data") ?? "");
if (kept) [place, right] = [Number(kept[1]), Number(kept[2])];
show();

find("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const lever = LEVERS[place];
  const said = Number(find("arm").value.replace(",", ".").trim());
  const moment = lever.right * said - lever.left * lever.arm;
  tilt(Math.sign(moment));
  if (Number.isNaN(said)) return tell("Нужно число: плечо в сантиметрах.");
  tries += 1;
  if (moment !== 0) {
    const heavier = moment > 0 ? "справа" : "слева";
    return tell(`Перевешивает ${heavier}: слева ${lever.left * lever.arm} Н·см, справа ${lever.right * said} Н·см.`);
  }
  if (tries === 1) right += 1;
  tell(`Равновесие: ${lever.left} · ${lever.arm} = ${lever.right} · ${said}.`);
  place += 1;
  keep();
  find("next").hidden = false;
  find("next").focus();
});

find("next").addEventListener("click", show);

function show() {
  const isOver = place >= LEVERS.length;
  find("next").hidden = true;
  tries = 0;
  tell("");
  find("form").hidden = isOver;
  find("drawing").toggleAttribute("hidden", isOver);
  find("where").textContent = isOver
    ? `Готово. С первого раза: ${right} из ${LEVERS.length}.`
    : `Рычаг ${place + 1} из ${LEVERS.length}`;
  if (isOver) return;
  const lever = LEVERS[place];
  find("task").textContent =
    `Слева груз ${lever.left} Н на плече ${lever.arm} см. Справа груз ${lever.right} Н. На каком плече он уравновесит левый?`;
  find("drawing").innerHTML = draw(lever);
  find("arm").value = "";
  find("arm").focus();
}

function draw({ left, arm, right: weight }) {
  const box = (x, words) =>
    `<rect x="${x - 28}" y="110" width="56" height="44" rx="6" fill="#dbe4ff" stroke="#33415c"/>` +
    `<text x="${x}" y="138" text-anchor="middle" font-size="18">${words}</text>`;
  return (
    `<path d="M320 112 l-24 80 h48 z" fill="#33415c"/><g class="beam">` +
    `<rect x="40" y="102" width="560" height="12" rx="6" fill="#8a5a2b"/>` +
    `${box(320 - arm * 5.5, `${left} Н`)}${box(520, `${weight} Н`)}</g>`
  );
}

function tilt(side) {
  document.querySelector(".beam").style.transform = `rotate(${side * 5}deg)`;
}

function tell(words) {
  find("said").textContent = words;
}

function keep() {
  if (!api) return;
  api.LMSSetValue("cmi.suspend_data", `${place}:${right}`);
  api.LMSSetValue("cmi.core.lesson_location", String(place));
  const isOver = place >= LEVERS.length;
  if (isOver) {
    api.LMSSetValue("cmi.core.score.min", "0");
    api.LMSSetValue("cmi.core.score.max", "100");
    api.LMSSetValue("cmi.core.score.raw", String(Math.round((100 * right) / LEVERS.length)));
  }
  api.LMSSetValue("cmi.core.lesson_status", isOver ? "completed" : "incomplete");
  api.LMSCommit("");
}

/** The interface of the standard stands in some window above this one; a window of a stranger can't be looked into. */
function lookUp(window) {
  try {
    return window.API ?? (window.parent !== window ? lookUp(window.parent) : null);
  } catch {
    return null;
  }
}

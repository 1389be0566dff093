// The arithmetic of school/gradebook/scale.py and systems.py in whole numbers: what is shown before saving is what the server will count.

/** The mean of two sums in whole hundredths, half up; null without weights. */
export const hundredths = (valueSum, weightSum) =>
  weightSum ? Math.floor((200 * valueSum + weightSum) / (2 * weightSum)) : null;

/** The marks a mean in hundredths allows: one, or two where the teacher decides. */
export function outcomes(mean, { sure_from: sure, possible_from: possible }) {
  for (const value of [5, 4, 3]) {
    if (mean >= sure[value]) return [value];
    if (mean >= possible[value]) return [value, value - 1];
  }
  return [2];
}

export const RETAKES_FROM = 2;

/** Which places of a cell enter the mean: where retakes count instead, the last one stands for the whole cell. */
export function counted(places, retake) {
  const last = Math.max(0, ...places);
  return retake === "instead" && last >= RETAKES_FROM ? [last] : [...places];
}

export const MOST = { ten: 10, twelve: 12, hundred: 100 };

/** What a column's system («hundred», or «criteria 8 8 8») makes of typed digits: whether they are whole, and points as they are sent. */
export function typed(system, digits) {
  const [name, ...most] = system.split(" ");
  if (name === "criteria") {
    const each = [...digits];
    if (!digits || each.length > most.length || each.some((digit, n) => Number(digit) > Number(most[n]))) return null;
    return { whole: each.length === most.length, full: each.length === most.length, origin: each.join(" ") };
  }
  const limit = MOST[name];
  if (!digits || Number(digits) > limit || digits !== String(Number(digits))) return null;
  return { whole: true, full: digits === "0" || Number(digits) * 10 > limit, origin: digits };
}

/** The mark of five for points, by the act's tables. */
export function toFive(system, origin, systems) {
  const [name, ...most] = system.split(" ");
  let points = Number(origin);
  if (name === "criteria") {
    const whole = most.reduce((sum, one) => sum + Number(one), 0);
    points = hundredths(origin.split(" ").reduce((sum, one) => sum + Number(one), 0), whole);
  }
  return [5, 4, 3].find((value) => points >= systems[name][value]) ?? 2;
}

const point = globalThis.document?.documentElement.lang === "en" ? "." : ",";

/** 437 as «4,37», in English "4.37". */
export const shown = (mean) => (mean === null ? "" : `${Math.floor(mean / 100)}${point}${String(mean % 100).padStart(2, "0")}`);

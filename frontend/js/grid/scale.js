// The arithmetic of school/gradebook/scale.py in whole numbers: what is shown before saving is what the server will count.

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

const point = globalThis.document?.documentElement.lang === "en" ? "." : ",";

/** 437 as «4,37», in English "4.37". */
export const shown = (mean) => (mean === null ? "" : `${Math.floor(mean / 100)}${point}${String(mean % 100).padStart(2, "0")}`);

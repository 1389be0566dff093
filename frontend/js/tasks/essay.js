// How many words a long text has so far, beside what is asked for.
export function essay(form) {
  for (const box of form.querySelectorAll("[data-essay]")) {
    const text = box.querySelector("textarea");
    const told = box.querySelector("[data-count]");
    const { fewest, most, wordsCount } = box.dataset;
    const count = () => {
      const n = text.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      told.textContent = n ? wordsCount.replace("{n}", n) : "";
      told.classList.toggle("is-outside", Boolean(n && most && (n < Number(fewest) || n > Number(most))));
    };
    text.addEventListener("input", count);
    count();
  }
}

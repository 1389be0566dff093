// A field for a formula: buttons that put signs where the cursor is, and the formula as the server reads it.
const PAUSE = 250;

export function formula(form) {
  for (const field of form.querySelectorAll("[data-formula]")) write(field);
}

function write(field) {
  const input = field.querySelector("input");
  const read = field.querySelector("[data-read]");
  let timer = 0;
  let asked = 0;

  async function show() {
    const number = ++asked;
    const text = input.value.trim();
    if (!text) return read.replaceChildren();
    try {
      const response = await fetch(`${field.dataset.formula}?${new URLSearchParams({ text })}`);
      if (!response.ok || response.redirected || number !== asked) return;
      // Our own server's MathML: numbers, letters and signs, each escaped there.
      read.innerHTML = await response.text();
    } catch {
      // Without a connection the formula is only not shown; the answer waits with the others.
    }
  }

  function put(text) {
    const [before, after = ""] = text.split("|");
    const { selectionStart: start, selectionEnd: end, value } = input;
    const held = after ? value.slice(start, end) : "";
    input.value = value.slice(0, start) + before + held + after + value.slice(end);
    const at = start + before.length + held.length;
    input.focus();
    input.setSelectionRange(at, at);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const keys = field.querySelector(".formula-keys");
  keys.hidden = false;
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-put]");
    if (key) put(key.dataset.put);
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
}

// Lines in an order: drop-downs become a list with buttons up and down, whose lines can be dragged too. The
// drop-downs keep the answer; they are filled from the first move on, or when the answer is given as it stands.
export function sortable(form) {
  for (const field of form.querySelectorAll("[data-sortable]")) list(form, field);
}

function list(form, field) {
  const selects = [...field.querySelectorAll("select")];
  const texts = new Map([...selects[0].options].filter((one) => one.value).map((one) => [one.value, one.text]));
  const chosen = [...new Set(selects.map((select) => select.value).filter(Boolean))];
  const order = [...chosen, ...[...texts.keys()].filter((value) => !chosen.includes(value))];
  const lines = document.createElement("ol");
  lines.className = "sort-lines";
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("aria-live", "polite");
  const fill = (words, what, n = "") => words.replace("{what}", what).replace("{n}", n);

  for (const value of order) {
    const line = document.createElement("li");
    line.className = "sort-line";
    line.dataset.value = value;
    const text = document.createElement("span");
    text.textContent = texts.get(value);
    line.append(text, button("↑", field.dataset.wordsUp, -1, line), button("↓", field.dataset.wordsDown, 1, line));
    text.addEventListener("pointerdown", (event) => drag(event, line));
    lines.append(line);
  }
  for (const part of field.querySelectorAll(".task-part")) part.hidden = true;
  field.append(lines, said);
  ends();

  function button(sign, words, step, line) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", fill(words, texts.get(line.dataset.value)));
    made.addEventListener("click", () => {
      const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
      if (!other) return;
      if (step < 0) other.before(line);
      else other.after(line);
      made.focus();
      moved(line);
    });
    return made;
  }

  function ends() {
    [...lines.children].forEach((line, at) => {
      const [up, down] = line.querySelectorAll("button");
      up.setAttribute("aria-disabled", at === 0);
      down.setAttribute("aria-disabled", at === lines.children.length - 1);
    });
  }

  function write() {
    [...lines.children].forEach((line, at) => (selects[at].value = line.dataset.value));
  }

  function moved(line) {
    const at = [...lines.children].indexOf(line) + 1;
    said.textContent = fill(field.dataset.wordsNow, texts.get(line.dataset.value), at);
    write();
    ends();
    selects[0].dispatchEvent(new Event("change", { bubbles: true }));
  }

  function drag(down, line) {
    if (down.button) return;
    down.preventDefault();
    const handle = down.currentTarget;
    const before = [...lines.children];
    handle.setPointerCapture(down.pointerId);
    let from = down.clientY;
    const move = (event) => {
      line.classList.add("is-flying");
      const [above, below] = [line.previousElementSibling, line.nextElementSibling];
      const { clientY } = event;
      const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
      if (above && clientY < middle(above)) {
        from -= above.offsetHeight;
        above.before(line);
      } else if (below && clientY > middle(below)) {
        from += below.offsetHeight;
        below.after(line);
      }
      line.style.translate = `0 ${Math.round(clientY - from)}px`;
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      line.classList.remove("is-flying");
      line.style.translate = "";
      if (before.some((one, at) => one !== lines.children[at])) moved(line);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
    handle.addEventListener("pointercancel", end, { once: true });
  }

  form.addEventListener("submit", write, { capture: true });
}

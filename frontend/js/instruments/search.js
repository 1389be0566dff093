// Suggestions under the search field: a list that the arrows walk, Enter takes, Escape closes. Without us it is a plain field.
import "../../css/search.css";
import { make } from "../page.js";

const PAUSE = 120;

for (const field of document.querySelectorAll("input[data-complete]")) complete(field);

function complete(field) {
  const list = make("ul", { id: `${field.id}-words`, className: "finder-words", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.completeLabel);
  field.after(list);
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  let timer = 0;
  let asked = 0;
  let at = -1;

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("blur", close);
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(option);
  });

  async function ask() {
    const number = ++asked;
    const typed = field.value;
    if (typed.trim().length < 2) return close();
    let words = [];
    try {
      const answer = await fetch(`${field.dataset.complete}?${new URLSearchParams({ q: typed })}`);
      if (answer.ok) words = await answer.json();
    } catch {
      // Suggestions are a help, not a need.
    }
    if (number === asked && document.activeElement === field) show(words, typed);
  }

  function show(words, typed) {
    const others = words.filter((word) => word.toLowerCase() !== typed.trim().toLowerCase());
    list.replaceChildren(...others.map((word, n) => option(word, n, typed)));
    at = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = !others.length;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  // What is typed already stands plain, what would come is strong.
  function option(word, n, typed) {
    const common = word.toLowerCase().startsWith(typed.toLowerCase()) ? typed.length : 0;
    const one = make("li", { id: `${list.id}-${n}` }, word.slice(0, common), make("b", {}, word.slice(common)));
    one.dataset.word = word;
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", "false");
    return one;
  }

  function onKey(event) {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      if (at >= 0 && !list.hidden) {
        event.preventDefault();
        take(list.children[at]);
      } else close();
    }
  }

  function walk(step) {
    const count = list.children.length + 1; // one place for the field itself
    at = ((at + 1 + step + count) % count) - 1;
    [...list.children].forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[at].id);
  }

  function take(one) {
    field.value = `${one.dataset.word} `;
    close();
    field.form.requestSubmit();
    field.focus();
  }

  function close() {
    clearTimeout(timer);
    asked++;
    at = -1;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
}

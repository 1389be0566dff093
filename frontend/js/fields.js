// Fields that the browser speaks its own language in, told in the site's: the names of chosen files, a date with its weekday.
import { make } from "./page.js";

export function start() {
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (target.matches?.("input[type=file]")) name(target);
    if (target.matches?.("input[type=date]")) tell(target);
  });
  document.addEventListener("reset", (event) => setTimeout(() => look(event.target)));
  document.addEventListener("htmx:load", (event) => look(event.target));
  look(document);
}

function look(part) {
  for (const input of part.querySelectorAll("input[type=file]")) name(input);
  for (const input of part.querySelectorAll("input[type=date]")) tell(input);
}

function name(input) {
  const line = input.parentElement.querySelector("[data-file-names]");
  if (line) line.textContent = [...input.files].map((file) => file.name).join(", ") || line.dataset.fileNames;
}

function tell(input) {
  let line = input.nextElementSibling;
  if (!line?.matches(".date-words")) {
    line = make("output", { className: "date-words", htmlFor: input.id });
    input.after(line);
  }
  line.textContent = input.value && words(new Date(`${input.value}T12:00`));
  line.hidden = !input.value;
}

function words(day) {
  const form = { weekday: "long", day: "numeric", month: "long" };
  if (day.getFullYear() !== new Date().getFullYear()) form.year = "numeric";
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  return new Intl.DateTimeFormat(language, form).format(day);
}

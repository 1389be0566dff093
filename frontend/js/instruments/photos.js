// Photographs handed in as homework. Without this script the form sends the chosen files itself.
import { make } from "../page.js";
import { photoPages } from "../photos/pages.js";
import { ask, put, wordsOf } from "../photos/sending.js";

const form = document.querySelector("form[data-photos]");
if (form) start(form);

function start(form) {
  let wanted = false;
  const pages = photoPages({
    input: form.querySelector("input[type=file]"),
    list: form.querySelector("[data-photo-list]"),
    status: form.querySelector("[data-photo-status]"),
    words: wordsOf(form),
    async send(blob, onProgress) {
      const { links } = await ask(form.dataset.photos, { size: blob.size });
      await put(links[0], blob, onProgress);
      return links[0].incoming;
    },
    changed() {
      if (wanted && pages.count() && pages.areSent()) form.requestSubmit();
    },
  });

  form.addEventListener("submit", (event) => {
    if (!pages.count() || pages.areSent()) return finish();
    event.preventDefault();
    wanted = true;
    pages.send();
  });
  addEventListener("beforeunload", (event) => {
    if (pages.count() && !form.dataset.done) event.preventDefault();
  });

  function finish() {
    form.dataset.done = "";
    for (const old of form.querySelectorAll("input[name=incoming]")) old.remove();
    for (const value of pages.names()) form.append(make("input", { type: "hidden", name: "incoming", value }));
  }
}

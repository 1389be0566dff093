// Photographs as the answer to a question: the names of those that have arrived stand in a hidden field.
import { photoPages } from "../photos/pages.js";
import { sendForTask, wordsOf } from "../photos/sending.js";

export function notebook(form) {
  for (const box of form.querySelectorAll("[data-pages]")) start(box);
}

function start(box) {
  const field = box.querySelector("[data-files]");
  const where = { links: box.dataset.pages, keep: box.dataset.keep };
  const pages = photoPages({
    input: box.querySelector("input[type=file]"),
    list: box.querySelector("[data-photo-list]"),
    status: box.querySelector("[data-photo-status]"),
    words: wordsOf(box),
    send: (blob, onProgress) => sendForTask(where, blob, onProgress),
    changed() {
      const names = pages.names().filter(Boolean).join(" ");
      if (names === field.value) return;
      field.value = names;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
  // The chosen files themselves are not sent with the form: the pages above are.
  box.querySelector("input[type=file]").removeAttribute("name");
  addEventListener("beforeunload", (event) => {
    if (!pages.areSent()) event.preventDefault();
  });
}

// What the page says about itself: texts in its language and who is reading it.

/** A text of the page by name, from <template id="texts" data-NAME="…">. */
export function text(name) {
  return document.getElementById("texts")?.dataset[name] ?? "";
}

/** The account whose page this is, or "" before signing in. */
export const account = () => document.body.dataset.account ?? "";

/** Makes an element: make("p", { className: "x" }, "words", child). */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

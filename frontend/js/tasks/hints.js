// Hints: the next one opens in its place, at the price that stands on the button. The server keeps which were opened.
import { ask } from "../photos/sending.js";
import { make } from "../page.js";

export function hints(form) {
  for (const box of form.querySelectorAll("[data-hints]")) start(form, box);
}

function start(form, box) {
  const { wordsHint, wordsCosts, wordsFree, wordsLost } = box.dataset;
  const prices = box.dataset.prices.split(" ").map(share);
  const opened = box.querySelector("[data-opened]");
  const button = box.querySelector("button[name=hint]");
  const status = box.querySelector("[data-hint-status]");
  const icon = button.querySelector("svg");
  let busy = false;

  button.type = "button";
  button.addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    try {
      const { says } = await ask(button.formAction, { hint: button.value });
      const item = make("li", { className: "result-remark", tabIndex: -1 });
      item.append(icon.cloneNode(true), make("span", { textContent: says }));
      opened.append(item);
      item.focus();
      status.textContent = "";
      const next = opened.children.length;
      button.hidden = next >= prices.length;
      button.value = next + 1;
      const price = prices[next] ? wordsCosts.replace("{n}", prices[next]) : wordsFree;
      button.querySelector("span").textContent = `${wordsHint.replace("{n}", next + 1)}: ${price}`;
    } catch (why) {
      status.textContent = why.name === "Error" || why.name === "TypeError" ? wordsLost : why.message;
    }
    busy = false;
  });
}

function share(text) {
  const [top, bottom = 1] = text.split("/").map(Number);
  return Math.round((top / bottom) * 100);
}

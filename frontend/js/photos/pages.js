// Photographs of pages: taken or chosen, turned, cropped, put in order, shrunk here (which also drops what the camera hid in
// them) and sent page by page, again and again until they have arrived.
import { make } from "../page.js";
import { crop } from "./crop.js";
import { Refused } from "./sending.js";

const LONGEST = 1600;
const QUALITY = 0.85;
const MOST = 12;
const RETRY = 4000;

// send(blob, onProgress) gives the name under which a page has arrived; changed() is told when pages or their names differ.
export function photoPages({ input, list, status, words, send: sendBlob, changed }) {
  const icons = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0] ?? "";
  const pages = []; // {source, turns, item, canvas, progress, line, version, name}
  let sending = false;
  let timer = 0;

  input.addEventListener("change", async () => {
    say("");
    for (const file of input.files) {
      if (pages.length >= MOST) {
        say(words.many);
        break;
      }
      try {
        add(await createImageBitmap(file, { imageOrientation: "from-image" }));
      } catch {
        say(words.bad);
      }
    }
    input.value = ""; // the pages below are what is handed in, and the same file may be chosen again
  });
  addEventListener("online", send);
  for (const item of list.querySelectorAll("[data-kept]")) keep(item);

  function keep(item) {
    const page = { item, name: item.dataset.kept, line: make("span", { className: "text-2 text-s" }) };
    page.canvas = item.querySelector("img");
    const acts = make("div", { className: "photo-acts" }, ...ordering(page));
    item.append(page.line, acts);
    pages.push(page);
    number();
  }

  function add(source) {
    const canvas = make("canvas");
    const line = make("span", { className: "text-2 text-s" });
    const progress = make("progress", { max: 1, value: 0, hidden: true });
    const acts = make("div", { className: "photo-acts" });
    const item = make("li", { className: "page-photo", draggable: true }, canvas, line, progress, acts);
    const page = { source, turns: 0, item, canvas, progress, line, version: 0, name: "" };
    acts.append(
      button(words.left, "rotate-ccw", () => turn(page, -1)),
      button(words.right, "rotate-cw", () => turn(page, 1)),
      button(words.crop, "crop", () => cut(page, acts)),
      ...ordering(page),
    );
    item.addEventListener("dragstart", () => (item.dataset.dragged = ""));
    item.addEventListener("dragend", () => delete item.dataset.dragged);
    item.addEventListener("dragover", (event) => event.preventDefault());
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      const dragged = pages.find((one) => "dragged" in one.item.dataset);
      if (dragged && dragged !== page) move(dragged, pages.indexOf(page) - pages.indexOf(dragged));
    });
    pages.push(page);
    list.append(item);
    draw(page);
    number();
    send();
  }

  function ordering(page) {
    return [
      button(words.earlier, "arrow-left", () => move(page, -1)),
      button(words.later, "arrow-right", () => move(page, 1)),
      button(words.remove, "trash-2", () => remove(page)),
    ];
  }

  function button(label, icon, act) {
    const element = make("button", { type: "button", className: "button button-quiet button-icon", title: label });
    element.setAttribute("aria-label", label);
    element.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${icons}#${icon}"></use></svg>`;
    element.addEventListener("click", act);
    return element;
  }

  function draw(page) {
    const { source, canvas, turns } = page;
    const scale = Math.min(1, LONGEST / Math.max(source.width, source.height));
    const [width, height] = [Math.round(source.width * scale), Math.round(source.height * scale)];
    [canvas.width, canvas.height] = turns % 2 ? [height, width] : [width, height];
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.translate(canvas.width / 2, canvas.height / 2);
    pen.rotate((turns * Math.PI) / 2);
    pen.drawImage(source, -width / 2, -height / 2, width, height);
    page.version += 1;
    page.name = "";
  }

  function turn(page, by) {
    page.turns = (page.turns + by + 4) % 4;
    draw(page);
    send();
  }

  function cut(page, acts) {
    acts.hidden = true;
    page.item.draggable = false;
    crop(page.canvas, {
      names: words.edges.split(","),
      button: words.cropped,
      async done({ left, right, top, bottom }) {
        const { width, height } = page.canvas;
        const [x, y] = [(width * left) / 100, (height * top) / 100];
        const [w, h] = [width - x - (width * right) / 100, height - y - (height * bottom) / 100];
        page.source = await createImageBitmap(page.canvas, Math.round(x), Math.round(y), Math.round(w), Math.round(h));
        page.turns = 0;
        acts.hidden = false;
        page.item.draggable = true;
        acts.querySelector("button").focus();
        draw(page);
        send();
      },
    });
  }

  function move(page, by) {
    const from = pages.indexOf(page);
    const to = Math.min(pages.length - 1, Math.max(0, from + by));
    pages.splice(to, 0, ...pages.splice(from, 1));
    const focused = document.activeElement;
    list.replaceChildren(...pages.map((one) => one.item));
    if (page.item.contains(focused)) focused.focus();
    number();
    changed();
  }

  function remove(page) {
    const at = pages.indexOf(page);
    pages.splice(at, 1);
    page.item.remove();
    number();
    changed();
    (pages[Math.min(at, pages.length - 1)]?.item.querySelector("button") ?? input).focus();
  }

  function number() {
    for (const [index, page] of pages.entries()) {
      page.label = words.page.replace("{n}", index + 1);
      if (page.source) {
        page.canvas.setAttribute("role", "img");
        page.canvas.setAttribute("aria-label", page.label);
      }
      tell(page, page.state ?? "");
    }
  }

  function tell(page, state) {
    page.state = state;
    page.line.textContent = [page.label, state].filter(Boolean).join(" · ");
  }

  function say(text) {
    status.textContent = text;
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    let said = "";
    try {
      for (;;) {
        const page = pages.find((one) => !one.name);
        if (!page) break;
        try {
          await sendOne(page);
        } catch (why) {
          if (!(why instanceof Refused)) throw why;
          said = why.message;
          remove(page);
        }
      }
      say(said);
      sending = false;
      changed();
    } catch {
      for (const page of pages) if (!page.name) tell(page, words.waiting);
      say(words.lost);
      sending = false;
      timer = setTimeout(send, RETRY);
    }
  }

  async function sendOne(page) {
    const { version } = page;
    const blob = await new Promise((done) => page.canvas.toBlob(done, "image/jpeg", QUALITY));
    page.progress.hidden = false;
    const name = await sendBlob(blob, (share) => {
      page.progress.value = share;
      tell(page, words.sending.replace("{n}", Math.round(share * 100)));
    });
    page.progress.hidden = true;
    if (page.version !== version) return; // turned meanwhile: the new picture goes next
    page.name = name;
    tell(page, words.sent);
  }

  return {
    send,
    count: () => pages.length,
    names: () => pages.map((page) => page.name),
    areSent: () => pages.every((page) => page.name),
  };
}

// Photographs of an exercise book: several pages, taken or chosen, turned, put in order, shrunk here (which also drops
// what the camera hid in them) and sent straight to the storage, page by page, again and again until they have arrived.
// Without this script the form sends the chosen files itself.
import { make } from "../page.js";

const LONGEST = 1600;
const QUALITY = 0.85;
const MOST = 12;
const RETRY = 4000;

const form = document.querySelector("form[data-photos]");
if (form) start(form);

function start(form) {
  const words = Object.fromEntries(
    Object.entries(form.dataset).map(([name, value]) => [name.replace(/^words/, "").toLowerCase(), value]),
  );
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-photo-list]");
  const status = form.querySelector("[data-photo-status]");
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const icons = document.querySelector("svg.icon use")?.getAttribute("href").split("#")[0] ?? "";
  const pages = []; // {source, turns, item, canvas, progress, line, blob, version, incoming}
  let wanted = false;
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

  form.addEventListener("submit", (event) => {
    if (!pages.length || pages.every((page) => page.incoming)) return finish();
    event.preventDefault();
    wanted = true;
    send();
  });
  addEventListener("online", send);
  addEventListener("beforeunload", (event) => {
    if (pages.length && !form.dataset.done) event.preventDefault();
  });

  function finish() {
    form.dataset.done = "";
    for (const old of form.querySelectorAll("input[name=incoming]")) old.remove();
    for (const page of pages) form.append(make("input", { type: "hidden", name: "incoming", value: page.incoming }));
  }

  function add(source) {
    const canvas = make("canvas");
    const line = make("span", { className: "text-2 text-s" });
    const progress = make("progress", { max: 1, value: 0, hidden: true });
    const acts = make("div", { className: "photo-acts" });
    const item = make("li", { className: "page-photo", draggable: true }, canvas, line, progress, acts);
    const page = { source, turns: 0, item, canvas, progress, line, version: 0, incoming: "" };
    acts.append(
      button(words.left, "rotate-ccw", () => turn(page, -1)),
      button(words.right, "rotate-cw", () => turn(page, 1)),
      button(words.earlier, "arrow-left", () => move(page, -1)),
      button(words.later, "arrow-right", () => move(page, 1)),
      button(words.remove, "trash-2", () => remove(page)),
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
    page.incoming = "";
  }

  function turn(page, by) {
    page.turns = (page.turns + by + 4) % 4;
    draw(page);
    send();
  }

  function move(page, by) {
    const from = pages.indexOf(page);
    const to = Math.min(pages.length - 1, Math.max(0, from + by));
    pages.splice(to, 0, ...pages.splice(from, 1));
    const focused = document.activeElement;
    list.replaceChildren(...pages.map((one) => one.item));
    if (page.item.contains(focused)) focused.focus();
    number();
  }

  function remove(page) {
    const at = pages.indexOf(page);
    pages.splice(at, 1);
    page.item.remove();
    number();
    (pages[Math.min(at, pages.length - 1)]?.item.querySelector("button") ?? input).focus();
  }

  function number() {
    for (const [index, page] of pages.entries()) {
      page.canvas.setAttribute("role", "img");
      page.canvas.setAttribute("aria-label", words.page.replace("{n}", index + 1));
      page.label = words.page.replace("{n}", index + 1);
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
    try {
      for (;;) {
        const page = pages.find((one) => !one.incoming);
        if (!page) break;
        await sendOne(page);
      }
      say("");
      sending = false;
      if (wanted && pages.length) form.requestSubmit();
    } catch {
      for (const page of pages) if (!page.incoming) tell(page, words.waiting);
      say(words.lost);
      sending = false;
      timer = setTimeout(send, RETRY);
    }
  }

  async function sendOne(page) {
    const { version } = page;
    const blob = await new Promise((done) => page.canvas.toBlob(done, "image/jpeg", QUALITY));
    const asked = await fetch(form.dataset.photos, {
      method: "POST",
      body: new URLSearchParams({ size: blob.size }),
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
    if (!asked.ok) throw new Error(String(asked.status));
    const { links } = await asked.json();
    page.progress.hidden = false;
    await put(links[0], blob, (share) => {
      page.progress.value = share;
      tell(page, words.sending.replace("{n}", Math.round(share * 100)));
    });
    page.progress.hidden = true;
    if (page.version !== version) return; // turned meanwhile: the new picture goes next
    page.incoming = links[0].incoming;
    tell(page, words.sent);
  }

  // fetch tells nothing about the progress of what it sends.
  function put({ url, headers }, blob, onProgress) {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open("PUT", url);
      for (const [name, value] of Object.entries(headers)) {
        if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
      }
      request.timeout = 120000;
      request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
      request.onload = () => (request.status < 300 ? done() : fail(new Error(String(request.status))));
      request.onerror = request.ontimeout = () => fail(new Error("lost"));
      request.send(blob);
    });
  }
}

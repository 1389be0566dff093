// An interactive package in its frame: opened at a press, told where the person was, its reports saved. The frame is a
// stranger's: only messages of its own window and origin are read, and only as plain values.
import { account } from "../page.js";

const PATIENCE = 8000; // milliseconds for the player to say that it is there
const AGAIN = [2, 5, 15, 30, 60];

for (const box of document.querySelectorAll("[data-package]")) start(box);

function start(box) {
  const { scenes, state, revision } = JSON.parse(box.dataset.package);
  const place = box.querySelector("[data-place]");
  const said = box.querySelector("[data-said]");
  const whole = box.querySelector("[data-whole]");
  const work = keep(box, state, revision, say);
  const cover = box.querySelector("[data-cover]");
  const turns = box.querySelectorAll("[data-turn]");
  const buttons = box.querySelectorAll("[data-scene]");
  let frame = null;
  let scene = null;
  let waiting = 0;
  let begin = {};
  let isOrdered = false; // whether the package in the frame has an order of its own

  box.querySelector("[data-start]")?.addEventListener("click", () => open(work.state.at || scenes[0][0]));
  for (const button of buttons) {
    button.addEventListener("click", () => {
      if (isOrdered && frame) ask("choice", button.dataset.scene);
      else open(button.dataset.scene, "choice");
    });
  }
  for (const button of turns) button.addEventListener("click", () => ask(button.dataset.turn));
  whole.addEventListener("click", () => place.requestFullscreen());
  addEventListener("message", hear);

  /** `wish` is what led here: a press on the contents, or nothing; `isAnew` where the package begins a part once more. */
  function open(key, wish = "", isAnew = false, address = box.dataset.player) {
    scene = scenes.find(([name]) => name === key) ?? scenes[0];
    begin = { wish, isAnew };
    isOrdered = false;
    for (const button of turns) button.disabled = true; // until the next part says what it allows: a press now would be lost
    for (const button of buttons) {
      button.setAttribute("aria-current", String(button.dataset.scene === scene[0]));
    }
    frame = document.createElement("iframe");
    Object.assign(frame, { title: scene[1] || box.dataset.title, allow: "fullscreen; autoplay", src: address });
    frame.className = "package-frame";
    place.replaceChildren(frame);
    box.querySelector("[data-bar]").hidden = false;
    whole.hidden = !document.fullscreenEnabled;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const other = box.dataset.fallback;
      if (other && address !== other) open(scene[0], wish, isAnew, other);
      else say("slow");
    }, PATIENCE);
  }

  function hear({ source, origin, data }) {
    if (!frame || source !== frame.contentWindow || !data) return;
    const expected = new URL(frame.src).origin;
    if (origin !== expected && origin !== "null") return;
    if (data.package === "ready") {
      clearTimeout(waiting);
      const values = begin.isAnew ? {} : (work.state.scenes[scene[0]] ?? {});
      const { order } = work.state;
      // In an origin that is nobody's there is no name to send to; the window is the one that we have opened.
      const target = origin === "null" ? "*" : expected;
      const message = { package: "begin", scene: scene[0], address: scene[2], values, order, wish: begin.wish };
      source.postMessage(message, target);
      frame.focus();
    } else if (data.package === "state" && data.scene === scene[0]) {
      work.note(scene[0], plain(data.values), ordered(data));
      allow(data.allowed);
    } else if (data.package === "allow") {
      work.note(scene[0], null, ordered(data));
      allow(data.allowed);
    } else if (data.package === "go" && scenes.some(([key]) => key === data.scene)) {
      work.note(data.scene, null, ordered(data));
      open(data.scene, "", data.isAnew === true);
    } else if (data.package === "over") {
      work.note(scene[0], null, ordered(data));
      frame = null;
      place.replaceChildren(cover);
      allow(null);
      say("over");
    } else if (data.package === "blocked") say("blocked");
    else if (data.package === "failed") say("failed");
    else if (data.package === "height" && data.height > 0) frame.style.height = `${Math.min(data.height + 16, 20000)}px`;
  }

  function ask(request, key = "") {
    // Which of both origins the player has is not known here; there is nothing secret in a wish.
    frame?.contentWindow.postMessage({ package: "wish", request, scene: key }, "*");
  }

  /** What the order of the package lets one go to now. */
  function allow(allowed) {
    isOrdered = Boolean(allowed);
    for (const button of turns) {
      const turn = button.dataset.turn;
      button.hidden = !isOrdered || [allowed.hidden].flat().includes(turn);
      button.disabled = !isOrdered || allowed[turn] !== true;
    }
    for (const button of buttons) {
      button.disabled = isOrdered && button.dataset.scene !== scene[0] && ![allowed.choice].flat().includes(button.dataset.scene);
    }
  }

  function say(word, words = said.dataset[word] ?? "") {
    said.textContent = words;
  }
}

/** What is kept of the order of a package, beside the values of its parts. */
function ordered({ order, whole }) {
  return typeof order === "string" ? { order, whole: plain(whole) } : {};
}

function plain(values) {
  const found = Object.entries(values ?? {}).filter(([name, value]) => name.startsWith("cmi.") && typeof value === "string");
  return Object.fromEntries(found);
}

/** The work of this person: saved soon after it changes; kept in this browser while the connection is away. */
function keep(box, saved, revision, say) {
  const key = `package:${account()}:${box.dataset.name}`;
  const mine = box.dataset.save ? JSON.parse(localStorage.getItem(key) ?? "null") : null;
  // What could not be sent last time comes first, unless the person has gone on elsewhere since.
  let state = (mine?.revision === revision ? mine.state : saved) ?? { at: "", scenes: {} };
  let isNew = mine?.revision === revision;
  let isSending = false;
  let failures = 0;
  let isOver = !box.dataset.save;
  let timer = 0;

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  async function send(keepalive = false) {
    if (isOver || isSending || !isNew) return;
    isSending = true;
    isNew = false;
    const body = new URLSearchParams({ state: JSON.stringify(state), revision, csrf_token: box.dataset.csrf });
    try {
      const answer = await fetch(box.dataset.save, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
      if (answer.status === 409) {
        isOver = true;
        localStorage.removeItem(key);
        say("other", (await answer.json()).error);
      } else if (!answer.ok) throw new Error(String(answer.status));
      else arrived(await answer.json());
    } catch {
      isNew = true;
      say("lost");
      later(AGAIN[Math.min(failures++, AGAIN.length - 1)] * 1000);
    } finally {
      isSending = false;
    }
    if (isNew && !failures) later(0);
  }

  function arrived(answer) {
    failures = 0;
    revision = answer.revision;
    if (!isNew) localStorage.removeItem(key);
    say("saved");
    const place = box.querySelector("[data-result-place]");
    if (place) place.hidden = !answer.result;
    const result = box.querySelector("[data-result]");
    if (result) result.textContent = answer.result;
  }

  addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => document.hidden && send(true));
  if (isNew) later(0);
  return {
    get state() {
      return state;
    },
    note(scene, values, more = {}) {
      const before = JSON.stringify(state);
      state = { ...state, at: scene, scenes: { ...state.scenes, ...(values ? { [scene]: values } : {}) }, ...more };
      if (isOver || JSON.stringify(state) === before) return;
      isNew = true;
      localStorage.setItem(key, JSON.stringify({ revision, state }));
      later(600);
    },
  };
}

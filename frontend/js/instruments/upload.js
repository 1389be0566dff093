// Sends a file straight to the storage in parts: what has arrived is kept, so a lost connection, a storage that is away, a
// pause or a reload cost one part at most. The sum of each part is kept here; a part is left out only if its sum is still
// the same. Without JavaScript the same form carries the file itself.

const LANES = 2; // parts under way at once
const WAITS = [1, 2, 4, 8, 15, 30]; // seconds between tries, the last one for ever
const DAY = 24 * 3600 * 1000;
const MB = 1024 * 1024;

class Refusal extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}
class SignedOut extends Refusal {}
class Away extends Error {}
class Paused extends Error {}

forgetOld();
for (const form of document.querySelectorAll("form[data-upload]")) start(form);

function start(form) {
  const find = (name) => form.querySelector(`[data-upload-${name}]`);
  const [words, bar, state, error, pause] = ["words", "progress", "state", "error", "pause"].map(find);
  let sending = null; // {file, memory, requests, paused, wake}

  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    if (!file) return; // the server says that there is none
    event.preventDefault();
    if (!sending) send(file);
  });
  pause.addEventListener("click", () => {
    if (!sending) return;
    sending.paused = !sending.paused;
    pause.textContent = sending.paused ? pause.dataset.resume : pause.dataset.pause;
    if (sending.paused) {
      for (const request of sending.requests) request.abort();
      say("paused");
    }
    sending.wake?.();
  });
  addEventListener("online", () => sending?.wake?.());
  addEventListener("beforeunload", (event) => {
    if (sending) event.preventDefault();
  });

  async function send(file) {
    sending = { file, memory: recall(form, file), requests: new Set(), paused: false, gone: new Map(), arrived: 0 };
    error.hidden = true;
    state.hidden = false;
    try {
      const address = await untilDone(sending);
      sending.memory.forget();
      sending = null; // nothing to lose any more: the page may be left
      // The page may be at this very address already: the anchor alone would not bring the new list.
      location.hash = new URL(address, location.href).hash;
      location.reload();
    } catch (why) {
      if (!(why instanceof Refusal)) throw why;
      if (!(why instanceof SignedOut)) sending.memory.forget();
      sending = null;
      error.textContent = why.message;
      error.hidden = false;
      state.hidden = true;
    }
  }

  /** Tries until the file is taken or refused; the answer is where to go. */
  async function untilDone(one) {
    for (let failures = 0; ; ) {
      try {
        while (one.paused) await woken(one);
        const before = one.arrived;
        const done = await round(one);
        if (done) return done;
        failures = one.arrived > before ? 0 : failures + 1;
      } catch (why) {
        if (why instanceof Refusal) throw why;
        if (why instanceof Paused) continue;
        say(why instanceof Away ? "away" : "lost");
        await woken(one, WAITS[Math.min(failures++, WAITS.length - 1)]);
      }
    }
  }

  /** One look at what is missing, and the sending of it; the answer is the next address once nothing is. */
  async function round(one) {
    const { file, memory } = one;
    const kind = { purpose: form.elements.purpose.value, name: file.name, size: file.size };
    if (!memory.place) memory.begin(await ask(form.dataset.begin, kind));
    const { place } = memory;
    const again = await changed(one);
    const said = await ask(place.parts, { again }).catch((why) => {
      // Remembered here and forgotten there: a day has passed, or it was given up in another tab.
      if (why.status !== 404 || one.arrived) throw why;
      memory.begin(null);
    });
    if (!said) return null;
    const { arrived, missing } = said;
    one.arrived = arrived.reduce((sum, number) => sum + sizeOf(file, place, number), 0);
    tell(one);
    if (!missing.length) {
      say("looking");
      bar.removeAttribute("value");
      return (await ask(place.end, { alt: form.elements.alt.value, sum: await memory.sum() })).next;
    }
    const queue = [...missing];
    const lane = async () => {
      try {
        for (let part; (part = queue.shift()); ) await sendPart(one, part);
      } catch (why) {
        queue.length = 0; // the other lane ends its part and begins no new one
        throw why;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
    const failed = ends.find(({ status }) => status === "rejected");
    if (failed) throw failed.reason;
    return null;
  }

  async function sendPart(one, part) {
    const { file, memory } = one;
    const start = (part.number - 1) * memory.place.part;
    const blob = file.slice(start, start + part.size);
    await memory.note(part.number, await sumOf(blob));
    await put(one, part, blob);
    one.gone.delete(part.number);
    one.arrived += part.size;
    tell(one);
  }

  // XMLHttpRequest still is the only one that tells how much has gone.
  function put(one, { number, url, headers }, blob) {
    if (one.paused) throw new Paused();
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const fail = (why) => {
        one.requests.delete(request);
        one.gone.delete(number);
        reject(why);
      };
      request.open("PUT", url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.onprogress = ({ loaded }) => {
        one.gone.set(number, loaded);
        tell(one);
      };
      request.onload = () => {
        one.requests.delete(request);
        // A link that is over and a storage in trouble are both mended by asking again.
        if (request.status < 300) resolve();
        else fail(new Away(String(request.status)));
      };
      request.onerror = () => fail(navigator.onLine ? new Away("no answer") : new Error("offline"));
      request.onabort = () => fail(new Paused());
      one.requests.add(request);
      request.send(blob);
    });
  }

  async function ask(url, { again = [], ...values }) {
    const body = new URLSearchParams({ ...values, csrf_token: form.elements.csrf_token.value });
    for (const number of again) body.append("again", number);
    const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (response.redirected) throw new SignedOut(words.dataset.signedOut);
    if (response.status >= 500 || response.status === 429) throw new Away(String(response.status));
    const said = await response.json();
    if (!response.ok) throw new Refusal(said.error ?? said.advice, response.status);
    return said;
  }

  function tell(one) {
    const moving = [...one.gone.values()].reduce((sum, loaded) => sum + loaded, 0);
    const gone = Math.min(one.file.size, one.arrived + moving);
    bar.value = (gone / one.file.size) * 100;
    const [n, all] = [gone, one.file.size].map((size) => (size / MB).toFixed(1).replace(".", ","));
    if (!one.paused) say("sending", { n, all });
  }

  function say(name, values = {}) {
    words.textContent = words.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  }
}

/** Waits until somebody wakes it, or so many seconds. */
function woken(one, seconds = 0) {
  return new Promise((resolve) => {
    const timer = seconds ? setTimeout(resolve, seconds * 1000) : 0;
    one.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

const sizeOf = (file, place, number) => Math.min(place.part, file.size - (number - 1) * place.part);

/** The parts that were sent before this page was opened and are others now: the file was written to meanwhile. */
async function changed({ file, memory }) {
  const found = [];
  for (const [number, sum] of memory.unchecked()) {
    const start = (number - 1) * memory.place.part;
    if ((await sumOf(file.slice(start, start + memory.place.part))) !== sum) found.push(number);
  }
  memory.checked();
  return found;
}

/** SHA-256 in hexadecimal, or nothing where the browser can't: outside HTTPS and localhost. */
async function sumOf(blob) {
  if (!window.crypto?.subtle) return "";
  return hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
}

const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** What this browser remembers of sending this file into this draft: where it goes, and the sums of its parts. */
function recall(form, file) {
  const key = `upload:${form.dataset.upload}:${form.elements.purpose.value}:${file.name}:${file.size}:${file.lastModified}`;
  const known = JSON.parse(localStorage.getItem(key) ?? "null");
  const kept = known && Date.now() - known.since < DAY ? known : { since: Date.now(), place: null, sums: {} };
  let old = Object.entries(kept.sums).map(([number, sum]) => [Number(number), sum]);
  const keep = () => localStorage.setItem(key, JSON.stringify(kept));
  return {
    get place() {
      return kept.place;
    },
    begin(place) {
      kept.place = place;
      kept.sums = {};
      old = [];
      keep();
    },
    note(number, sum) {
      if (!sum) return;
      kept.sums[number] = sum;
      keep();
    },
    unchecked: () => old,
    checked() {
      old = [];
    },
    /** The sum of the sums, as the server makes it; nothing when one of them is not known. */
    async sum() {
      const count = Math.ceil(file.size / kept.place.part);
      const sums = Array.from({ length: count }, (_, n) => kept.sums[n + 1]);
      if (sums.some((sum) => !sum)) return "";
      const bytes = sums.flatMap((sum) => sum.match(/../g).map((pair) => parseInt(pair, 16)));
      return hex(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
    },
    forget: () => localStorage.removeItem(key),
  };
}

/** What was never finished is forgotten after a day, as the storage forgets it. */
function forgetOld() {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith("upload:"))) {
    if (Date.now() - JSON.parse(localStorage.getItem(key)).since > DAY) localStorage.removeItem(key);
  }
}

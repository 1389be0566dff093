// A spoken answer: recorded here, heard again, sent to the storage; its name stands in a hidden field. A sound file will do too.
import { Refused, sendForTask, wordsOf } from "../photos/sending.js";

const RETRY = 4000;
const LONGEST = 5 * 60;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export function voice(form) {
  for (const box of form.querySelectorAll("[data-voice]")) start(box);
}

function start(box) {
  const words = wordsOf(box);
  const field = box.querySelector("[data-files]");
  const heard = box.querySelector("[data-heard]");
  const status = box.querySelector("[data-voice-status]");
  const acts = box.querySelector("[data-voice-acts]");
  const record = box.querySelector("[data-record]");
  const file = box.querySelector("input[type=file]");
  const where = { links: box.dataset.voice, keep: box.dataset.keep };
  let recorder = null;
  let waiting = null;

  file.removeAttribute("name");
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    file.value = "";
    if (chosen) take(chosen);
  });
  if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
    acts.hidden = false;
    record.addEventListener("click", () => (recorder ? recorder.stop() : begin()));
  }
  addEventListener("beforeunload", (event) => {
    if (recorder || waiting) event.preventDefault();
  });
  addEventListener("online", () => waiting && send());

  async function begin() {
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return say(words.denied);
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const chunks = [];
    recorder = new MediaRecorder(sound, mimeType ? { mimeType, audioBitsPerSecond: 48000 } : {});
    recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
    const since = Date.now();
    const timer = setInterval(() => {
      const seconds = Math.round((Date.now() - since) / 1000);
      show(words.recording.replace("{n}", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`));
      if (seconds >= LONGEST) recorder?.stop();
    }, 500);
    recorder.addEventListener("stop", () => {
      clearInterval(timer);
      for (const track of sound.getTracks()) track.stop();
      const { mimeType: type } = recorder;
      recorder = null;
      name(words.again, false);
      take(new Blob(chunks, { type }));
    });
    recorder.start(1000);
    name(words.stop, true);
  }

  function take(blob) {
    heard.src = URL.createObjectURL(blob);
    heard.hidden = false;
    waiting = blob;
    send();
  }

  async function send() {
    const blob = waiting;
    say(words.sending);
    try {
      const id = await sendForTask(where, blob, () => {});
      if (waiting !== blob) return; // recorded anew meanwhile
      waiting = null;
      field.value = id;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      say(words.sent);
    } catch (why) {
      if (why instanceof Refused) {
        waiting = null;
        heard.hidden = true;
        return say(why.message || words.bad);
      }
      say(words.lost);
      setTimeout(() => waiting === blob && send(), RETRY);
    }
  }

  function name(text, pressed) {
    record.querySelector("span").textContent = text;
    record.setAttribute("aria-pressed", pressed);
    record.classList.toggle("is-recording", pressed);
  }
  // A running clock is not read aloud every half second.
  function show(text) {
    status.removeAttribute("role");
    status.textContent = text;
  }
  function say(text) {
    status.setAttribute("role", "status");
    status.textContent = text;
  }
}

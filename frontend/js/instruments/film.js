// A film: pieces in the quality that the line carries, the place where one stopped, the speed one likes, and which parts
// were watched. The player of pieces is loaded at the first press on play; a browser that plays HLS itself needs none.
// Without JavaScript the same element plays the one file that any browser can.

const SPEED = "film-speed";
const TELL_EVERY = 15; // seconds between two notes of what was watched
const NEAR_THE_END = 5; // seconds: who stopped here has seen it all
const WAITS = [2, 4, 8, 15, 30];

for (const box of document.querySelectorAll(".film-box")) {
  watchForFailure(box);
  if (box.dataset.film) start(box);
}

function start(box) {
  const video = box.querySelector("video");
  const length = Number(box.dataset.seconds);
  // A second that a search has found comes before the one where this person stopped.
  const found = Number(box.dataset.start ?? 0);
  let from = found || Number(box.dataset.stopped);
  if (from > length - NEAR_THE_END && !found) from = 0;
  let hls = null;

  video.addEventListener("play", begin, { once: true });
  keepSpeed(box, video);
  if (box.dataset.watched) keepWatched(box, video, length);
  if (from > NEAR_THE_END) {
    box.querySelector("[data-film-from]").textContent = clock(from);
    box.querySelector("[data-film-went-on]").hidden = false;
    box.querySelector("[data-film-again]").addEventListener("click", () => {
      from = 0;
      video.currentTime = 0;
      video.play();
    });
  } else from = found;

  async function begin() {
    if (video.dataset.pieces) return;
    video.dataset.pieces = "asked";
    const playsItself = video.canPlayType("application/vnd.apple.mpegurl");
    // Safari's own player saves its battery and goes to a television; elsewhere ours is the better tried one.
    if (playsItself && navigator.vendor.startsWith("Apple")) return native();
    const { default: Hls } = await import(box.dataset.player);
    if (Hls.isSupported()) return byPieces(Hls);
    if (playsItself) return native();
    video.dataset.pieces = "none";
    goOn();
  }

  function native() {
    video.dataset.pieces = "native";
    video.src = box.dataset.film;
    goOn();
    video.play();
  }

  function byPieces(Hls) {
    let failures = 0;
    hls = new Hls({ startPosition: from || -1, capLevelToPlayerSize: true, maxBufferLength: 30, maxMaxBufferLength: 60 });
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      video.dataset.pieces = "hls";
      chooseQuality(box, hls);
      video.play().catch(() => {}); // a browser that wants another press gets it
    });
    hls.on(Hls.Events.FRAG_BUFFERED, () => {
      failures = 0;
      away(box, false);
    });
    hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
      if (type === Hls.ErrorTypes.NETWORK_ERROR) away(box, true); // said at once; it tries by itself for a while
      if (!fatal) return;
      if (type === Hls.ErrorTypes.MEDIA_ERROR) return hls.recoverMediaError();
      // The storage is away or the addresses are over: ask for new ones and go on at the same place.
      setTimeout(() => {
        hls.config.startPosition = video.currentTime || from || -1;
        hls.loadSource(box.dataset.film);
      }, WAITS[Math.min(failures++, WAITS.length - 1)] * 1000);
    });
    hls.loadSource(box.dataset.film);
    hls.attachMedia(video);
  }

  function goOn() {
    if (!from) return;
    const jump = () => (video.currentTime = from);
    if (video.readyState) jump();
    else video.addEventListener("loadedmetadata", jump, { once: true });
  }
}

function chooseQuality(box, hls) {
  const place = box.querySelector("[data-film-quality-place]");
  if (!place) return;
  place.hidden = false;
  place.querySelector("select").addEventListener("change", ({ target }) => {
    hls.nextLevel = target.value ? hls.levels.findIndex(({ height }) => height === Number(target.value)) : -1;
  });
}

function keepSpeed(box, video) {
  const choice = box.querySelector("[data-film-speed]");
  const set = (speed) => {
    video.defaultPlaybackRate = video.playbackRate = speed;
    choice.value = String(speed);
  };
  set(Number(localStorage.getItem(SPEED)) || 1);
  choice.addEventListener("change", () => {
    localStorage.setItem(SPEED, choice.value);
    set(Number(choice.value));
  });
  // The browser's own menu has a speed too.
  video.addEventListener("ratechange", () => (choice.value = String(video.playbackRate)));
}

/** Collects the stretches that were played and tells the server now and then, and when the page goes away. */
function keepWatched(box, video, length) {
  let stretches = [];
  let since = null; // the second at which the present stretch began
  let last = 0;
  let toldAt = 0;

  const close = () => {
    if (since !== null && last > since) add(Math.floor(since), Math.min(length, Math.ceil(last)));
    since = null;
  };
  const add = (first, end) => {
    stretches.push([first, end]);
    const shown = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: first, y: 0, width: end - first, height: 1 })) {
      shown.setAttribute(name, value);
    }
    box.querySelector("[data-film-seen]").append(shown);
  };
  const tell = () => {
    const playing = since !== null;
    close();
    if (playing) since = last;
    if (!stretches.length) return;
    const parts = stretches.map((stretch) => stretch.join("-")).join(",");
    const body = new URLSearchParams({ seconds: Math.floor(last), parts, csrf_token: box.dataset.csrf });
    const sent = stretches;
    stretches = [];
    toldAt = performance.now();
    // What did not arrive is told with the next one.
    fetch(box.dataset.watched, { method: "POST", body, keepalive: true }).catch(() => stretches.unshift(...sent));
  };

  video.addEventListener("timeupdate", () => {
    const now = video.currentTime;
    if (video.seeking || video.paused) return;
    // A leap is no watching: at double speed a step is well below two seconds.
    if (since === null || Math.abs(now - last) > 2) {
      close();
      since = now;
    }
    last = now;
    if (performance.now() - toldAt > TELL_EVERY * 1000) tell();
  });
  video.addEventListener("seeking", close);
  for (const end of ["pause", "ended"]) video.addEventListener(end, tell);
  addEventListener("pagehide", tell);
}

/** Says so when the plain file can't be loaded, and tries again. */
function watchForFailure(box) {
  const video = box.querySelector("video");
  const source = video.querySelector("source");
  let failures = 0;
  source?.addEventListener("error", () => {
    if (["asked", "hls", "native"].includes(video.dataset.pieces)) return;
    away(box, true);
    setTimeout(() => video.load(), WAITS[Math.min(failures++, WAITS.length - 1)] * 1000);
  });
  video.addEventListener("loadeddata", () => away(box, false));
}

function away(box, isAway) {
  box.querySelector("[data-film-away]").hidden = !isAway;
}

function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

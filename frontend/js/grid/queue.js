// What has been typed and not yet answered by the server. It outlives a reload, a lost connection and a killed server:
// every change lies on this device under its own id until the server says that this very id is saved.
const MOST = 100;
const PATIENCE = [1000, 2000, 4000, 8000, 15000, 30000];

export class Queue {
  /** `heard(item, answer)` is told of every answer, `changed()` of every change of what waits. */
  constructor(account, { heard, changed, trouble }) {
    Object.assign(this, { prefix: `marks:${account}:`, heard, changed, trouble });
    this.flying = new Set();
    this.here = new Map(); // where the browser keeps nothing for us
    this.failures = 0;
    this.last = 0;
    addEventListener("online", () => this.flush());
    addEventListener("beforeunload", (event) => this.here.size && event.preventDefault());
  }

  items() {
    const found = [...this.here.values()];
    for (const key of keys()) {
      if (!key.startsWith(this.prefix)) continue;
      try {
        found.push(JSON.parse(localStorage.getItem(key)));
      } catch {
        localStorage.removeItem(key);
      }
    }
    return found.filter(Boolean).sort((a, b) => a.at - b.at);
  }

  of = (same) => this.items().filter((one) => one.pupil === same.pupil && one.column === same.column && one.kind === same.kind && (one.place ?? 0) === (same.place ?? 0));

  put(item) {
    this.last = Math.max(this.last + 0.001, Date.now());
    const kept = { id: newId(), at: this.last, ...item };
    try {
      localStorage.setItem(this.prefix + kept.id, JSON.stringify(kept));
    } catch {
      this.here.set(kept.id, kept);
    }
    this.changed();
    queueMicrotask(() => this.flush());
    return kept;
  }

  drop(id) {
    this.here.delete(id);
    localStorage.removeItem(this.prefix + id);
    this.changed();
  }

  /** Sends what waits; resolves when nothing waits or the server does not answer. */
  async flush() {
    this.again = true;
    this.sending ??= alone(this.prefix, () => this.send()).finally(() => {
      this.sending = null;
      this.changed();
    });
    return this.sending;
  }

  async send() {
    while (this.again) {
      this.again = false;
      for (let piece = this.piece(); piece.length; piece = this.piece()) {
        if (!(await this.deliver(piece))) return;
      }
    }
  }

  /** The next items for one address; of each cell only the first, since the next builds on its answer. */
  piece() {
    const all = this.items();
    const cells = new Set();
    return all
      .filter((one) => one.url === all[0].url)
      .filter(({ kind, column, lesson, pupil }) => {
        const cell = `${kind}${kind === "mark" ? column : lesson}${pupil}`;
        return !cells.has(cell) && cells.add(cell);
      })
      .slice(0, MOST);
  }

  async deliver(piece) {
    clearTimeout(this.timer);
    for (const { id } of piece) this.flying.add(id);
    this.changed();
    try {
      const response = await post(piece[0].url, {
        marks: piece.filter(({ kind }) => kind === "mark").map(({ at, kind, url, was, ...mark }) => mark),
        presence: piece.filter(({ kind }) => kind === "letter").map(({ id, lesson, pupil, letter }) => ({ id, lesson, pupil, letter })),
      });
      if (response.status === 401) return this.trouble("Out");
      if (response.status >= 500 || response.status === 429 || response.status === 400) return this.later();
      const body = await response.json();
      this.failures = 0;
      this.trouble("");
      this.take(piece, body);
      return true;
    } catch {
      return this.later();
    } finally {
      for (const { id } of piece) this.flying.delete(id);
    }
  }

  take(piece, { marks = [], presence = [], advice }) {
    const answers = new Map([...marks, ...presence].map((one) => [one.id, one]));
    for (const item of piece) {
      this.drop(item.id);
      this.heard(item, answers.get(item.id) ?? { id: item.id, status: "refused", why: advice });
    }
  }

  later() {
    this.trouble("Lost");
    this.timer = setTimeout(() => this.flush(), PATIENCE[Math.min(this.failures++, PATIENCE.length - 1)]);
    return false;
  }
}

export function post(url, body) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal: AbortSignal.timeout?.(20000) });
}

// crypto.randomUUID is for secure addresses only; a school's own server may be reached by plain http.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// Two tabs send in turn where the browser can keep turns; where it can't, the server knows every id anyway.
const alone = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());

function keys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

// What the server has just said it saved. A page that is being reloaded may have been read before a mark arrived whose answer
// the old page still heard: nothing waits any more, and the new page would show the cell as it was.
const KEPT = 60_000; // milliseconds
const MOST = 100;

export class Told {
  constructor(account) {
    this.name = `marks-told:${account}`;
  }

  /** The news of the last minute in this tab, the oldest first. */
  all() {
    try {
      return (JSON.parse(sessionStorage.getItem(this.name)) ?? []).filter(({ at }) => Date.now() - at < KEPT);
    } catch {
      return [];
    }
  }

  keep(news) {
    try {
      sessionStorage.setItem(this.name, JSON.stringify([...this.all(), { ...news, at: Date.now() }].slice(-MOST)));
    } catch {
      // A browser that keeps nothing shows it after the next reload.
    }
  }
}

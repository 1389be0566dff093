// The order of a SCORM 2004 package in one sitting of one of its pages: entered, asked, kept and restored. scorm-again carries
// out the rules (SCORM 2004 4th ed., SN); here is what a place that shows one page after another has to do around them.

export class Order {
  delivered = "";
  isOver = false;
  isWhole = false;
  #allowed = { continue: false, previous: false, choice: {}, hidden: [] };
  #fresh;

  /** `make` builds an interface with more settings of its sequencing; `kept` is what `told` gave before. */
  constructor(make, kept) {
    this.api = make({
      eventListeners: {
        onActivityDelivery: ({ id }) => (this.delivered = id),
        onSequencingSessionEnd: ({ reason }) => {
          this.isOver = true;
          this.isWhole ||= reason === "end_of_content";
        },
        onNavigationValidityUpdate: ({ continue: on, previous, choice, hideLmsUi }) => {
          const choices = Object.entries(choice).filter(([, may]) => may === "true");
          this.#allowed = { continue: on, previous, choice: choices.map(([name]) => name), hidden: hideLmsUi };
        },
      },
    });
    this.#fresh = stateOf(this.api);
    const state = read(kept);
    if (!state) return;
    this.isWhole = state.isWhole;
    this.api.deserializeSequencingState(JSON.stringify(patched(this.#fresh, state.changed)));
    this.#look();
  }

  get #now() {
    return this.api.getSequencingState().currentActivity;
  }

  /** Where the person is to be, who asks for `scene`: that scene, another one, or the same without an order when nothing fits. */
  enter(scene, wish) {
    if (this.#now?.id === scene && this.#now.isActive) return scene;
    // First times begin where the package begins; a chosen part is gone to where the rules let one choose; a part that one was
    // in is open again whatever the rules say of choosing.
    const begin = ["resumeAll", "start"];
    const chosen = ["choice", "jump"];
    const ways = this.#now ? chosen : wish ? [...chosen.slice(0, 1), ...begin, "jump"] : [...begin, ...chosen];
    for (const request of ways) {
      this.forget();
      this.api.processNavigationRequest(request, chosen.includes(request) ? scene : undefined);
      if (this.delivered) break;
    }
    const goes = this.delivered || scene;
    this.forget();
    return goes;
  }

  forget() {
    this.delivered = "";
    this.isOver = false;
  }

  /** What the person asks for while a page is open: it ends first, and is taken away by `close`. */
  wish(request, scene, close) {
    const { api } = this;
    this.forget();
    if (request === "choice" && !this.#allowed.choice.includes(scene)) return;
    if (request !== "choice" && !this.#allowed[request]) return;
    if (api.isInitialized()) {
      const asked = request === "choice" ? `{target=${scene}}choice` : request;
      api.SetValue("adl.nav.request", asked);
      close(); // many pages end themselves when they are taken away
      if (api.isInitialized()) api.lmsFinish("");
    } else {
      close();
      api.processNavigationRequest(request, request === "choice" ? scene : undefined);
    }
  }

  /** For the page of the site: what may be gone to, what comes of the whole, and all that has to be kept. */
  told() {
    this.#look();
    const state = { changed: changes(this.#fresh, stateOf(this.api)), isWhole: this.isWhole };
    return { order: JSON.stringify(state), allowed: this.#allowed, whole: this.#whole() };
  }

  #look() {
    this.api.getSequencingService()?.getOverallSequencingProcess()?.updateNavigationValidity();
  }

  #whole() {
    const root = this.api.getSequencingState().rootActivity;
    if (!root) return {};
    const found = {};
    if (root.completionStatus === "completed" || this.isWhole) found["cmi.completion_status"] = "completed";
    if (["passed", "failed"].includes(root.successStatus)) found["cmi.success_status"] = root.successStatus;
    if (root.objectiveMeasureStatus) found["cmi.score.scaled"] = String(root.objectiveNormalizedMeasure);
    return found;
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // nothing is kept yet
  }
}

const stateOf = (api) => JSON.parse(api.serializeSequencingState());
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What of `now` is otherwise than at the beginning: a package of a hundred pages is mostly as it was. */
function changes(before, now) {
  const found = {};
  for (const [name, value] of Object.entries(now)) {
    if (name === "timestamp" || name === "adlNavState") continue;
    if (isObject(value) && isObject(before?.[name])) {
      const inner = changes(before[name], value);
      if (Object.keys(inner).length) found[name] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(before?.[name])) found[name] = value;
  }
  return found;
}

function patched(before, changed) {
  const made = { ...before };
  for (const [name, value] of Object.entries(changed ?? {})) {
    made[name] = isObject(value) && isObject(made[name]) ? patched(made[name], value) : value;
  }
  return made;
}

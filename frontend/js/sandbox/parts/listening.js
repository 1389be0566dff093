// Lets the requests of a page for its record store be answered by the store beside it, and all others go their way.

/** `store` has an `address` that its resources begin with, and `answer(method, url, text)` -> { status, text, type }. */
export function listen(view, store) {
  if (view.isListenedTo) return;
  view.isListenedTo = true;
  const isMine = (url) => new URL(url, view.document.baseURI).href.startsWith(store.address);
  const full = (url) => new URL(url, view.document.baseURI);

  const fetchElsewhere = view.fetch.bind(view);
  view.fetch = async (asked, options = {}) => {
    const url = asked instanceof view.Request ? asked.url : String(asked);
    if (!isMine(url)) return fetchElsewhere(asked, options);
    const isRequest = asked instanceof view.Request;
    const text = isRequest && options.body === undefined ? await asked.text() : await textOf(options.body);
    const { status, text: body, type } = store.answer(options.method ?? (isRequest ? asked.method : "GET"), full(url), text);
    return new view.Response(status === 204 ? null : body, { status, headers: { "Content-Type": type } });
  };

  view.XMLHttpRequest = class extends view.XMLHttpRequest {
    #mine = null;

    open(method, url, isAsync = true, ...rest) {
      this.#mine = isMine(url) ? { method, url: full(url), isAsync } : null;
      if (!this.#mine) super.open(method, url, isAsync, ...rest);
      else this.#become(1, { status: 0, text: "" });
    }

    setRequestHeader(name, value) {
      if (!this.#mine) super.setRequestHeader(name, value);
    }

    getResponseHeader(name) {
      if (!this.#mine) return super.getResponseHeader(name);
      return name.toLowerCase() === "content-type" ? this.#mine.type : null;
    }

    getAllResponseHeaders() {
      return this.#mine ? `content-type: ${this.#mine.type}\r\n` : super.getAllResponseHeaders();
    }

    send(body = null) {
      if (!this.#mine) return super.send(body);
      const { method, url, isAsync } = this.#mine;
      const answer = store.answer(method, url, typeof body === "string" ? body : "");
      this.#mine.type = answer.type;
      const tell = () => {
        this.#become(4, answer);
        for (const name of ["readystatechange", "load", "loadend"]) this.dispatchEvent(new view.ProgressEvent(name));
      };
      if (isAsync) setTimeout(tell);
      else tell();
    }

    #become(readyState, { status, text }) {
      const response = this.responseType === "json" ? JSON.parse(text || "null") : text;
      const now = { readyState, status, statusText: "", responseText: text, response, responseURL: this.#mine.url.href };
      for (const [name, value] of Object.entries(now)) Object.defineProperty(this, name, { value, configurable: true });
    }
  };
}

async function textOf(body) {
  return typeof body === "string" ? body : body ? new Response(body).text() : "";
}

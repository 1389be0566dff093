// Opens a page of the package beside what it asks for.
import { isSeen } from "./bridge.js";

/** In a frame, where packages look up to their parent; or, where frames can't see each other, in this very page. */
export async function open(address) {
  if (isSeen) {
    const frame = Object.assign(document.createElement("iframe"), { src: address, title: document.body.dataset.title });
    frame.allow = "fullscreen; autoplay";
    document.body.replaceChildren(frame);
    frame.addEventListener("load", () => frame.contentWindow?.focus(), { once: true });
    return;
  }
  const html = await (await fetch(address)).text();
  history.replaceState(null, "", address); // pages that read their own address find in it what they expect
  const base = Object.assign(document.createElement("base"), { href: address }).outerHTML;
  const head = /<head[^>]*>/i.exec(html);
  const at = head ? head.index + head[0].length : 0;
  document.open();
  document.write(html.slice(0, at) + base + html.slice(at));
  document.close();
}

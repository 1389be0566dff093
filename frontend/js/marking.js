// Marks in a textbook: the words that a reader chooses go to the form at the foot of the window, and what was marked is painted again.
// Painted without touching the text: a highlight is a range of the page, so nothing moves and copying copies what stands there.
import "../css/marking.css";

const text = document.querySelector("article > .prose");
const marker = document.getElementById("marker");
const LONGEST = 600;

const plain = (words) => words.replace(/\s+/g, " ");

// All letters of the text as one line, and where each of them stands.
function letters() {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const at = [];
  let line = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let n = 0; n < node.data.length; n += 1) {
      const letter = /\s/.test(node.data[n]) ? " " : node.data[n];
      if (letter === " " && line.endsWith(" ")) continue;
      line += letter;
      at.push([node, n]);
    }
  }
  return [line, at];
}

function found(line, at, quote, place) {
  const heading = place && document.getElementById(place);
  const first = heading
    ? at.findIndex(([node]) => heading.contains(node) || heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)
    : 0;
  let start = line.indexOf(quote, Math.max(0, first));
  if (start < 0) start = line.indexOf(quote);
  if (start < 0) return null;
  const range = new Range();
  range.setStart(...at[start]);
  const [node, n] = at[start + quote.length - 1];
  range.setEnd(node, n + 1);
  return range;
}

function paint() {
  if (!text || !window.CSS?.highlights) return;
  const [line, at] = letters();
  const ranges = [...document.querySelectorAll("[data-marks] [data-quote]")]
    .filter((one) => one.dataset.quote)
    .map((one) => found(line, at, plain(one.dataset.quote), one.dataset.place))
    .filter(Boolean);
  CSS.highlights.set("marked", new Highlight(...ranges));
}

// The last anchor before the chosen words.
function placeOf(node) {
  let last = "";
  for (const one of text.querySelectorAll("[id^='part-'], [id^='page-']")) {
    if (!(one.compareDocumentPosition(node) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY))) break;
    last = one.id;
  }
  return last;
}

function offer() {
  const chosen = document.getSelection();
  const quote = chosen.rangeCount ? plain(chosen.toString()).trim() : "";
  const range = chosen.rangeCount && chosen.getRangeAt(0);
  if (!quote || quote.length > LONGEST || !text.contains(range.commonAncestorContainer)) return;
  marker.elements.quote.value = quote;
  marker.elements.place.value = placeOf(range.startContainer);
  marker.hidden = false;
}

if (text && marker) {
  paint();
  document.addEventListener("pointerup", () => setTimeout(offer));
  document.addEventListener("keyup", (event) => event.shiftKey && offer());
  marker.querySelector("[data-close]").addEventListener("click", () => (marker.hidden = true));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") marker.hidden = true;
  });
}

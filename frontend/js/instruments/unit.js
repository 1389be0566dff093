// The page of a unit: brings the style of units, and says kindly that pictures can't be loaded, trying again until they are.
import "../../css/unit.css";
import "../../css/kinds.css";
import { draw } from "../tasks/draw.js";
import "../marking.js";
import "../report.js";

const AGAIN = 15000;
const note = document.querySelector("[data-pictures-away]");
const missing = new Set();

for (const picture of note ? document.querySelectorAll("article img") : []) {
  const lost = () => {
    missing.add(picture);
    note.hidden = false;
    setTimeout(() => (picture.src = picture.src), AGAIN);
  };
  picture.addEventListener("error", lost);
  picture.addEventListener("load", () => {
    missing.delete(picture);
    note.hidden = !missing.size;
  });
  if (picture.complete && !picture.naturalWidth && picture.getAttribute("src")) lost();
}

for (const box of document.querySelectorAll("[data-draw]")) draw(box);

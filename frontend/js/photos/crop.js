// Cutting a page to a part of it: four edges, each dragged by a finger or moved by the arrow keys.
import { make } from "../page.js";

const STEP = 2;
const LEAST = 15;
const SIDES = ["left", "right", "top", "bottom"];

// {left, right, top, bottom} in per cent from each side; done is called with them when the part is chosen.
export function crop(canvas, { names, button, done }) {
  const edges = { left: 0, right: 0, top: 0, bottom: 0 };
  const frame = make("div", { className: "crop" });
  const part = make("div", { className: "crop-part" });
  canvas.before(frame);
  frame.append(canvas, part);
  const handles = SIDES.map((side, at) => handle(side, names[at]));
  part.append(...handles);
  const ready = make("button", { type: "button", className: "button button-primary", textContent: button });
  ready.addEventListener("click", () => {
    frame.replaceWith(canvas);
    ready.remove();
    done(edges);
  });
  frame.after(ready);
  show();
  handles[0].focus();

  function handle(side, name) {
    const made = make("button", { type: "button", className: `crop-edge crop-${side}` });
    made.setAttribute("role", "slider");
    made.setAttribute("aria-label", name);
    made.setAttribute("aria-valuemin", "0");
    const across = side === "left" || side === "right";
    made.setAttribute("aria-orientation", across ? "horizontal" : "vertical");
    const sign = side === "left" || side === "top" ? 1 : -1;
    made.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      move(side, edges[side] + by * sign * STEP);
    });
    made.addEventListener("pointerdown", (down) => {
      down.preventDefault();
      made.setPointerCapture(down.pointerId);
      const box = frame.getBoundingClientRect();
      const follow = (event) => {
        const share = across ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
        move(side, (sign > 0 ? share : 1 - share) * 100);
      };
      made.addEventListener("pointermove", follow);
      for (const end of ["pointerup", "pointercancel"]) {
        made.addEventListener(end, () => made.removeEventListener("pointermove", follow), { once: true });
      }
    });
    return made;
  }

  function move(side, to) {
    const other = { left: "right", right: "left", top: "bottom", bottom: "top" }[side];
    edges[side] = Math.round(Math.min(100 - LEAST - edges[other], Math.max(0, to)));
    show();
  }

  function show() {
    part.style.inset = `${edges.top}% ${edges.right}% ${edges.bottom}% ${edges.left}%`;
    handles.forEach((one, at) => {
      one.setAttribute("aria-valuenow", edges[SIDES[at]]);
      one.setAttribute("aria-valuemax", "85");
    });
  }
}

// A drawing kept as strokes: «k 100 100 400 300;b …», the letter of a colour and points on a sheet of 1000 by 750.
const SVG = "http://www.w3.org/2000/svg";
const [ACROSS, DOWN] = [1000, 750];
const NEAR = 4;
const MOST_POINTS = 2000;
const MOST_STROKES = 500;
const MOST_LETTERS = 60000;

export function drawing(form) {
  for (const box of form.querySelectorAll("[data-drawing]")) start(box);
}

function start(box) {
  const svg = box.querySelector("svg.drawing");
  const field = box.querySelector("[data-strokes]");
  const pens = box.querySelector(".pens");
  const undone = [];
  let colour = "k";

  const strokes = () => field.value.split(";").filter(Boolean);
  pens.hidden = false;
  svg.classList.add("is-live");
  svg.replaceChildren();
  for (const stroke of strokes()) line(stroke);

  for (const pen of box.querySelectorAll("[data-pen]")) {
    pen.addEventListener("click", () => {
      colour = pen.dataset.pen;
      for (const one of box.querySelectorAll("[data-pen]")) one.setAttribute("aria-pressed", one === pen);
    });
  }
  box.querySelector("[data-undo]").addEventListener("click", () => {
    const all = strokes();
    if (!all.length) return;
    undone.push(all.pop());
    write(all);
  });
  box.querySelector("[data-redo]").addEventListener("click", () => undone.length && write([...strokes(), undone.pop()]));
  box.querySelector("[data-clear]").addEventListener("click", () => {
    undone.length = 0;
    write([]);
  });

  svg.addEventListener("pointerdown", (down) => {
    if (down.button) return;
    down.preventDefault();
    svg.setPointerCapture(down.pointerId);
    const points = [at(down)];
    const made = line(`${colour} ${points[0].join(" ")}`);
    const move = (event) => {
      const point = at(event);
      const [x, y] = points.at(-1);
      if (points.length >= MOST_POINTS || Math.hypot(point[0] - x, point[1] - y) < NEAR) return;
      points.push(point);
      made.setAttribute("points", points.join(" "));
    };
    const end = () => {
      svg.removeEventListener("pointermove", move);
      svg.removeEventListener("pointerup", end);
      svg.removeEventListener("pointercancel", end);
      undone.length = 0;
      const all = [...strokes(), `${colour} ${points.flat().join(" ")}`];
      // What would not fit into the answer is not kept on the sheet either.
      write(all.length > MOST_STROKES || all.join(";").length > MOST_LETTERS ? strokes() : all);
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
  });

  function at({ clientX, clientY }) {
    const { left, top, width, height } = svg.getBoundingClientRect();
    const fit = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [fit(((clientX - left) / width) * ACROSS, ACROSS), fit(((clientY - top) / height) * DOWN, DOWN)];
  }

  function line(stroke) {
    const [letter, ...numbers] = stroke.split(" ");
    const made = document.createElementNS(SVG, "polyline");
    made.setAttribute("class", `pen-${letter}`);
    made.setAttribute("points", (numbers.length === 2 ? [...numbers, ...numbers] : numbers).join(" "));
    svg.append(made);
    return made;
  }

  function write(all) {
    field.value = all.join(";");
    svg.replaceChildren();
    for (const stroke of all) line(stroke);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// A coordinate plane: a tap sets the point whose turn it is, by writing its coordinates into the two fields, which hold
// the answer; what stands in the fields is drawn.
const UNIT = 20;
const SVG = "http://www.w3.org/2000/svg";

export function plane(form) {
  for (const field of form.querySelectorAll("[data-plane]")) draw(field);
}

function draw(field) {
  const svg = field.querySelector("svg");
  const drawn = svg.querySelector("[data-drawn]");
  const points = [...field.querySelectorAll("[data-point]")];
  let turn = null;

  const coordinates = (point) => {
    const [x, y] = [...point.querySelectorAll("input")].map(({ value }) => read(value));
    return x === null || y === null ? null : [x * UNIT, -y * UNIT];
  };

  function show() {
    drawn.replaceChildren();
    const set = points.map(coordinates);
    const known = set.filter(Boolean);
    if (field.dataset.plane === "graph") known.sort(([one], [other]) => one - other);
    if (field.dataset.plane === "line" && known.length > 1) through(known[0], known[1]);
    else if (field.dataset.plane !== "points" && known.length > 1) {
      const name = field.dataset.plane === "polygon" ? "polygon" : "polyline";
      add(name, { points: known.map((one) => one.join(",")).join(" "), class: "plane-drawn" });
    }
    set.forEach((one, at) => {
      if (!one) return;
      add("circle", { cx: one[0], cy: one[1], r: 4.5, class: "plane-dot" });
      add("text", { x: one[0] + 6, y: one[1] - 6, class: "plane-name" }).textContent = points[at].dataset.point;
    });
  }

  function through([x1, y1], [x2, y2]) {
    const far = 100 / Math.max(Math.hypot(x2 - x1, y2 - y1), 1) + 40;
    const [dx, dy] = [(x2 - x1) * far, (y2 - y1) * far];
    add("line", { x1: x1 - dx, y1: y1 - dy, x2: x1 + dx, y2: y1 + dy, class: "plane-drawn" });
  }

  function add(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    drawn.append(made);
    return made;
  }

  // What the eye sees after a point is set: the points, and where a graph rises and falls between them.
  const told = field.querySelector("[data-plane-said]");
  function tell() {
    const name = (point) => [...point.querySelectorAll("input")].map(({ value }) => value.trim());
    let known = points.filter(coordinates);
    if (field.dataset.plane !== "graph") {
      const words = known.map((one) => `${one.dataset.point} (${name(one).join("; ")})`).join(", ");
      if (told.textContent !== words) told.textContent = words;
      return;
    }
    known = known.sort((one, other) => coordinates(one)[0] - coordinates(other)[0]);
    let words = "";
    known.forEach((one, at) => {
      const before = at ? coordinates(known[at - 1])[1] - coordinates(one)[1] : null;
      if (before !== null) words += ` ${field.dataset[before > 0 ? "wordsUp" : before < 0 ? "wordsDown" : "wordsLevel"]} `;
      words += `(${name(one).join("; ")})`;
    });
    if (told.textContent !== words) told.textContent = words;
  }

  svg.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const point = turn ?? points.find((one) => !coordinates(one)) ?? points.at(-1);
    turn = null;
    const [x, y] = point.querySelectorAll("input");
    x.value = String(Math.round(at.x / UNIT)).replace("-", "−").replace(/^−0$/, "0");
    y.value = String(Math.round(-at.y / UNIT)).replace("-", "−").replace(/^−0$/, "0");
    x.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  });
  // A tap on the name of a point, or into its fields, says that it is the next to be set.
  for (const point of points) point.addEventListener("pointerdown", () => (turn = point));
  const acts = field.querySelector("[data-plane-acts]");
  if (acts) {
    acts.hidden = false;
    acts.querySelector("[data-plane-undo]").addEventListener("click", () => {
      const point = points.findLast((one) => coordinates(one));
      if (!point) return;
      const [x, y] = point.querySelectorAll("input");
      x.value = y.value = "";
      x.dispatchEvent(new Event("change", { bubbles: true }));
      show();
    });
  }
  field.addEventListener("input", show);
  if (told) field.addEventListener("change", tell);
  svg.classList.add("is-live");
  show();
}

function read(text) {
  const value = Number(text.trim().replace(",", ".").replace("−", "-"));
  return text.trim() && Number.isFinite(value) ? value : null;
}

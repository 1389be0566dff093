// The form of a question about a picture: a tap on the picture adds a circle there to the list of places.
export function draw(box) {
  const field = document.getElementById(box.dataset.draw);
  const picture = box.querySelector("img");
  box.querySelector("[data-draw-how]").hidden = false;
  const svg = box.querySelector("svg:last-of-type");
  box.querySelector(".places-on").addEventListener("click", (event) => {
    const { left, top, width, height } = picture.getBoundingClientRect();
    const x = Math.round(((event.clientX - left) / width) * 1000) / 10;
    const y = Math.round(((event.clientY - top) / height) * 1000) / 10;
    const line = box.dataset.line.replace("{x}", x).replace("{y}", y);
    field.value = [field.value.trimEnd(), line].filter(Boolean).join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [name, value] of [["cx", x], ["cy", y], ["r", 6]]) circle.setAttribute(name, `${value}%`);
    svg.append(circle);
  });
}

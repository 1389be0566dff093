// Saves a part of the page as a picture: <button data-picture="ID" data-name="Name of the file" hidden>. It is drawn anew from
// what stands on the page (boxes, words, canvases, drawings), larger, in the reader's own colours, under its name.
const LARGER = 2;
const MOST_PIXELS = 40e6; // browsers refuse canvases that are much larger
const EDGE = 24;
const HEAD = 56;

for (const button of document.querySelectorAll("[data-picture]")) {
  const part = document.getElementById(button.dataset.picture);
  if (!part) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      save(await pictureOf(part, button.dataset.name), button.dataset.name);
    } finally {
      button.disabled = false;
    }
  });
}

async function save(canvas, name) {
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name.replace(/[\\/:*?"<>|]+/g, " ")}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function pictureOf(part, name) {
  const back = unscroll(part);
  const box = part.getBoundingClientRect();
  const right = Math.max(...[part, ...part.querySelectorAll("table")].map((one) => one.getBoundingClientRect().right));
  const width = Math.max(right - box.left, 320) + 2 * EDGE; // a wide table reaches out of its frame on a phone
  const height = box.height + HEAD + 2 * EDGE;
  const larger = Math.min(LARGER, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * larger);
  canvas.height = Math.round(height * larger);
  const pen = canvas.getContext("2d");
  pen.scale(larger, larger);
  const css = getComputedStyle(document.body);
  pen.fillStyle = css.getPropertyValue("--paper").trim() || "#fff";
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = css.color;
  pen.font = `600 20px ${css.fontFamily}`;
  pen.fillText(name, EDGE, EDGE + 20, width - 2 * EDGE);
  pen.translate(EDGE - box.left, EDGE + HEAD - box.top);
  const drawings = [];
  draw(pen, part, drawings);
  back();
  for (const { image, left, top, wide, high } of await Promise.all(drawings)) pen.drawImage(image, left, top, wide, high);
  return canvas;
}

/** Frozen heads stand at their own places only when nothing is scrolled. Gives what puts it back. */
function unscroll(part) {
  const scrolled = [];
  const around = [];
  for (let one = part; one; one = one.parentElement) around.push(one);
  for (const one of [...around, ...part.querySelectorAll("*")]) {
    if (one.scrollLeft || (one.scrollTop && one !== document.documentElement)) {
      scrolled.push([one, one.scrollLeft, one.scrollTop]);
      one.scrollTo({ left: 0, top: 0, behavior: "instant" });
    }
  }
  return () => scrolled.forEach(([one, left, top]) => one.scrollTo({ left, top, behavior: "instant" }));
}

function draw(pen, node, drawings) {
  if (node.nodeType === Node.TEXT_NODE) return write(pen, node);
  if (!(node instanceof Element) || node.matches(".visually-hidden, [data-beside-picture], details:not([open]) > :not(summary)")) return;
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return;
  const box = node.getBoundingClientRect();
  if (node instanceof HTMLCanvasElement) return void pen.drawImage(node, box.left, box.top, box.width, box.height);
  if (node instanceof SVGSVGElement) return void (node.querySelector("use") || drawings.push(drawn(node, box)));
  fill(pen, style, box);
  if (node.matches(".uplot")) return draw(pen, node.querySelector("canvas"), drawings); // the rest of it is the pointer's
  for (const child of node.childNodes) draw(pen, child, drawings);
}

function fill(pen, style, box) {
  if (!/rgba\(.*, 0\)|transparent/.test(style.backgroundColor)) {
    pen.fillStyle = style.backgroundColor;
    pen.beginPath();
    pen.roundRect(box.left, box.top, box.width, box.height, Math.min(parseFloat(style.borderTopLeftRadius) || 0, box.height / 2));
    pen.fill();
  }
  const sides = [
    ["Top", box.left, box.top, box.width, 0],
    ["Bottom", box.left, box.bottom, box.width, -1],
    ["Left", box.left, box.top, 0, box.height],
    ["Right", box.right, box.top, -1, box.height],
  ];
  for (const [side, left, top, wide, high] of sides) {
    const thick = parseFloat(style[`border${side}Width`]);
    if (!thick || style[`border${side}Style`] === "none") continue;
    pen.fillStyle = style[`border${side}Color`];
    if (high === 0 || high === -1) pen.fillRect(left, high ? top - thick : top, wide, thick);
    else pen.fillRect(wide ? left - thick : left, top, thick, high);
  }
}

/** Word by word at its place, so that lines break where the page breaks them. */
function write(pen, text) {
  const parent = text.parentElement;
  const style = getComputedStyle(parent);
  const range = document.createRange();
  const ascent = () => {
    const size = pen.measureText("Hg");
    return [size.fontBoundingBoxAscent, size.fontBoundingBoxDescent];
  };
  pen.save();
  pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  if (style.overflow === "hidden") {
    const { left, top, width, height } = parent.getBoundingClientRect();
    pen.beginPath();
    pen.rect(left, top, width, height);
    pen.clip();
  }
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    const box = range.getClientRects()[0];
    if (!box?.width) continue;
    if (style.writingMode.startsWith("vertical")) {
      pen.save();
      pen.translate(box.left + box.width / 2, box.bottom);
      pen.rotate(-Math.PI / 2);
      pen.textBaseline = "middle";
      pen.fillText(word, 0, 0);
      pen.restore();
    } else {
      const [up, down] = ascent();
      pen.fillText(word, box.left, box.top + (box.height + up - down) / 2);
    }
  }
  pen.restore();
}

const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family", "font-weight", "text-anchor", "opacity"];

/** A drawing as an image: what styles say of it is written into a copy, for images read no style sheets of the page. */
async function drawn(svg, box) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg, copy].map((one) => [one, ...one.querySelectorAll("*")]);
  from.forEach((one, index) => {
    const style = getComputedStyle(one);
    for (const look of LOOKS) to[index].setAttribute(look, style.getPropertyValue(look));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width * LARGER);
  copy.setAttribute("height", box.height * LARGER);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return { image, left: box.left, top: box.top, wide: box.width, high: box.height };
}

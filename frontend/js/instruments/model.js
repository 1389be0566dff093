// A 3D model to turn and look at. The viewer is large, so it is loaded when somebody asks for it; phones that can put
// the model on the desk get a button for that.

for (const box of document.querySelectorAll("[data-model]")) start(box);

function start(box) {
  const find = (name) => box.querySelector(`[data-${name}]`);
  const place = find("place");
  find("start").addEventListener("click", async ({ currentTarget }) => {
    currentTarget.disabled = true;
    try {
      await import(box.dataset.viewer);
      show();
    } catch {
      currentTarget.disabled = false;
      find("away").hidden = false;
    }
  });
  find("whole").addEventListener("click", () => place.requestFullscreen());

  function show() {
    const viewer = document.createElement("model-viewer");
    const settings = {
      src: box.dataset.model,
      alt: box.dataset.alt,
      "camera-controls": "",
      "touch-action": "pan-y",
      "interaction-prompt": "none",
      "shadow-intensity": "1",
      ar: "",
      "ar-modes": "webxr scene-viewer quick-look",
    };
    for (const [name, value] of Object.entries(settings)) viewer.setAttribute(name, value);
    const desk = find("ar").content.firstElementChild.cloneNode(true);
    desk.slot = "ar-button";
    viewer.append(desk);
    viewer.addEventListener("load", () => {
      place.dataset.shown = "";
      find("bar").hidden = false;
      find("away").hidden = true;
    });
    viewer.addEventListener("error", () => (find("away").hidden = false));
    viewer.addEventListener("keydown", nearer);
    find("home").addEventListener("click", () => {
      viewer.cameraOrbit = "auto auto auto";
      viewer.fieldOfView = "auto";
      viewer.jumpCameraToGoal();
    });
    place.replaceChildren(viewer);
    viewer.focus();
  }
}

/** The viewer itself turns by arrows and comes nearer by page keys; plus and minus are what people try. */
function nearer(event) {
  const by = { "+": -1, "=": -1, "-": 1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.currentTarget.zoom(-by * 4);
}

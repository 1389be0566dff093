// A heap of chips over the drop-downs of a task: a chip is dragged onto a place, or tapped and then the place is
// tapped. The drop-downs stay: they hold the answer, and they are the way for the keyboard and the screen reader.
const FAR = 6;

export function chips(form) {
  for (const field of form.querySelectorAll("[data-chips]")) heap(field);
}

function heap(field) {
  const slots = [...field.querySelectorAll("[data-slot]")].filter((slot) => slot.querySelector("select"));
  const texts = [...slots[0].querySelector("select").options].filter((one) => one.value).map((one) => one.text);
  const list = document.createElement("ul");
  list.className = "task-chips no-print";
  list.setAttribute("aria-hidden", "true");
  const made = texts.map((text) => {
    const chip = document.createElement("li");
    chip.className = "task-chip";
    chip.textContent = text;
    list.append(chip);
    return chip;
  });
  field.querySelector("legend").after(list);
  let picked = null;

  const used = () => new Set(slots.map((slot) => slot.querySelector("select").selectedOptions[0]?.text));
  const show = () => {
    const taken = used();
    for (const chip of made) {
      chip.classList.toggle("is-picked", chip === picked);
      chip.classList.toggle("is-used", taken.has(chip.textContent));
    }
    for (const slot of slots) slot.classList.toggle("is-ready", picked !== null);
  };
  const put = (chip, slot) => {
    const select = slot.querySelector("select");
    const option = [...select.options].find((one) => one.text === chip.textContent);
    picked = null;
    if (option) {
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    show();
  };
  // A place of a picture stands for the drop-down of its number.
  const below = ({ clientX, clientY }) => {
    const found = document.elementFromPoint(clientX, clientY);
    const area = found?.closest("[data-area]")?.dataset.area;
    return slots.find((slot) => slot.contains(found) || (area && slot.dataset.slot === area));
  };

  for (const chip of made) {
    chip.addEventListener("pointerdown", (down) => {
      if (down.button) return;
      down.preventDefault();
      let flying = false;
      chip.setPointerCapture(down.pointerId);
      const move = (event) => {
        const [x, y] = [event.clientX - down.clientX, event.clientY - down.clientY];
        flying ||= Math.hypot(x, y) > FAR;
        if (!flying) return;
        chip.classList.add("is-flying");
        chip.style.translate = `${x}px ${y}px`;
        chip.style.pointerEvents = "none";
        const over = below(event);
        for (const slot of slots) slot.classList.toggle("is-over", slot === over);
      };
      const end = (event) => {
        chip.removeEventListener("pointermove", move);
        const over = flying && event.type === "pointerup" ? below(event) : null;
        chip.classList.remove("is-flying");
        chip.style.translate = chip.style.pointerEvents = "";
        for (const slot of slots) slot.classList.remove("is-over");
        if (over) return put(chip, over);
        if (!flying) picked = picked === chip ? null : chip;
        show();
      };
      chip.addEventListener("pointermove", move);
      chip.addEventListener("pointerup", end, { once: true });
      chip.addEventListener("pointercancel", end, { once: true });
    });
  }
  for (const slot of slots) {
    // Before the drop-down opens by itself.
    for (const name of ["mousedown", "touchstart"]) {
      slot.addEventListener(
        name,
        (event) => {
          if (!picked) return;
          event.preventDefault();
          put(picked, slot);
        },
        { passive: false },
      );
    }
  }
  field.addEventListener(
    "click",
    (event) => {
      const slot = picked && event.target.closest("[data-area]") && below(event);
      if (!slot) return;
      event.stopPropagation();
      put(picked, slot);
    },
    { capture: true },
  );
  field.addEventListener("change", show);
  // A heap of long words would cover the places it is meant for: such a one stays where it is, and a chip that was tapped waits.
  new ResizeObserver(() => list.classList.toggle("is-tall", list.offsetHeight > innerHeight * 0.3)).observe(list);
  show();
}

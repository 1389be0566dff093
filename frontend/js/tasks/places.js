// Places of a picture: a tap on a place is a tap on its number below; what is chosen below is seen on the picture.
// With chips, a picked chip put on a place of the picture goes to the drop-down of that number.
export function places(form) {
  for (const field of form.querySelectorAll("[data-places]")) picture(field);
}

function picture(field) {
  const box = field.querySelector(".places-on");
  if (!box) return;
  const numbers = new Map(
    [...field.querySelectorAll(".place-numbers input")].map((input) => [String(Number(input.value) + 1), input]),
  );
  const selects = new Map(
    [...field.querySelectorAll("[data-slot]")].map((slot) => [slot.dataset.slot, slot.querySelector("select")]),
  );

  const show = () => {
    for (const shape of box.querySelectorAll("[data-area]")) {
      const { area } = shape.dataset;
      shape.classList.toggle("is-chosen", Boolean(numbers.get(area)?.checked || selects.get(area)?.value));
    }
  };
  box.addEventListener("click", (event) => {
    const area = event.target.closest("[data-area]")?.dataset.area;
    if (numbers.has(area)) numbers.get(area).click();
    else selects.get(area)?.focus();
  });
  field.addEventListener("change", show);
  box.classList.add("is-live");
  show();
}

// Points of one work in the dialog: a field for each criterion, the next one by itself, and what they make of five before it is kept.
import { make } from "../page.js";

export class Points {
  /** `asked`: [{ name, most }], none in a column of fives; `told(origin)`: the sum in words. */
  constructor(place, asked, origin, told) {
    Object.assign(this, { told, asked });
    const given = (origin ?? "").split(" ");
    this.fields = asked.map(({ name, most }, n) => {
      const id = `mark-points-${n}`;
      const field = make("input", { id, inputMode: "numeric", autocomplete: "off", value: given[n] ?? "", maxLength: String(most).length });
      field.dataset.noDraft = "";
      field.addEventListener("input", () => this.typed(n));
      const row = make("div", { className: "field g-criterion" });
      row.append(make("label", { htmlFor: id }, name), field, make("span", { className: "text-2" }, `/ ${most}`));
      return field;
    });
    this.sum = make("p", { className: "fw-semibold" });
    this.sum.setAttribute("role", "status");
    place.replaceChildren(...this.fields.map((one) => one.parentElement), this.sum);
    place.hidden = !asked.length;
    this.check();
  }

  get first() {
    return this.fields.find(({ value }) => !value) ?? this.fields[0];
  }

  typed(n) {
    this.check();
    const { value, maxLength, validity } = this.fields[n];
    if (value.length === maxLength && validity.valid) this.fields[n + 1]?.focus();
    else if (!validity.valid) this.fields[n].reportValidity();
  }

  /** Either no points at all, or all of them, each within its bounds. */
  check() {
    const some = this.fields.some(({ value }) => value);
    this.fields.forEach((field, n) => {
      const { most } = this.asked[n];
      const good = /^\d*$/.test(field.value) && Number(field.value) <= most;
      field.required = some;
      field.setCustomValidity(good ? "" : `0–${most}`);
    });
    const origin = this.origin();
    this.sum.textContent = origin ? this.told(origin) : "";
  }

  /** «6 5 7», or null while they are not whole. */
  origin() {
    const whole = this.fields.length && this.fields.every(({ value, validity }) => value && validity.valid);
    return whole ? this.fields.map(({ value }) => String(Number(value))).join(" ") : null;
  }
}

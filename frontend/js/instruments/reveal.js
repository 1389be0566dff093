// Shows the passwords of a form while the tick stands; they are hidden again before they are sent.
for (const tick of document.querySelectorAll("[data-reveal]")) {
  const fields = [...tick.form.querySelectorAll('input[type="password"]')];
  const show = (visible) => fields.forEach((field) => { field.type = visible ? "text" : "password"; });
  tick.checked = false;
  tick.addEventListener("change", () => show(tick.checked));
  tick.form.addEventListener("submit", () => show(false)); // or browsers would offer to keep it as plain text
}

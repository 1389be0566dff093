// Light, dark or as the system has it: at once on this device, and remembered by the server where the form posts.

export function start() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=theme][value]");
    if (!button) return;
    event.preventDefault();
    choose(button.value);
    const { form } = button;
    if (form?.action) {
      const body = new FormData(form, button);
      fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => {});
    }
  });
}

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll("button[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax`;
}

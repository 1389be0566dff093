// Sends a file straight to the storage with a line of progress: ask where to, PUT it there, say that it has arrived.
// Without JavaScript the same form carries the file itself.

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const file = form.elements.file.files[0];
    if (!file) return; // the server says that there is none
    event.preventDefault();
    if (!("sending" in form.dataset)) send(form, file);
  });
}

async function send(form, file) {
  const words = form.querySelector("[data-upload-words]");
  const bar = form.querySelector("[data-upload-progress]");
  const state = form.querySelector("[data-upload-state]");
  const error = form.querySelector("[data-upload-error]");
  form.dataset.sending = "";
  error.hidden = true;
  state.hidden = false;
  words.textContent = words.dataset.sending;
  bar.value = 0;
  try {
    const place = await ask(form, form.dataset.begin, { purpose: form.elements.purpose.value, size: file.size });
    await put(place, file, (share) => (bar.value = share * 100));
    words.textContent = words.dataset.looking;
    bar.removeAttribute("value");
    const answer = await ask(form, form.dataset.finish, { ticket: place.ticket, name: file.name, alt: form.elements.alt.value });
    // The page may be at this very address already: the anchor alone would not bring the new list.
    location.hash = new URL(answer.next, location.href).hash;
    location.reload();
  } catch (why) {
    error.textContent = why instanceof Refusal ? why.message : words.dataset.lost;
    error.hidden = false;
    state.hidden = true;
  } finally {
    delete form.dataset.sending;
  }
}

class Refusal extends Error {}

async function ask(form, url, values) {
  const body = new URLSearchParams({ ...values, csrf_token: form.elements.csrf_token.value });
  const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await response.json();
  if (!response.ok) throw new Refusal(said.error ?? said.advice);
  return said;
}

// XMLHttpRequest still is the only one that tells how much has gone.
function put({ url, headers }, file, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => tell(loaded / total);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(String(request.status))));
    request.onerror = () => reject(new Error("connection"));
    request.send(file);
  });
}

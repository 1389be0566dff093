// A file straight to the storage: where it goes is asked of the server, its bytes are put there, the answer is its incoming name.
const PATIENCE = 120000;

export const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export async function ask(url, fields) {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json", "X-CSRFToken": token() },
  });
  if (answer.status === 422 || answer.status === 409) throw new Refused((await answer.json()).why);
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.json();
}

// What will never succeed: the server has looked at it and said why.
export class Refused extends Error {}

// fetch tells nothing about the progress of what it sends.
export function put({ url, headers }, blob, onProgress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) {
      if (!/^(content-length|host)$/i.test(name)) request.setRequestHeader(name, value);
    }
    request.timeout = PATIENCE;
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? done() : fail(new Error(String(request.status))));
    request.onerror = request.ontimeout = () => fail(new Error("lost"));
    request.send(blob);
  });
}

// For a question of a task: the bytes are kept under a name that the answer may hold.
export async function sendForTask({ links, keep }, blob, onProgress) {
  const link = await ask(links, { size: blob.size });
  await put(link, blob, onProgress);
  return (await ask(keep, { incoming: link.incoming })).id;
}

export function wordsOf(box) {
  return Object.fromEntries(
    Object.entries(box.dataset).map(([name, value]) => [name.replace(/^words/, "").toLowerCase(), value]),
  );
}

// Connects this browser to the school's pushes when its owner presses the button; nothing is asked before.
const form = document.querySelector("form[data-push]");
if (form) start(form);

function start(form) {
  const button = form.querySelector("[data-push-button]");
  const say = (which) => {
    for (const one of form.querySelectorAll("[data-push-said]")) one.hidden = one.dataset.pushSaid !== which;
    button.hidden = which === "never" || which === "denied";
  };
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return;
  say(Notification.permission === "denied" ? "denied" : "");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") return say("denied");
      await connect(form);
    } catch (why) {
      console.warn(why);
      say("failed");
    } finally {
      button.disabled = false;
    }
  });
}

async function connect(form) {
  await navigator.serviceWorker.register(form.dataset.pushWorker);
  const worker = await navigator.serviceWorker.ready;
  const key = bytes(form.dataset.pushKey);
  const old = await worker.pushManager.getSubscription();
  if (old && !same(old.options.applicationServerKey, key)) await old.unsubscribe(); // the school has another key now
  const { endpoint, keys } = (
    await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  ).toJSON();
  for (const [name, value] of Object.entries({ endpoint, p256dh: keys.p256dh, auth: keys.auth })) {
    form.elements[name].value = value;
  }
  form.requestSubmit();
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function same(one, other) {
  return one !== null && bytesEqual(new Uint8Array(one), other);
}

function bytesEqual(one, other) {
  return one.length === other.length && one.every((value, n) => value === other[n]);
}

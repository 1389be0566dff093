// Shows a message of the school while no page of it is open, and leads to what it speaks of. It keeps nothing and sees no pages.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, body, url, tag, urgent, lang } = event.data.json();
  event.waitUntil(
    // The same message again (its server was not sure) takes the place of the first, without a sound.
    self.registration.showNotification(title, { body, tag, lang, requireInteraction: urgent, data: { url } }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, self.location.origin).href));
});

async function open(url) {
  const [page] = await self.clients.matchAll({ type: "window" });
  if (!page) return self.clients.openWindow(url);
  await page.focus();
  return page.navigate(url);
}

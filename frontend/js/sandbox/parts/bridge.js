// The line between a package and the page of the unit. Only the site's own page is heard and spoken to.

const { site, base, own } = document.body.dataset;

/** Address of a part of the package. */
export const part = (path) => new URL(path, new URL(base, location.href)).href;

/** Whether frames of the package can see this page: they can't in an origin that is nobody's. */
export const isSeen = own !== undefined;

export const tell = (message) => parent.postMessage(message, site);

/** Says that the player is there, and calls `start` with what the page answers: { scene, address, values }. */
export function ready(start) {
  addEventListener(
    "message",
    function hear({ source, origin, data }) {
      if (source !== parent || origin !== site || data?.package !== "begin") return;
      removeEventListener("message", hear);
      start(data);
    },
  );
  tell({ package: "ready" });
}

/** Calls `act` with each wish of the person who turns the pages of a package. */
export function onWish(act) {
  addEventListener("message", ({ source, origin, data }) => {
    if (source === parent && origin === site && data?.package === "wish") act(data);
  });
}

/** Calls `act` once for many calls that come close together; `.now()` does it at once. */
export function gathered(act, wait) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  later.now = () => {
    clearTimeout(timer);
    act();
  };
  return later;
}

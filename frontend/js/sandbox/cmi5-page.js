// Put at the head of each page of a cmi5 package by the server: what the page would send to its record store goes to the player.
import { listen } from "./parts/listening.js";

let above = window;
for (let n = 0; n < 6; n++) {
  try {
    if (above.recordStore) {
      listen(window, above.recordStore);
      break;
    }
  } catch {
    break; // a window of somebody else: there is no player above
  }
  if (above === above.parent) break;
  above = above.parent;
}

// Many tabs slide on a phone: the one that is open is brought into sight, and the page itself does not move.

export function start() {
  for (const tab of document.querySelectorAll(".tabs > [aria-current]")) {
    const line = tab.parentElement;
    line.scrollLeft = tab.offsetLeft - line.offsetLeft - (line.clientWidth - tab.offsetWidth) / 2;
  }
}

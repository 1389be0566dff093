// The button that opens the printing window; without JavaScript the browser's own command does the same.
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) window.print();
});

/* What was announced once is not announced again by a reload, but the page that says that a complaint was taken
   stays. The token of a link that opened nothing leaves the address, too: that of one which opens something has
   been exchanged. Buttons that need a script are shown. */
(() => {
  const address = new URL(location.href);
  const before = address.href;
  const stays = document.querySelector("[data-stays]") !== null;
  for (const name of stays ? [] : ["t", "c", "done"]) address.searchParams.delete(name);
  if (address.href !== before) history.replaceState(null, "", address);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();

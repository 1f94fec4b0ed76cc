/* Takes the token of a complaint out of the address bar: nobody reads it over a shoulder, in a copied address,
   in a bookmark or in a picture of the screen.

   The token stays in the state of this one entry of the history. No other page of this origin can read it there,
   no other tab has it, and it goes with the tab; storage or the fragment of the address would be worse at one of
   the three. A reload asks for the bare address, which opens nothing; this script then goes on with the token. */
(() => {
  const address = new URL(location.href);
  const token = address.searchParams.get("t");
  const kept = history.state?.t;
  const isOpen = document.querySelector('input[name="t"], [data-opened]') !== null;
  if (token !== null) {
    // What was announced once is not announced again by a reload.
    for (const name of ["t", "done"]) address.searchParams.delete(name);
    history.replaceState(isOpen ? { t: token } : null, "", address);
  } else if (kept && !isOpen) {
    // Without the state a token that opens nothing any more ends here, and not in a circle.
    history.replaceState(null, "", address);
    address.searchParams.set("t", kept);
    location.replace(address);
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();

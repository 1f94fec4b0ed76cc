/* Who else is at the case: the page says that it is open, each minute while somebody looks, and shows the answer. */
(() => {
  const EVERY = 60_000, MOST = 60;
  const place = document.getElementById("here");
  if (!place) return;
  let writing = "", left = MOST;

  async function tell() {
    left -= 1;
    let text = "";
    try {
      const body = new URLSearchParams({ form: place.dataset.form, writing });
      const answer = await fetch(place.dataset.address, { method: "POST", body });
      if (answer.ok && answer.headers.get("Content-Type")?.startsWith("text/plain")) text = await answer.text();
    } catch {
      // Without an answer nobody is known to be there: the line says nothing, and the page works as before.
    }
    if (place.textContent !== text) place.textContent = text;
  }

  document.querySelector("main").addEventListener("input", ({ target }) => {
    if (writing || !target.matches("textarea")) return;
    writing = "1";
    tell();
  });
  setInterval(() => {
    if (left > 0 && document.visibilityState === "visible") tell();
  }, EVERY);
  tell();
})();

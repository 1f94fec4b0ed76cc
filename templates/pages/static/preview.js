/* A letter beside the form that words it: shown anew, as the server writes it, when somebody pauses. What is wrong is
   said when the form is sent; until then the letter of before stays. Without scripts the button shows it. */
(() => {
  const PAUSE = 600;

  async function rendered(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "error" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main .letter");
  }

  for (const place of document.querySelectorAll("[data-preview]")) {
    const form = place.previousElementSibling;
    const button = form.querySelector("button[value=look]");
    let later, isAsked = false, isStale = false;

    const show = async () => {
      if (isAsked) return void (isStale = true);
      isAsked = true;
      try {
        const letter = await rendered(form, button);
        if (letter) {
          const colour = form.elements.namedItem("letterhead.accent")?.value;
          const words = form.elements.namedItem("letterhead.accent_text")?.value;
          place.replaceChildren(document.importNode(letter, true));
          place.hidden = false;
          if (colour) place.style.setProperty("--brand", colour);
          if (words) place.style.setProperty("--on", words);
        }
      } catch {
        /* The network is away: the letter of before stays. */
      }
      isAsked = false;
      if (isStale) {
        isStale = false;
        show();
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(show, PAUSE);
    });
  }
})();

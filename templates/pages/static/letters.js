/* The letter that a form makes, beside the form while somebody writes: one request at a time, once no key was
   pressed for a moment. Its room is made with the first key, so that nothing moves when the letter comes. */
(() => {
  const AFTER = 700, MOST = 200;
  const WIDE = "(width >= 75rem)";

  function room(form) {
    const box = document.createElement("section");
    const isBeside = form.closest(".panel") && matchMedia(WIDE).matches;
    box.className = "live";
    box.tabIndex = 0;
    box.setAttribute("aria-label", form.dataset.letter);
    (isBeside ? document.querySelector(".stack > section") : form).after(box);
    return box;
  }

  for (const form of document.querySelectorAll("form[data-letter]")) {
    let box, timer, isAsked = false, left = MOST;

    async function ask() {
      if (isAsked) return wait();
      if ((left -= 1) < 0) return;
      isAsked = true;
      try {
        const body = new URLSearchParams(new FormData(form));
        body.set("step", "live");
        const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "error" });
        if (answer.ok) box.innerHTML = await answer.text();
      } catch {
        // Without an answer the letter that is there stays: it is seen before it leaves all the same.
      }
      isAsked = false;
    }

    function wait() {
      clearTimeout(timer);
      timer = setTimeout(ask, AFTER);
    }

    form.addEventListener("input", () => {
      box ??= room(form);
      wait();
    });
  }
})();

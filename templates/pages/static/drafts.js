/* Long texts are kept in this tab until they are saved; whoever leaves with unsaved words is asked. */
(() => {
  const AFTER = 300;
  const fields = [...document.querySelectorAll("main textarea")];
  const waiting = new Map();
  let isSent = false;

  // A form may have a field that is called "action".
  const begin = (address) => `draft:${new URL(address, location.href).pathname}:`;
  const name = (field) => begin(field.form.getAttribute("action")) + field.id;

  /* A browser may keep nothing: the page works all the same. */
  function kept(use) {
    try {
      return use(sessionStorage);
    } catch {
      return null;
    }
  }

  function keep(field) {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
    kept((store) => field.value ? store[name(field)] = field.value : delete store[name(field)]);
  }

  const done = document.querySelector("[data-done]");
  if (done) kept((store) => Object.keys(store).filter((key) => key.startsWith(begin(done.dataset.done))).forEach((key) => delete store[key]));

  for (const field of fields) {
    const draft = kept((store) => store[name(field)]);
    if (draft && !field.value) {
      field.value = draft;
      field.closest("details")?.setAttribute("open", "");
    }
    field.addEventListener("input", () => {
      clearTimeout(waiting.get(field));
      waiting.set(field, setTimeout(keep, AFTER, field));
    });
  }

  // While it is captured: who signs out leaves nothing, and that is heard after this.
  document.addEventListener("submit", () => {
    isSent = true;
    [...waiting.keys()].forEach(keep);
  }, true);
  addEventListener("beforeunload", (event) => {
    if (!isSent && fields.some(({ value, defaultValue }) => value !== defaultValue)) event.preventDefault();
  });
})();

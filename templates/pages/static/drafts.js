/* Long texts are kept in this tab until they are saved; whoever leaves with unsaved words is asked. */
(() => {
  const AFTER = 300;
  const fields = [...document.querySelectorAll("main textarea")];
  const waiting = new Map();
  let isSent = false;

  // A form may have a field that is called "action".
  const begin = (address) => `draft:${new URL(address, location.href).pathname}:`;
  const name = (field) => begin(field.form.getAttribute("action")) + field.id;
  const isUnsaved = (field) => field.value !== field.defaultValue;

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
    kept((store) => field.value ? store.setItem(name(field), field.value) : store.removeItem(name(field)));
  }

  function forget(beginning) {
    kept((store) => Object.keys(store).filter((key) => key.startsWith(beginning)).forEach((key) => store.removeItem(key)));
  }

  const done = document.querySelector("[data-done]");
  if (done) forget(begin(done.dataset.done));

  for (const field of fields) {
    const draft = kept((store) => store.getItem(name(field)));
    if (draft && !field.value) {
      field.value = draft;
      field.closest("details")?.setAttribute("open", "");
    }
    field.addEventListener("input", () => {
      clearTimeout(waiting.get(field));
      waiting.set(field, setTimeout(keep, AFTER, field));
    });
  }

  document.addEventListener("submit", ({ target }) => {
    isSent = true;
    if (target.getAttribute("action")?.endsWith("/desk/sign-out")) forget("draft:");
    else [...waiting.keys()].forEach(keep);
  });
  addEventListener("beforeunload", (event) => {
    if (!isSent && fields.some(isUnsaved)) event.preventDefault();
  });
})();

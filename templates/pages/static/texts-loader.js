/* Where the cursor was in each form, for the list of standard texts, whose script is fetched at its first use.
   Where it cannot be had, the button leads to the list as it does without a script. */
(() => {
  const cursor = { touched: new WeakSet(), written: new Map() };
  let loading;

  function fetched() {
    const { script: src, integrity } = document.querySelector("main [data-script]").dataset;
    return new Promise((onload, onerror) => {
      document.head.append(Object.assign(document.createElement("script"), { src, integrity, onload, onerror }));
    });
  }

  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches("textarea")) return;
    cursor.touched.add(target);
    cursor.written.set(target.form, target);
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[name=step][value=texts]");
    if (!button || button.disabled || button.dataset.leads) return;
    event.preventDefault();
    try {
      await (loading ??= fetched());
      await window.chooseText(button, cursor);
    } catch {
      button.dataset.leads = "1";
      button.click();
    }
  });
})();

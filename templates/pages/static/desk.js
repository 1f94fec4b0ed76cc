/* Keys of the desk: one letter each and no modifier, off while somebody types, listed under "?". */
(() => {
  const dialog = document.getElementById("keys");
  const opener = document.getElementById("keys-open");
  const field = document.getElementById("q") ?? document.getElementById("find");
  const chosen = document.getElementById("keys-on");
  const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  const OFF = "desk-keys-off";
  let before = "";

  /* A browser may keep nothing: what was chosen lasts as long as the page then. */
  function kept(use) {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  }

  const row = () => document.activeElement.closest("tbody tr");
  const go = (address) => location.assign(address);

  function step(by) {
    const links = [...document.querySelectorAll("tbody th a")];
    const at = links.findIndex((link) => row()?.contains(link));
    links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
  }

  function unfold(verb) {
    const command = document.getElementById(`do-${verb}`);
    if (!command) return;
    if (command.href) return void command.click();
    command.open = true;
    command.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }

  const keys = {
    "j": () => step(1),
    "k": () => step(-1),
    "x": () => row()?.querySelector("input")?.click(),
    "/": () => (field ? field.focus() : go(dialog.dataset.search)),
    "g o": () => go(dialog.dataset.open),
    "g m": () => go(dialog.dataset.mine),
    "n": () => unfold("note"),
    "m": () => unfold("message"),
    "a": () => unfold("assign"),
    "u": () => go(document.querySelector("[rel=up]")?.href ?? dialog.dataset.open),
    "?": () => dialog.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (dialog.open || target.matches?.(TYPING)) return;
    if (key !== "?" && !chosen.checked) return;
    const wanted = before === "g" ? `g ${key}` : key;
    before = key;
    if (key === "Enter" && target.type === "checkbox") {
      /* A form would be sent by it: whoever is on a row means the case. */
      event.preventDefault();
      row()?.querySelector("th a")?.click();
    } else if (Object.hasOwn(keys, wanted)) {
      event.preventDefault();
      keys[wanted]();
    }
  });

  chosen.checked = !kept((store) => store.getItem(OFF));
  chosen.addEventListener("change", () =>
    kept((store) => chosen.checked ? store.removeItem(OFF) : store.setItem(OFF, "1")));
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
})();

/* Keys of the desk: one letter each and no modifier, off while somebody types, listed at "?". */
(() => {
  const listed = document.getElementById("keys");
  const desk = listed.pathname.replace(/\/shortcuts$/, "");
  const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  const OFF = "desk-keys-off";
  let before = "", loading, typed = null;

  /* A browser may keep nothing: what was chosen lasts as long as the page then. */
  function kept(use) {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  }
  let off = kept((store) => store.getItem(OFF));

  const row = () => document.activeElement.closest("tbody tr");
  const go = (address) => location.assign(address);
  const to = (path) => () => go(desk + path);

  /* From row to row of a list; on a case, from case to case. */
  function step(by) {
    const links = [...document.querySelectorAll("tbody th a")];
    if (!links.length) return void document.querySelector(by > 0 ? "[rel=next]" : "[rel=prev]")?.click();
    const at = links.findIndex((link) => row()?.contains(link));
    links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)].focus();
  }

  const command = (verb) => () => unfold(document.getElementById(`do-${verb}`));

  /* A command is a link or a button, or its form is folded; there is none where it is not possible. */
  function unfold(command) {
    if (command?.open === undefined) return void command?.click();
    command.open = true;
    command.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }

  function showChoice() {
    const box = document.getElementById("keys-on");
    if (box) box.checked = !off;
  }

  /* The script of the dialogs is fetched at their first use. Without it the list is a page. What is typed
     meanwhile is for the palette. */
  function open(part) {
    if (part === "palette") typed ??= "";
    loading ??= new Promise((loaded, failed) => {
      const { script: src, integrity } = listed.dataset;
      document.head.append(Object.assign(document.createElement("script"), { src, integrity, onload: loaded, onerror: failed }));
    });
    const take = () => [typed ?? "", typed = null][0];
    loading.then(() => window.openDesk(part, listed.href, take, unfold)).then(showChoice, () => go(listed.href));
  }

  const keys = {
    "j": () => step(1),
    "k": () => step(-1),
    "x": () => row()?.querySelector("input")?.click(),
    "t": () => document.querySelector(".main[name=next]")?.click(),
    "/": () => (document.getElementById("q") ?? document.getElementById("find"))?.focus(),
    "g h": to("/home"),
    "g o": to(""),
    "g m": to("?queue=mine"),
    "g n": to("?queue=unassigned"),
    "g t": to("/tasks"),
    "n": command("note"),
    "m": command("message"),
    "a": command("assign"),
    "u": () => go(document.querySelector("[rel=up]")?.href ?? desk),
    "?": () => open("shortcuts"),
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey || event.metaKey) {
      if (key === "k" && !event.shiftKey) event.preventDefault(), open("palette");
      return;
    }
    if (typed !== null && key.length === 1) {
      event.preventDefault();
      typed += key;
      return;
    }
    if (target.matches?.(TYPING) || (key !== "?" && off)) return;
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

  /* Whoever signs out leaves nothing of what was typed (`drafts.js`). */
  listed.closest("ul").querySelector("form").onsubmit = () => sessionStorage.clear();

  showChoice();
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "keys-on") return;
    off = !target.checked;
    kept((store) => off ? store.setItem(OFF, "1") : store.removeItem(OFF));
  });
  listed.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || document.getElementById("shortcuts")) return;
    event.preventDefault();
    open("shortcuts");
  });
})();

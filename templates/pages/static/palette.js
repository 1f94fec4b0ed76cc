/* Two dialogs of the desk: its keyboard shortcuts, and the palette, which leads to a page, a command or a case
   by its name. Both are parts of the page of shortcuts. */
(() => {
  const MOST = 8, PAUSE = 250, LEAST = 3;
  const parts = {};
  let use;

  /* The part of a page as a dialog: made once. */
  async function dialogOf(name, address) {
    if (parts[name]) return parts[name];
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = document.adoptNode(page.getElementById(name));
    const dialog = document.createElement("dialog");
    const close = document.createElement("form");
    const button = document.createElement("button");
    close.method = "dialog";
    button.textContent = part.dataset.close;
    close.append(button);
    dialog.ariaLabel = (part.querySelector("label[for]") ?? page.querySelector("h1")).textContent;
    dialog.append(part, close);
    document.body.append(dialog);
    parts[name] = dialog;
    if (name === "palette") serve(dialog);
    return dialog;
  }

  const isCommand = (link) => Number(link.id.startsWith("do-"));

  /* Where one can go from here: commands of the page, places and views, and cases of the list. */
  function here() {
    const links = document.querySelectorAll("#places a[href], tbody th a[href], [id^=do-]");
    return [...links].sort((one, other) => isCommand(other) - isCommand(one))
      .map((link) => ({ words: (link.querySelector("summary") ?? link).textContent.trim().replace(/\s+/g, " "), link }))
      .filter(({ words }) => words);
  }

  /* What the search of the desk finds: the case of a reference, or rows. */
  async function found(address, signal) {
    const answer = await fetch(address, { signal });
    if (!answer.ok) return [];
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected) return [{ words: page.title, address: answer.url }];
    return [...page.querySelectorAll("tbody tr")].map((row) => {
      const link = row.querySelector("th a");
      return { words: `${link.textContent.trim()} · ${row.querySelector("td").textContent.trim()}`, address: link.href };
    });
  }

  function serve(dialog) {
    const form = dialog.querySelector("#palette"), field = dialog.querySelector("input");
    const list = document.createElement("ul");
    let shown = [], at = 0, waiting, running;
    Object.assign(list, { id: "palette-list", role: "listbox", ariaLabel: form.querySelector("label").textContent });
    for (const [name, value] of Object.entries({
      "role": "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list",
    })) field.setAttribute(name, value);
    form.querySelector("button").remove();
    form.append(list);

    function point(to) {
      at = (to + shown.length) % shown.length;
      [...list.children].forEach((each, place) => each.ariaSelected = String(place === at));
      field.setAttribute("aria-activedescendant", list.children[at]?.id ?? "");
      list.children[at]?.scrollIntoView({ block: "nearest" });
    }

    const searching = (typed) => `${form.action}?q=${encodeURIComponent(typed)}`;

    function show(cases) {
      const typed = field.value.trim();
      const words = typed.toLocaleLowerCase().split(/\s+/);
      const fits = ({ words: own }) => words.every((word) => own.toLocaleLowerCase().includes(word));
      const local = here().filter(fits).slice(0, MOST);
      const known = new Set(local.map(({ link }) => link.pathname));
      shown = [...local, ...cases.filter((each) => !known.has(new URL(each.address, location).pathname))].slice(0, MOST);
      if (typed) shown.push({ words: `${form.dataset.search} ${typed}`, address: searching(typed) });
      list.replaceChildren(...shown.map(({ words: own }, place) => {
        const one = document.createElement("li");
        Object.assign(one, { id: `palette-${place}`, role: "option", textContent: own, dir: "auto" });
        return one;
      }));
      if (shown.length) point(0);
    }

    const go = (chosen) => chosen?.link ? (dialog.close(), use(chosen.link)) : chosen && location.assign(chosen.address);

    field.addEventListener("input", () => {
      const typed = field.value.trim();
      clearTimeout(waiting);
      running?.abort();
      show([]);
      if (typed.length < LEAST) return;
      running = new AbortController();
      const { signal } = running;
      /* Without an answer the list has what is on this page, and the search itself. */
      waiting = setTimeout(() => found(searching(typed), signal).then(show, () => {}), PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      /* A search field would be emptied by it first. */
      if (event.key === "Escape") return event.preventDefault(), dialog.close();
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || !shown.length) return;
      event.preventDefault();
      point(at + by);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(shown[at]);
    });
    list.addEventListener("click", ({ target }) => go(shown[[...list.children].indexOf(target.closest("li"))]));
    dialog.addEventListener("close", () => { clearTimeout(waiting); running?.abort(); });
    dialog.onshow = (typed) => { field.value = typed; field.dispatchEvent(new Event("input")); field.focus(); };
  }

  /* `take` gives what was typed until now, `unfold` goes where a link leads or to the form of a command. */
  window.openDesk = async (name, address, take, unfold) => {
    use = unfold;
    const dialog = await dialogOf(name, address);
    dialog.showModal();
    dialog.onshow?.(take());
  };
})();

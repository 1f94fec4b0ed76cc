/* Standard texts without leaving the page: the list of the server in a dialog, found by typing, inserted at the
   cursor. Fetched at its first use by texts-loader.js, which knows where the cursor was. */
(() => {
  const shown = new Map();

  /* The page of the list for a form, as it stands there. */
  async function listed(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main form #sought")) throw new Error("another page");
    return page;
  }

  function insert(form, { touched, written }, { field, code }, text) {
    const at = written.get(form);
    const box = at?.name.endsWith(`-${field}`) ? at : form.elements.namedItem(field);
    const [from, to] = touched.has(box) ? [box.selectionStart, box.selectionEnd] : Array(2).fill(box.value.length);
    const gap = from === to && from === box.value.length && box.value.trim() ? "\n\n" : "";
    box.setRangeText(gap + text, from, to, "end");
    touched.add(box);
    const used = form.elements.namedItem("texts");
    if (used) used.value = `${used.value} ${code}`.trim();
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  function made(form, cursor, page) {
    const dialog = document.createElement("dialog");
    const [title, words, field, list] = ["main h1", "main label", "#sought", ".texts, main .lead"].map((each) =>
      document.importNode(page.querySelector(each), true));
    const close = document.createElement("button");
    const items = [...list.querySelectorAll("li")];
    const found = items.map((item) => item.textContent.toLocaleLowerCase());
    title.id = "texts-title";
    words.htmlFor = field.id = "texts-sought";
    field.value = "";
    close.className = "quiet";
    close.textContent = page.querySelector("button[value=back]").textContent;
    dialog.className = "chooser";
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(title, words, field, list, close);

    const visible = () => items.filter((item) => !item.hidden);
    const choose = (item) => {
      dialog.close();
      insert(form, cursor, item.dataset, item.querySelector(".said").textContent);
    };
    field.addEventListener("input", () => {
      const sought = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      items.forEach((item, place) => { item.hidden = !sought.every((word) => found[place].includes(word)); });
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      if (visible().length) choose(visible()[0]);
    });
    list.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) choose(button.closest("li"));
    });
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    return dialog;
  }

  window.chooseText = async (button, cursor) => {
    const form = button.form;
    if (!shown.has(form)) shown.set(form, made(form, cursor, await listed(form, button)));
    const dialog = shown.get(form);
    dialog.showModal();
    dialog.querySelector("input").select();
  };
})();

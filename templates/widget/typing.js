// What is typed: its values, the draft that is kept of it in this tab, and the key under which it counts once.

// Milliseconds after the last key.
const SETTLED = 300;

export const typing = (widget, form) => {
  let timer, key;
  // A page may have no storage: the draft lasts as long as the dialog then.
  const kept = (act, ...values) => {
    try {
      return sessionStorage[act](`answerable:${widget.site}`, ...values);
    } catch {
      return null;
    }
  };
  const values = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim?.()));
  const put = (given) => {
    for (const control of form.elements) if (given[control.name] && !control.value) control.value = given[control.name];
  };
  const keep = () => {
    const { consent, website, ...rest } = values();
    kept("setItem", JSON.stringify({ ...rest, key }));
  };
  const entry = () => {
    const { name, email, phone, post, consent, ...rest } = values();
    key ||= crypto.randomUUID();
    keep();
    const body = { site: widget.site, language: widget.lang, complainant: { name, email, phone, post }, consent: !!consent, ...rest };
    return { key, body };
  };

  // Other words are another complaint.
  form.addEventListener("input", () => {
    key = 0;
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  });
  const draft = JSON.parse(kept("getItem")) || {};
  key = draft.key;
  put(draft);
  widget.fill = () => put(widget.values);
  widget.fill();
  return {
    values,
    entry,
    forget: () => {
      clearTimeout(timer);
      kept("removeItem");
    },
  };
};

// What is typed: its values, the draft that this tab keeps of it, and the key under which it counts once.

// Milliseconds after the last key.
const SETTLED = 300;

export const typing = (widget, form) => {
  let timer, key, words;
  // A page may have no storage, or write there itself: the draft lasts as long as the dialog then.
  const kept = (act, ...values) => {
    try {
      return JSON.parse(sessionStorage[act](`answerable:${widget.site}`, ...values) ?? null);
    } catch {
      return null;
    }
  };
  const values = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim?.()));
  const put = (given) => {
    for (const control of form.elements) control.value ||= given[control.name] || "";
  };
  const keep = () => {
    const { consent, website, ...rest } = values();
    const now = JSON.stringify(rest);
    // Other words are another complaint.
    if (now !== words) key = crypto.randomUUID();
    words = now;
    kept("setItem", JSON.stringify({ ...rest, key }));
  };
  const entry = () => {
    const { name, email, phone, post, consent, ...rest } = values();
    keep();
    const { site, lang } = widget;
    const complainant = { name, email, phone, post };
    return { key, body: { site, language: lang, complainant, consent: !!consent, ...rest } };
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  });
  const { key: before, ...draft } = kept("getItem") || {};
  put(draft);
  key = before;
  words = JSON.stringify(draft);
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

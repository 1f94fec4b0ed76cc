// What is typed: its values, the draft that this tab keeps of it, and the key under which it counts once.

// Milliseconds after the last key.
const SETTLED = 300;

export const typing = (widget, form) => {
  let timer, words;
  // A page may have no storage, or write there itself: the draft lasts as long as the dialog then.
  const kept = (act, ...values) => {
    try {
      return JSON.parse(sessionStorage[act](`answerable:${widget.site}`, ...values));
    } catch {}
  };
  let { key, language, ...draft } = kept("getItem") || {};
  const values = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim?.()));
  // What is asked of some categories is shown when one of them is chosen.
  const sort = () => {
    for (const { categories, parentNode } of form.elements)
      if (categories?.[0]) parentNode.hidden = !categories.includes(form.elements.category?.value);
  };
  const put = (given) => {
    for (const control of form.elements) control.value ||= given[control.name] || "";
    sort();
  };
  const keep = (spoken) => {
    const { consent, website, ...rest } = values();
    const now = JSON.stringify(rest);
    // Other words are another complaint.
    if (now !== words) {
      key = crypto.randomUUID();
      language = "";
    }
    words = now;
    // What may have arrived is asked for again in the language that it was sent in.
    language ||= spoken;
    kept("setItem", JSON.stringify({ ...rest, key, language }));
  };
  const entry = () => {
    const { consent, email, ...told } = values();
    keep(widget.lang);
    const body = { site: widget.site, language, complainant: { email }, fields: {}, consent: !!consent };
    for (const [name, typed] of Object.entries(told)) {
      const control = form.elements[name];
      const value = (typed === "true" && !!(control.options || control.checked)) || typed;
      const [, part, last] = (control.pointer || `/${name}`).split("/");
      if (last) body[part][last] = value;
      else body[part] = value;
    }
    return { key, body };
  };

  form.addEventListener("input", () => {
    sort();
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  });
  // A box has its value from the beginning. A page ticks none: what it fills in is `values`.
  for (const control of form.elements) control.checked ||= draft[control.name] == control.value;
  put(draft);
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

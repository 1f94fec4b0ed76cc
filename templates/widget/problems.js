// What is wrong with the form: a summary with links on top, and the same words beside each field.
import { over } from "./counter.js";
import { h } from "./dom.js";

// The messages by the names of their fields; the server says them, and judges all else.
export const check = (lang, { email, phone, post, anonymous, description, consent }, most, said) => {
  const wrong = {};
  if (!(email || phone || post || anonymous)) wrong.email = said.reach;
  else if (email && !/^\S+@\S+\.\S+$/.test(email)) wrong.email = said.email;
  const text = description ? over(lang, description, most) : said.description;
  if (text) wrong.description = text;
  if (!consent) wrong.consent = said.consent;
  return wrong;
};

// What the server found wrong, by the names of fields, as `show` wants it.
export const named = ({ errors, detail }) =>
  Object.fromEntries(
    (errors || [{ pointer: "", detail }]).map((one) => [
      one.pointer.replace("/fields/", "fields.").split("/").pop(),
      one.detail,
    ]),
  );

// What names no field stands in the summary as text. Answers whether anything is wrong. What is put right
// after it leaves, as `judged` has it; that nobody can be reached is put right by other fields too.
export const show = (form, summary, wrong, judged, terms) => {
  const mark = (control, text = "") => {
    const place = form.querySelector(`[id="${control.id}-wrong"]`);
    if (place) {
      place.textContent = text;
      control.ariaInvalid = !!text;
    }
  };
  for (const control of form.elements) mark(control, wrong[control.id]);
  const items = Object.entries(wrong).map(([name, text]) => {
    const control = form.elements[name];
    const click = (event) => {
      event.preventDefault();
      control.closest("details")?.setAttribute("open", "");
      control.focus();
    };
    const item = h("li", {}, control ? h("a", { href: "#", click }, text) : text);
    item.settle = (changed) => {
      if (judged()[name] || (name !== changed && text !== terms.wrong.reach)) return;
      mark(control);
      item.remove();
    };
    return item;
  });
  form.onchange = ({ target }) => {
    for (const item of items) item.settle(target.name);
    summary.hidden = !summary.querySelector("li");
  };
  summary.replaceChildren(h("div", { role: "alert" }, h("h3", {}, terms.words.problem), h("ul", {}, ...items)));
  summary.hidden = !items[0];
  summary.focus();
  return items[0];
};

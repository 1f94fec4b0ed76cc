// What is wrong with the form: a summary with links on top, and the same words beside each field.
import { "widget.problem" as problem } from "./messages.js";
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

// What names no field stands in the summary as text. Answers whether anything is wrong.
export const show = (form, summary, wrong) => {
  for (const control of form.elements) {
    const place = form.querySelector(`[id="${control.id}-wrong"]`);
    if (place) {
      place.textContent = wrong[control.id] || "";
      control.ariaInvalid = control.id in wrong;
    }
  }
  const items = Object.entries(wrong).map(([name, text]) => {
    const control = form.elements[name];
    const click = (event) => {
      event.preventDefault();
      control.closest("details")?.setAttribute("open", "");
      control.focus();
    };
    return h("li", {}, control ? h("a", { href: "#", click }, text) : text);
  });
  summary.replaceChildren(h("div", { role: "alert" }, h("h3", {}, problem), h("ul", {}, ...items)));
  summary.hidden = !items[0];
  summary.focus();
  return items[0];
};

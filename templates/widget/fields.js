// The fields in their order: email (or another way), what went wrong, and all that is optional.
import {
  "widget.category" as category,
  "widget.consent" as consent,
  "widget.data" as data,
  "widget.description" as description,
  "widget.email" as email,
  "widget.limit" as limit,
  "widget.name" as name,
  "widget.needs" as needs,
  "widget.occurred_on" as occurredOn,
  "widget.optional" as optional,
  "widget.other_way" as otherWay,
  "widget.phone" as phone,
  "widget.post" as post,
  "widget.remedy" as remedy,
  "widget.subject" as subject,
} from "./messages.js";
import { counter } from "./counter.js";
import { h, link } from "./dom.js";
import { fill } from "./words.js";

// A label, a hint, a place for what is wrong, and the control, tied to each other.
export const field = (id, label, control, ...hint) => {
  control.id = control.name = id;
  control.dir = "auto";
  control.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
  const nodes = [
    h("label", { for: id }, label),
    h("small", { id: `${id}-hint` }, ...hint),
    h("p", { id: `${id}-wrong`, class: "wrong" }),
    control,
  ];
  // A box stands before its words.
  if (control.type === "checkbox") nodes.push(nodes.shift());
  return h("div", {}, ...nodes);
};

export const maybe = (id, label, ...more) => field(id, fill(optional, { label }), ...more);

const text = (type, autocomplete) => h("input", { type, inputmode: type, autocomplete, enterkeyhint: "next" });
const lines = (autocomplete) => h("textarea", { autocomplete });
const folded = (label, ...nodes) => h("details", {}, h("summary", {}, label), ...nodes);

const choice = (categories) =>
  h(
    "select",
    {},
    h("option", { value: "" }),
    ...categories.map(({ code, label }) => h("option", { value: code }, label)),
  );

// People neither see nor reach it; robots fill it in.
const trap = () =>
  h(
    "div",
    { class: "heard", "aria-hidden": true },
    h("input", { name: "website", tabindex: -1, autocomplete: "off" }),
  );

export const fields = (widget, { limits, categories, notice }, files) => {
  const described = h("textarea", { rows: 5, required: "" });
  const agreed = h("input", { type: "checkbox", required: "" });
  return [
    field("email", email, text("email", "email")),
    folded(otherWay, field("phone", phone, text("tel", "tel")), field("post", post, lines("street-address"))),
    field(
      "description",
      description,
      described,
      fill(limit, { count: limits.description.toLocaleString(widget.lang) }),
    ),
    ...counter(widget.lang, described, limits.description),
    maybe("name", name, text("text", "name")),
    maybe("subject", subject, text("text", "off")),
    ...(categories.length ? [maybe("category", category, choice(categories))] : []),
    maybe("occurred_on", occurredOn, h("input", { type: "date" })),
    maybe("remedy_sought", remedy, lines("off")),
    ...files,
    folded(fill(optional, { label: needs }), field("special_needs", needs, lines("off"))),
    trap(),
    field("consent", consent, agreed, notice || "", link(`${widget.address("procedure")}#data`, data)),
  ];
};

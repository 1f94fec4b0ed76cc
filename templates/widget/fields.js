// The fields in their order: email (or another way), what went wrong, and all that is optional.
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

const line = (type, autocomplete) => h("input", { type, inputmode: type, autocomplete, enterkeyhint: "next" });

const choice = (options) =>
  h(
    "select",
    {},
    h("option", { value: "" }),
    ...options.map(({ code, label }) => h("option", { value: code }, label)),
  );

// A field as the server describes it. A number is typed as text: what a browser takes for none would be lost.
const asked = ({ name, text, type, autocomplete, choices, ...told }) =>
  field(
    name,
    text,
    Object.assign(
      choices[0]
        ? choice(choices)
        : type === "long_text"
          ? h("textarea", { autocomplete })
          : line(type.replace("number", "text"), autocomplete),
      told,
    ),
  );

// People neither see nor reach it; robots fill it in.
const trap = () =>
  h(
    "div",
    { class: "heard", "aria-hidden": true },
    h("input", { name: "website", tabindex: -1, autocomplete: "off" }),
  );

export const fields = (widget, terms, files) => {
  const { limits, limit, notice, consent, about, details, fields, stay_anonymous: anonymous } = terms;
  const described = h("textarea", { rows: 5, required: "" });
  const agreed = h("input", { type: "checkbox", required: "" });
  const [otherWay, usual, more] = details.map(({ fold, fields }) => {
    const nodes = fields.map(asked);
    return fold ? h("details", {}, h("summary", {}, fold), ...nodes) : nodes;
  });
  return [
    field("email", terms.words.email, line("email", "email")),
    otherWay,
    anonymous
      ? field("anonymous", anonymous.text, h("input", { type: "checkbox", value: "true" }), anonymous.hint)
      : "",
    field(
      "description",
      terms.words.description,
      described,
      fill(limit, { count: limits.description.toLocaleString(widget.lang) }),
    ),
    ...counter(widget, described, limits.description),
    ...usual,
    ...fields.map(asked),
    ...files,
    more,
    trap(),
    field("consent", consent, agreed, notice || "", link(`${widget.address("procedure")}#data`, about)),
  ];
};

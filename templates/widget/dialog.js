// The second part, loaded when somebody opens the widget: a modal dialog of the browser's own.
import {
  "widget.again" as again,
  "widget.close" as close,
  "widget.full_page" as fullPage,
  "widget.loading" as loading,
  "widget.procedure" as procedure,
  "widget.unavailable" as unavailable,
} from "./messages.js";
import { complaint } from "./complaint.js";
import css from "./dialog.css";
import { h, link, tell } from "./dom.js";

// Milliseconds of waiting that nobody notices.
const UNNOTICED = 300;

const build = (widget) => {
  const { root, lang } = widget;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  const title = h("h2", { id: "heading", tabindex: -1 });
  const body = h("div", {});
  const shut = h("button", { class: "quiet", click: () => dialog.close() }, close);
  const left = () => {
    widget.opener?.focus();
    tell("close");
  };
  const dialog = h(
    "dialog",
    { lang, dir: "auto", "aria-labelledby": "heading", close: left },
    h("div", { class: "top" }, title, shut),
    body,
  );
  root.append(dialog);
  Object.assign(widget, { dialog, title, body, isOver: true });
};

const focus = ({ body }) => body.querySelector("input, button")?.focus();

const show = (widget, ...nodes) => {
  widget.body.replaceChildren(...nodes);
  focus(widget);
};

const ways = ({ address }) => [
  link(address("complain"), fullPage),
  link(address("procedure"), procedure),
];

const otherwise = (widget, text, node) => show(widget, h("p", {}, text), node, ...ways(widget));

const draw = async (widget) => {
  const late = setTimeout(() => show(widget, h("p", { role: "status" }, loading)), UNNOTICED);
  // What failed when the page was opened may be well by now.
  const terms = await widget.form.catch(widget.ask).catch(() => null);
  clearTimeout(late);
  // A form that a browser kept from an older release does not say all that is asked of it here.
  if (!terms?.words || !crypto.subtle)
    otherwise(widget, unavailable, h("button", { click: () => draw(widget) }, again));
  else {
    const words = (widget.words = terms.words);
    if (terms.open) show(
      widget,
      complaint(widget, terms),
      // What stands there is asked of few, and too long for the dialog.
      link(`${widget.address("complain")}#behalf_name`, words.behalf),
      ...ways(widget),
    );
    else otherwise(widget, words.closed, h("p", {}, terms.contact || ""));
  }
};

export const open = (widget, opener) => {
  if (!widget.dialog) build(widget);
  const { dialog, root } = widget;
  if (dialog.open) return;
  if (!root.host.isConnected) document.body.after(root.host);
  widget.opener = opener;
  dialog.showModal();
  tell("open");
  if (widget.isOver) {
    widget.isOver = false;
    widget.title.textContent = widget.heading[widget.lang];
    widget.body.replaceChildren();
    draw(widget);
  } else {
    widget.fill?.();
    focus(widget);
  }
};

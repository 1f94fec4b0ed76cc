// What a website embeds with one line: it shows the launcher, and loads the rest when somebody opens it.
import { "widget.heading" as heading } from "./messages.js";
import css from "./launcher.css";

const script = document.currentScript;

const start = () => {
  if (window.Answerable) return;
  const { site, lang, launcher, api } = script.dataset;
  const host = document.createElement("answerable-widget");
  const button = document.createElement("button");
  const sheet = new CSSStyleSheet();
  const address = (path) =>
    new URL(api || ".", script.src) + `${path}?site=${encodeURIComponent(site)}&lang=${widget.lang}`;
  const widget = {
    site,
    address,
    root: host.attachShadow({ mode: "open" }),
    lang: [lang, document.documentElement.lang, ...navigator.languages]
      .map((tag) => tag?.toLowerCase().split(/[-_]/)[0])
      .find((tag) => heading[tag]),
    values: {},
    heading,
    // A status up to 428 speaks of the site; those above say that it is not possible now.
    ask: () =>
      (widget.form = fetch(address("v1/form")).then((answer) =>
        answer.status > 428 ? Promise.reject() : answer.json(),
      )),
  };

  let wanted = launcher !== "none";
  const open = (opener) =>
    import(new URL(`widget/${widget.lang}.${VERSION}.js`, script.src)).then(
      (part) => part.open(widget, opener),
      () => window.open(address("complain")),
    );
  const show = () => {
    // The site's own language is not known before it answers.
    button.textContent = heading[(widget.lang ||= "en")];
    // Once: to append it again would take the focus from it.
    wanted &&= widget.root.append(button);
  };

  sheet.replaceSync(css);
  widget.root.adoptedStyleSheets = [sheet];
  button.ariaHasPopup = "dialog";
  // Beside the body: pages that change without a load put another body in its place.
  document.body.after(host);
  button.dataset.complaintOpen = "";
  button.dir = "auto";
  document.addEventListener("click", (event) => {
    const opener = event.composedPath().find((node) => node.dataset?.complaintOpen != null);
    if (opener) {
      event.preventDefault();
      open(opener);
    }
  });
  window.Answerable = {
    open: () => open(document.activeElement),
    close: () => widget.dialog?.close(),
    prefill: (values) => Object.assign(widget.values, values),
  };
  // After a second the launcher shows although nobody has said yet whether complaints are taken.
  setTimeout(show, 1000);
  widget.ask().then((form) => {
    if (heading[form.language]) widget.lang = form.language;
    host.style = form.style;
    if (form.open) show();
    else {
      wanted = button.remove();
      console.info(`Answerable: no form for ${site}`);
    }
  }, show);
};

document.body ? start() : addEventListener("DOMContentLoaded", start);

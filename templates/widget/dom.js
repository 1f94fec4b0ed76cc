// Elements without markup: no text is ever read as HTML, so no policy has to allow that.

// A function becomes a listener, anything else an attribute.
export const h = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

// Links leave the page where it is.
export const link = (href, text) => h("p", {}, h("a", { href, target: "_blank" }, text));

// What the page may listen to.
export const tell = (name, detail) =>
  document.dispatchEvent(new CustomEvent(`answerable:${name}`, { detail }));

// Two nodes for what changes often: one that is seen, and one whose changes are read out.
export const telling = () => [h("p", { "aria-hidden": true }), h("p", { role: "status", class: "heard" })];

// What is seen when the complaint was taken: reference, promises, where to look later.
import {
  "widget.colon" as colon,
  "widget.copied" as copied,
  "widget.copy" as copy,
  "widget.next" as next,
  "widget.reference" as reference,
  "widget.sent_to" as sentTo,
  "widget.status" as status,
} from "./messages.js";
import { h, link } from "./dom.js";
import { fill } from "./words.js";

const promise = ({ name, due, due_text, why }) =>
  h("li", {}, `${name}${colon} `, h("time", { datetime: due }, due_text), ` (${why})`);

// Others look over shoulders: an address is shown so that only its owner knows it again.
const masked = (email) => email.replace(/^(.).*@/, "$1…@");

export const receipt = (got, email) => {
  const shown = h("bdi", {}, got.reference);
  const click = ({ target }) =>
    navigator.clipboard.writeText(got.reference).then(
      () => (target.textContent = copied),
      // Where that is not allowed, the reference is ready to be copied by hand.
      () => getSelection().selectAllChildren(shown),
    );
  return [
    h("p", {}, reference),
    h(
      "p",
      { class: "reference", role: "status" },
      shown,
      " ",
      h("button", { class: "quiet", click }, copy),
    ),
    h("p", {}, email ? fill(sentTo, { email: masked(email) }) : ""),
    // Who stays anonymous has nothing but this.
    got.keep ? h("div", {}, got.keep, h("p", { class: "reference" }, h("bdi", {}, got.receipt_code))) : "",
    // Only of a complaint it is promised when what happens.
    ...(got.zone_text
      ? [h("h3", {}, next), h("ul", {}, ...got.promises.map(promise)), h("p", {}, got.zone_text)]
      : []),
    link(got.status_url, status),
  ];
};

// What is seen when the complaint was taken: reference, promises, where to look later.
import { h, link } from "./dom.js";
import { fill } from "./words.js";

const promise = ({ name, due, due_text, why }, colon) =>
  h("li", {}, `${name}${colon} `, h("time", { datetime: due }, due_text), ` (${why})`);

// Others look over shoulders: an address is shown so that only its owner knows it again.
const masked = (email) => email.replace(/^(.).*@/, "$1…@");

export const receipt = (got, email, words) => {
  const shown = h("bdi", {}, got.reference);
  const click = ({ target }) =>
    navigator.clipboard.writeText(got.reference).then(
      () => (target.textContent = words.copied),
      // Where that is not allowed, the reference is ready to be copied by hand.
      () => getSelection().selectAllChildren(shown),
    );
  return [
    h("p", {}, words.reference),
    h(
      "p",
      { class: "reference", role: "status" },
      shown,
      " ",
      h("button", { class: "quiet", click }, words.copy),
    ),
    h("p", {}, email ? fill(words.sent_to, { email: masked(email) }) : ""),
    // Who gets no mail has nothing but this, and the link below.
    got.keep ? h("div", {}, got.keep, h("p", { class: "reference" }, h("bdi", {}, got.receipt_code))) : "",
    // Only of a complaint it is promised when what happens.
    ...(got.zone_text
      ? [
          h("h3", {}, words.next),
          h("ul", {}, ...got.promises.map((one) => promise(one, words.colon))),
          h("p", {}, got.zone_text),
        ]
      : []),
    link(got.status_url, words.status),
  ];
};

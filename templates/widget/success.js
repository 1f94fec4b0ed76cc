// What is seen when the complaint was taken: reference, promises, where to look later.
import {
  "widget.copied" as copied,
  "widget.copy" as copy,
  "widget.next" as next,
  "widget.reference" as reference,
  "widget.sent_to" as sentTo,
  "widget.status" as status,
} from "./messages.js";
import { h } from "./dom.js";
import { fill } from "./words.js";

const promise = ({ name, due, due_text, why }) =>
  h("li", {}, `${name}: `, h("time", { datetime: due }, due_text), ` (${why})`);

// Others look over shoulders: an address is shown so that only its owner knows it again.
const masked = (email) => `${email[0]}…${email.slice(email.lastIndexOf("@"))}`;

export const receipt = (got, email) => {
  const said = h("span", { role: "status" });
  const take = async () => {
    await navigator.clipboard.writeText(got.reference);
    said.textContent = copied;
  };
  return [
    h("p", {}, reference),
    h("p", { class: "reference" }, h("bdi", {}, got.reference), " ", h("button", { type: "button", class: "quiet", click: take }, copy), " ", said),
    ...(email ? [h("p", {}, fill(sentTo, { email: masked(email) }))] : []),
    h("h3", {}, next),
    h("ul", {}, ...got.promises.filter(({ due }) => due).map(promise)),
    h("p", {}, h("a", { href: got.status_url, target: "_blank" }, status)),
  ];
};

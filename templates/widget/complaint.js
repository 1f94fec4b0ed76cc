// The form itself: filled in, kept as a draft, checked, sent.
import { "widget.again" as again, "widget.send" as sendIt, "widget.sending" as sending, "widget.taken" as taken } from "./messages.js";
import { h, tell, telling } from "./dom.js";
import { draft } from "./draft.js";
import { fields } from "./fields.js";
import { files } from "./files.js";
import { check, show } from "./problems.js";
import { prover } from "./proof.js";
import { send } from "./sending.js";
import { receipt } from "./success.js";

const SETTLED = 300;

const bodyOf = ({ site, lang }, { name, email, phone, post, consent, ...rest }) => ({
  site,
  language: lang,
  complainant: { name, email, phone, post },
  consent: !!consent,
  ...rest,
});

export const complaint = (widget, terms) => {
  const kept = draft(widget.site);
  const proof = prover(widget, terms.proof_wanted);
  const told = telling();
  const attached = files(widget, terms.files);
  const summary = h("div", { class: "summary", tabindex: -1, hidden: "" });
  const button = h("button", { "aria-disabled": false }, sendIt);
  const form = h("form", { novalidate: "" }, summary, ...fields(widget, terms, attached.nodes), button, ...told.nodes);
  let timer, key;

  const values = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim?.()));
  const put = (given) => {
    for (const control of form.elements) if (given[control.name] && !control.value) control.value = given[control.name];
  };
  const keep = () => {
    const { consent, website, ...rest } = values();
    kept.write({ ...rest, key });
  };
  const entry = () => {
    key ||= crypto.randomUUID();
    keep();
    return { key, body: bodyOf(widget, values()) };
  };
  const state = (text, isBusy) => {
    button.textContent = text;
    button.ariaDisabled = isBusy;
  };

  const succeed = async (got, { email }) => {
    clearTimeout(timer);
    kept.remove();
    widget.title.textContent = taken;
    widget.body.replaceChildren(...receipt(got, email), attached.list);
    widget.title.focus();
    tell("sent", { reference: got.reference });
    await attached.send(got);
    widget.isOver = true;
  };
  // A field that is not known by its name goes into the summary with what is said of it.
  const refuse = ({ errors, detail }) =>
    show(form, summary, Object.fromEntries((errors || [{ pointer: "", detail }]).map((one) => [one.pointer.split("/").pop(), one.detail])));

  const submit = async () => {
    const given = values();
    if (show(form, summary, check(widget.lang, given, terms.limits.description))) return;
    state(sending, true);
    const got = await send(widget, entry, proof, told);
    state(got ? sendIt : again, false);
    if (got?.status < 300) succeed(got.body, given);
    else if (got) refuse(got.body);
  };

  form.addEventListener("input", () => {
    key = undefined;
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
  });
  form.addEventListener("focusin", proof.begin, { once: true });
  form.addEventListener("submit", (event) => event.preventDefault());
  // Only a person's own press sends: a page may call `submit`, but cannot make a trusted click.
  button.addEventListener("click", ({ isTrusted }) => isTrusted && button.ariaDisabled !== "true" && submit());
  const { key: before, ...typed } = kept.read();
  put(typed);
  put(widget.values);
  key = before;
  return form;
};

// The form itself: filled in, kept as a draft, checked, sent.
import { "widget.again" as again, "widget.send" as sendIt, "widget.sending" as sending, "widget.taken" as taken } from "./messages.js";
import { h, tell, telling } from "./dom.js";
import { draft } from "./draft.js";
import { fields } from "./fields.js";
import { files } from "./files.js";
import { check, show } from "./problems.js";
import { prover } from "./proof.js";
import { sent } from "./sending.js";
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
  const input = () => {
    key = 0;
    proof.begin();
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLED);
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
  const send = async () => {
    const given = values();
    if (show(form, summary, check(widget.lang, given, terms.limits.description))) return;
    button.textContent = sending;
    button.ariaDisabled = true;
    const got = await sent(widget, entry, proof, told);
    button.textContent = got ? sendIt : again;
    button.ariaDisabled = false;
    if (got?.status < 300) succeed(got.body, given);
    else if (got) refuse(got.body);
  };
  // Only a person's own press sends: a page may call `submit`, but cannot make a trusted click.
  const click = (event) => {
    event.preventDefault();
    if (event.isTrusted && button.ariaDisabled !== "true") send();
  };

  const summary = h("div", { class: "wrong", tabindex: -1, hidden: "" });
  const button = h("button", { click }, sendIt);
  const submit = (event) => event.preventDefault();
  const form = h("form", { novalidate: "", input, submit }, summary, ...fields(widget, terms, attached.nodes), button, ...told.nodes);
  const { key: before, ...typed } = kept.read();
  put(typed);
  put(widget.values);
  key = before;
  return form;
};

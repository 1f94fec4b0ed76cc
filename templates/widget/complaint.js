// The form itself: filled in, checked, sent, and what was taken.
import { h, tell, telling } from "./dom.js";
import { fields } from "./fields.js";
import { files } from "./files.js";
import { check, named, show } from "./problems.js";
import { prover } from "./proof.js";
import { sent } from "./sending.js";
import { receipt } from "./success.js";
import { typing } from "./typing.js";

export const complaint = (widget, terms) => {
  const { words } = terms;
  const proof = prover(widget, terms.proof_wanted);
  const told = telling();
  const attached = files(widget, terms.files);

  const succeed = async (got, { email }) => {
    typed.forget();
    widget.title.textContent = got.title;
    widget.body.replaceChildren(...receipt(got, email, words), attached.list);
    widget.title.focus();
    tell("sent", { reference: got.reference });
    await attached.send(got);
    widget.isOver = true;
  };
  const judged = () => check(widget.lang, typed.values(), terms.limits.description, terms.wrong);
  const say = (wrong) => show(form, summary, wrong, judged, terms);
  const send = async () => {
    const values = typed.values();
    if (say(judged())) return;
    button.textContent = words.sending;
    button.ariaDisabled = true;
    const got = await sent(widget, typed.entry, proof, told);
    button.textContent = got ? words.send : words.again;
    button.ariaDisabled = false;
    if (got?.status < 300) succeed(got.body, values);
    else if (got) say(named(got.body));
  };
  // Only a person's own press sends: a page may call `submit`, but cannot make a trusted click.
  const click = (event) => {
    event.preventDefault();
    if (event.isTrusted && button.ariaDisabled !== "true") send();
  };

  const summary = h("div", { class: "wrong", tabindex: -1, hidden: "" });
  const button = h("button", { type: "submit", click }, words.send);
  const submit = (event) => event.preventDefault();
  const form = h(
    "form",
    { novalidate: "", input: proof.begin, submit },
    summary,
    ...fields(widget, terms, attached.nodes),
    button,
    ...told,
  );
  const typed = typing(widget, form);
  return form;
};

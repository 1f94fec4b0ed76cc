"""The forms of a case that a person may use now, and why the others do not go."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from complaints.casework.command import Group
from complaints.casework.outcome.points import AnswerPoint
from complaints.casework.process.investigation import Find
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.errors import NotNow, Refusal
from functions.desk.case.command_forms.examination_parts import PointForms, named_apart
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.command_forms.forms import CommandForm, forms_of, label_text
from functions.desk.case.view_model import CaseView
from functions.forms.inputs import FailedForm
from functions.forms.to_json import filled_rows

GROUPS: dict[Group, tuple[str, ...]] = {
    group: tuple(
        declared.command.verb
        for declared in sorted(STAFF_COMMANDS.values(), key=lambda each: each.place)
        if declared.group is group
    )
    for group in Group
}
"""The verbs of each group of forms, in the order of the page."""

ON_THE_PAGE = ("message", "note")
"""What has its form on the page of every case; all but these and the next step have pages of their own."""


class CaseForms(NamedTuple):
    """What a person may do on a case: the forms of what is `next` and of what is always `at_hand`, and the
    verbs of all `others` by group. Those of an `examination` make one form, with the `points` that are open,
    in place of what is next.
    `has_failed` says whether a form shows what was typed."""

    next: tuple[CommandForm, ...]
    examination: tuple[CommandForm, ...]
    points: tuple[PointForms, ...]
    at_hand: dict[str, CommandForm]
    others: tuple[tuple[Group, tuple[str, ...]], ...]
    has_failed: bool


class KeptForm(NamedTuple):
    """A form that is gone, and what was typed in it: each label with the words of its value."""

    verb: str
    said: tuple[tuple[str, str], ...]


def forms(
    seen: CaseView, failed: FailedForm | None = None, examined: Mapping[str, FailedForm] | None = None
) -> CaseForms:
    """The forms of what this person may do now; one that failed stands where the next step does. `examined`
    is what was typed in the form of an examination."""
    allowed = seen.view.allowed_commands
    has_failed = failed is not None and failed.verb in allowed
    examination = () if has_failed else seen.examination
    next = () if examination else _next_verbs(seen)
    if failed and has_failed and failed.verb not in (*next, *ON_THE_PAGE):
        next = (failed.verb,)
    at_hand = [verb for verb in ON_THE_PAGE if verb in allowed and verb not in next]
    left = {*allowed} - {*next, *at_hand}
    grouped = ((group, tuple(verb for verb in verbs if verb in left)) for group, verbs in GROUPS.items())
    parts = examined or {}
    return CaseForms(
        next=forms_of(next, seen.options, failed),
        at_hand=dict(zip(at_hand, forms_of(at_hand, seen.options, failed), strict=True)),
        others=tuple((group, verbs) for group, verbs in grouped if verbs),
        examination=tuple(
            form for verb in examination for form in forms_of([verb], seen.options, parts.get(verb))
        ),
        points=tuple(_forms_of_points(seen, parts)) if examination else (),
        has_failed=has_failed or bool(examined and examination),
    )


def _forms_of_points(seen: CaseView, examined: Mapping[str, FailedForm]) -> Iterator[PointForms]:
    for point in seen.open_points:
        answer, finding = (
            named_apart(form, point)
            for verb in (AnswerPoint.verb, Find.verb)
            for form in forms_of([verb], seen.options, examined.get(f"{verb}-{point}"))
        )
        yield PointForms(point, answer, finding)


def kept(seen: CaseView, failed: Iterable[FailedForm], usual: Mapping[str, str]) -> Iterator[KeptForm]:
    """What was typed in forms that are gone; not what stood there already, some of which is `usual`."""
    for each in failed:
        [form] = forms_of((each.verb,), seen.options, each)
        [empty] = forms_of((each.verb,), seen.options)
        stood = {**usual, **{input.name: input.value for input in empty.asked.inputs if input.value}}
        lists = [field for field in fields_of(each.verb) if field.parts]
        rows = {row for field in lists for row in filled_rows(field, each.typed)}
        inputs = [input for input in form.asked.inputs if input.value != stood.get(input.name, "")]
        inputs += [input for row in sorted(rows) for input in form.asked.rows[row] if input.value]
        at_site = seen.options.teller.at_site
        said = tuple(
            (
                label_text(at_site, each.verb, input.name),
                dict(input.options or ()).get(input.value, input.value),
            )
            for input in inputs
        )
        if said:
            yield KeptForm(each.verb, said)


def _next_verbs(seen: CaseView) -> tuple[str, ...]:
    """The commands of the next step that have a form: whoever approves a decision can send it back instead.

    To take a case or to say that a call was made needs but a button, and the letter with the decision is seen
    on a page of its own.
    """
    first = seen.next.verb
    if first in (None, "respond", "complete") or seen.can_take:
        return ()
    return (first, "return") if first == "approve" else (first,)


def not_now(seen: CaseView) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What this person may do at other times, by the msgid of why not now."""
    reasons: dict[str, list[str]] = {}
    for verbs in GROUPS.values():
        for verb in verbs:
            if verb in seen.refused:
                reasons.setdefault(why_not(seen.refused[verb]), []).append(verb)
    return tuple((why, tuple(verbs)) for why, verbs in reasons.items())


def why_not(refusal: Refusal) -> str:
    """The msgid of the rule of a refusal."""
    if not isinstance(refusal, NotNow):
        return f"api.problem.{refusal.code}.detail"
    return "case.not_now.stage" if refusal.rule == NotNow.rule else f"api.rule.{refusal.rule}"

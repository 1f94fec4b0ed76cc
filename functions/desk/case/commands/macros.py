"""Macros on a case: the list, the preview with its texts, and the run.

A macro runs as its steps, each sent like any other command: with the rights of whoever runs it, a version, a
key and a fact of its own. The first that is refused ends it, and the page says what was done and not.
"""

import secrets
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.handling.macros import PlannedStep
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.errors import Invalid, NotFound, Refusal, Stale
from functions.desk.case.case_forms import why_not
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.command_forms.forms import label_text
from functions.desk.case.command_forms.macro_inputs import value_in_words
from functions.desk.case.commands import case_macros
from functions.desk.case.commands.case_macros import OfferedMacro, OfferedStep
from functions.desk.case.next_case import DONE
from functions.desk.case.page import sheet
from functions.desk.case.wording.event_wording import SiteWording
from functions.desk.queue.queue_place import queue_place
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_command import kind_of, run_command

DO = "do"
"""What the button of the preview asks for."""

BESIDE = ("texts", "note")


class StepShown(NamedTuple):
    """A step as a page shows it: the texts that can be changed under the names of their inputs, what else it
    says, and the msgid of why it would be, or was, refused."""

    verb: str
    texts: tuple[tuple[str, str, str], ...]
    values: tuple[tuple[str, str], ...]
    is_done: bool = False
    refused: str | None = None
    follows: bool = False


class StepResult(NamedTuple):
    """What became of a step when a macro ran: it is done, it was refused, or it was not tried."""

    is_done: bool = False
    refusal: Refusal | None = None


@desk_page
def show_all(visit: Visit, reference: str) -> Response:
    """The macros that I may run on a case."""
    at = _at(visit, reference)
    macros = case_macros.macros_of(visit.deps, at, visit.language)
    return sheet(visit, "case-macros.html", at, below="/macros", macros=macros)


@desk_page
def show(visit: Visit, reference: str, macro: str) -> Response:
    """What a macro would do on a case, step by step."""
    at = _at(visit, reference)
    return _preview(visit, at, case_macros.macro_named(visit.deps, at, visit.language, macro))


@desk_page
def run(visit: Visit, reference: str, macro: str) -> Response:
    """Runs a macro as it was looked at, with its texts as they were sent."""
    form = form_of_request(visit.request, MOST_FIELDS)
    at = _at(visit, reference)
    found = case_macros.macro_named(visit.deps, at, visit.language, macro)
    steps = [_with_words(step, place, form) for place, step in enumerate(found.steps)]
    looked_at = found.steps and form.get("macro") == str(found.version)
    if form.get("step") != DO or not looked_at:
        shown = found if not looked_at else _replaced(found, steps)
        return _preview(visit, at, shown, is_changed=not looked_at)
    version = as_json(visit.request, "", {}, form).version()
    results = list(_results(visit, reference, steps, version, form.get("once", "")))
    refusal = next((each.refusal for each in results if each.refusal), None)
    if refusal is None:
        return _led_on(visit, reference, steps[-1].verb)
    visit.request.note(problem=refusal.code)
    return sheet(
        visit,
        "case-macro.html",
        _at(visit, reference),
        below=f"/macros/{quote(macro, safe='')}",
        status=status_of(refusal),
        macro=found,
        ran=True,
        steps=[
            _shown(visit.deps, at, visit.language, step, place, result.refusal, is_done=result.is_done)
            for place, (step, result) in enumerate(zip(steps, results, strict=True))
        ],
    )


def _led_on(visit: Visit, reference: str, verb: str) -> Response:
    """To the page of the case, or to the queue where the member may not see the case any more."""
    path, query = f"/desk/cases/{auth.reference_in(reference)}", {**queue_place(visit.request), DONE: verb}
    try:
        _at(visit, reference)
    except NotFound:
        path, query = "/desk", {}
    address = link(visit.deps.settings, path, query)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _results(
    visit: Visit,
    reference: str,
    steps: list[OfferedStep],
    version: int,
    once: str,
) -> Iterator[StepResult]:
    """Sends each step as a command on what the one before it left; from the first refusal on, none is sent.

    `version` is the one of the case that was looked at, `once` what makes it the same run again.
    """
    is_refused = False
    for place, step in enumerate(steps):
        if is_refused:
            yield StepResult()
            continue
        try:
            version = _sent(visit, reference, step, version, f"{once}-{place}")
        except Refusal as refusal:
            is_refused = True
            yield StepResult(refusal=refusal)
        else:
            yield StepResult(is_done=True)


def _sent(visit: Visit, reference: str, step: OfferedStep, version: int, once: str) -> int:
    """The version of the case after a step, which is sent as its command is. Raises a `Refusal`."""
    sent = as_json(visit.request, step.verb, step.body, {"version": str(version), "once": once})
    found = auth.claims(visit, step.verb)
    command = read(kind_of(step.verb), sent.body)
    at = open_case(visit._replace(request=sent), reference, step.verb, found, command)
    result = run_command(visit, at, command, version)
    # What was done before under the same key was one version then, whatever others did since.
    return version + 1 if result.replayed else result.case.complaint.version


def _preview(
    visit: Visit,
    at: CaseAccess,
    macro: OfferedMacro,
    *,
    is_changed: bool = False,
) -> Response:
    """What each step would do, in its order; `is_changed` says that the macro is not the one looked at."""
    plan = _planned(visit.deps, at, macro.steps)
    return sheet(
        visit,
        "case-macro.html",
        at,
        below=f"/macros/{quote(macro.code, safe='')}",
        status=412 if is_changed else 200,
        macro=macro,
        ran=False,
        is_changed=is_changed,
        is_refused=any(each.refusal for each in plan),
        once=secrets.token_urlsafe(12),
        steps=[
            _shown(visit.deps, at, visit.language, step, place, each.refusal, follows=bool(each.facts))
            for place, (step, each) in enumerate(zip(macro.steps, plan, strict=True))
        ],
    )


def _planned(deps: Container, at: CaseAccess, steps: list[OfferedStep]) -> list[PlannedStep]:
    """A step whose words are missing here is refused like any other."""
    for place, step in enumerate(steps):
        try:
            read(kind_of(step.verb), step.body)
        except Invalid as refusal:
            before = case_macros.planned(deps, at, steps[:place])
            is_refused = any(each.refusal for each in before)
            here = PlannedStep() if is_refused else PlannedStep(refusal=refusal)
            return [*before, here, *(PlannedStep() for _ in steps[place + 1 :])]
    return case_macros.planned(deps, at, steps)


def _shown(
    deps: Container,
    at: CaseAccess,
    language: str,
    step: OfferedStep,
    place: int,
    refusal: Refusal | None,
    *,
    is_done: bool = False,
    follows: bool = False,
) -> StepShown:
    words = SiteWording(deps.catalogues, language, deps.sites.terms(at.case.complaint.site).site)
    texts = STAFF_COMMANDS[step.verb].texts
    members = deps.members.known(deps.now())
    return StepShown(
        verb=step.verb,
        texts=tuple(
            (_name(place, field), label_text(words, step.verb, field), str(step.body.get(field, "")))
            for field in texts
            if field in step.body or field in _required(step.verb)
        ),
        values=tuple(
            value_in_words(words, step.verb, field, value, members)
            for field, value in step.body.items()
            if field not in texts and field not in BESIDE
        ),
        is_done=is_done,
        refused=_why(refusal) if refusal else None,
        follows=follows,
    )


def _why(refusal: Refusal) -> str:
    """The msgid of why a step is refused."""
    if isinstance(refusal, Stale):
        return "case.stale"
    return "standard.macro.words_missing" if isinstance(refusal, Invalid) else why_not(refusal)


def _required(verb: str) -> frozenset[str]:
    return frozenset(each.name for each in fields_of(verb) if each.required)


def _with_words(step: OfferedStep, place: int, form: FormData) -> OfferedStep:
    """The step with the texts of the form, as they were looked at and changed."""
    texts = {
        field: form[_name(place, field)]
        for field in STAFF_COMMANDS[step.verb].texts
        if _name(place, field) in form
    }
    return OfferedStep(verb=step.verb, body=step.body | texts)


def _replaced(macro: OfferedMacro, steps: list[OfferedStep]) -> OfferedMacro:
    return OfferedMacro(code=macro.code, title=macro.title, version=macro.version, steps=steps)


def _name(place: int, field: str) -> str:
    """The name of the input of a text."""
    return f"{place}.{field}"


def _at(visit: Visit, reference: str) -> CaseAccess:
    return open_case(visit, reference, "read_case", auth.claims(visit, "read_case"))

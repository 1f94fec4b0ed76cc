"""A case assessed, classified, looked into and decided in one form: each is still a command of its own."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.casework.outcome.decision import Decide
from complaints.values.errors import Invalid, NotNow, Refusal, Stale
from complaints.values.people import Member
from functions.desk.case.answer import BELOW
from functions.desk.case.command_forms import live_letter
from functions.desk.case.command_forms.examination_parts import Part, asked_in, failed_parts, parts_in
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.command_forms.live_letter import LIVE
from functions.desk.case.commands import standard_texts
from functions.desk.case.commands.command import BACK, form_errors, seen_now
from functions.desk.case.next_case import DONE
from functions.desk.case.page import case_page
from functions.desk.case.wording.timeline import since
from functions.desk.queue.queue_place import queue_place
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.input_errors import input_errors
from functions.forms.inputs import FormError
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_command import run_command
from functions.use_cases.cases.case_view import HISTORY
from functions.use_cases.cases.letter_preview import PreviewedLetter, answer_after

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


LETTER, PREVIEW = "letter", "preview"
"""What buttons ask for: to go on to the letter, and to see it before anything is done."""


class Asked(NamedTuple):
    """A command that a form asks for, as a call in JSON, and the part of the form that says it."""

    part: Part
    call: Request


class Progress(NamedTuple):
    """How far the commands came: the verbs of those that are `done`, and which `version` the case has since;
    then either the case as it is `after` them and who sent them, or what was `refused` and why."""

    done: list[str]
    version: int
    after: Complaint | None = None
    member: Member | None = None
    refused: Mapping[Part, Refusal] = {}


@desk_page
def carry_out(visit: Visit, reference: str) -> Response:
    """Carries out one command after the other, and leads to the letter, or back to the case.

    Nothing is done where the form is wrong. Where the case refuses one, those before it stay done: the page
    says which, and keeps all that was typed.
    """
    form = form_of_request(visit.request, MOST_FIELDS)
    if form.get("step") == standard_texts.CHOOSE:
        at = open_case(visit, reference, "read_case", auth.claims(visit, "read_case"))
        fields = {name: each for part in parts_in(form) for name, each in part.hidden(form).items()}
        return standard_texts.list_page(visit, at, Decide.verb, form, "/examination", fields)
    zone = visit.deps.sites.terms(form.get("site", "")).zone
    if form.get("step") == LIVE:
        at = open_case(visit, reference, Decide.verb, auth.claims(visit, Decide.verb), last=HISTORY)
        preview = partial(_answer, visit.deps, at, form, zone)
        return live_letter.fragment(visit.deps, visit.language, at, Decide.verb, form, preview)
    if form.get("step") in (BACK, PREVIEW) or standard_texts.INSERT in form:
        return _again(visit, reference, form, zone)
    asked = [
        Asked(part, as_json(visit.request, part.kind.verb, part.body(form, zone), form))
        for part in asked_in(form, decides=form.get("step") == LETTER)
    ]
    version = as_json(visit.request, "", {}, form).version()
    unreadable = {each.part: why for each in asked if (why := _unreadable(each))}
    progress = (
        Progress([], version, refused=unreadable)
        if unreadable
        else carried_out(visit, reference, asked, version)
    )
    if progress.refused:
        return _refused(visit, reference, form, progress)
    return _led_on(visit, auth.reference_in(reference), form, progress)


def _answer(deps: Container, at: CaseAccess, form: FormData, zone: tzinfo) -> list[PreviewedLetter]:
    """The letter with the decision that the form asks for. Raises `Invalid`, `NotNow`."""
    return answer_after(deps, at, (read(part.kind, part.body(form, zone)) for part in asked_in(form)))


def _again(visit: Visit, reference: str, form: FormData, zone: tzinfo) -> Response:
    """The page with all that was typed, and the standard text that was chosen after it, or the letter that it
    makes."""
    seen, version = seen_now(visit, reference), as_json(visit.request, "", {}, form).version()
    examined = failed_parts(form, version, {})
    decided = examined[Decide.verb]
    if code := form.get(standard_texts.INSERT):
        filled = standard_texts.with_text(
            visit.deps, visit.language, seen.at, Decide.verb, decided.typed, code
        )
        examined[Decide.verb] = decided._replace(typed=filled)
    letters: list[PreviewedLetter] = []
    if form.get("step") == PREVIEW:
        with suppress(Invalid, NotNow):
            letters = _answer(visit.deps, seen.at, form, zone)
    return case_page(visit, seen, examined=examined, letters=letters)


def _unreadable(asked: Asked) -> Invalid | None:
    try:
        read(asked.part.kind, asked.call.body)
    except Invalid as wrong:
        return wrong
    return None


def carried_out(visit: Visit, reference: str, asked: Iterable[Asked], version: int) -> Progress:
    """Each command on the version that the one before it made, until the case refuses one."""
    progress = Progress([], version)
    for part, call in asked:
        kind = part.kind
        try:
            command = read(kind, call.body)
            found = auth.claims(visit, kind.verb)
            at = open_case(visit._replace(request=call), reference, kind.verb, found, command)
            result = run_command(visit, at, command, progress.version)
        except (Invalid, NotNow, Stale) as refusal:
            return progress._replace(refused={part: refusal})
        after = result.case.complaint
        # What was done before under the same key was one version then, whatever others did since.
        known = progress.version + 1 if result.replayed else after.version
        progress = Progress([*progress.done, kind.verb], known, after, at.member)
    return progress


def partly_done(catalogues: "Catalogues", language: str, progress: Progress) -> Iterator[FormError]:
    """What was done before a command was refused, and what was not, if anything was done."""
    if progress.done:
        left = [part.kind.verb for part in progress.refused]
        done, left_over = (
            ", ".join(catalogues.text(language, f"case.do.{verb}") for verb in dict.fromkeys(verbs))
            for verbs in (progress.done, left)
        )
        yield FormError(None, "case.examination.partly", {"done": done, "left": left_over})


def _led_on(visit: Visit, reference: str, form: FormData, progress: Progress) -> Response:
    """To the letter where that was asked for and can leave, else to the page of the case."""
    path, query = f"/desk/cases/{reference}", dict(queue_place(visit.request))
    after, member = progress.after, progress.member
    if after and member and not auth.sees(visit.deps.sites, member, after):
        path, query = "/desk", {}
    elif after and after.decision and not after.decision.awaits_approval and form.get("step") == LETTER:
        path += BELOW
    elif progress.done:
        query |= {DONE: progress.done[-1]}
    headers = KEPT_BY_NOBODY | {"Location": link(visit.deps.settings, path, query)}
    return Response(body="", status_code=303, headers=headers)


def _refused(
    visit: Visit,
    reference: str,
    form: FormData,
    progress: Progress,
) -> Response:
    """The page again with all that was typed, what was done, and what is wrong with the rest."""
    seen = seen_now(visit, reference)
    say = partial(visit.deps.catalogues.text, visit.language)
    errors, changed, version = (
        list(partly_done(visit.deps.catalogues, visit.language, progress)),
        [],
        progress.version,
    )
    wrong = {
        part.shown.name: input_errors(fields_of(part.kind.verb), refusal, part.of(form), say)
        for part, refusal in progress.refused.items()
    }
    examined = failed_parts(form, version, wrong)
    for part, refusal in progress.refused.items():
        failed = examined[part.shown.name]
        errors += form_errors(
            visit.deps.catalogues, visit.language, seen, failed, refusal, is_shown=True, within=part.within
        )
        if isinstance(refusal, Stale):
            changed = since(seen.happened, refusal.version - version)
            examined = {name: each._replace(version=refusal.version) for name, each in examined.items()}
    visit.request.note(problem=next(iter(progress.refused.values())).code)
    return case_page(
        visit,
        seen,
        status=status_of(next(iter(progress.refused.values()))),
        examined=examined,
        errors=errors,
        changed=changed,
    )

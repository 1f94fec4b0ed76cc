"""Handles a command that a form sends: carried out, asked about once more, or refused with all words kept."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.casework.command import StaffCommand
from complaints.casework.correspondence.messages import Note
from complaints.context.ports import Claims
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.errors import Invalid, NotNow, Refusal, Stale
from complaints.values.people import Member
from functions.desk.case.case_forms import why_not
from functions.desk.case.command_forms import live_letter
from functions.desk.case.command_forms.fields import body, fields_of, hidden, typed
from functions.desk.case.command_forms.forms import label_text
from functions.desk.case.command_forms.live_letter import LIVE
from functions.desk.case.commands import standard_texts
from functions.desk.case.letters.sending import Sending, sending_of
from functions.desk.case.next_case import DONE
from functions.desk.case.page import case_page, sheet
from functions.desk.case.suggested_command import call_to_make
from functions.desk.case.view_model import CaseView, colleagues, teller_of, view_of_case
from functions.desk.case.wording.timeline import since
from functions.desk.queue.queue_place import queue_place
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.fields import FormField
from functions.forms.input_errors import input_errors
from functions.forms.inputs import FailedForm, FormError, wrong_at
from functions.forms.own_fields import own_fields
from functions.forms.to_json import as_json
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.request import Request
from functions.http.responses import status_of
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.use_cases.cases import letter_preview
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_command import CommandResult, kind_of, run_command
from functions.use_cases.cases.case_view import HISTORY, case_context
from functions.use_cases.cases.letter_preview import PreviewedLetter

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


AT_ONCE = 3
"""How many colleagues may be quicker than a note."""

DO, NEXT, BACK = "do", "next", "back"
"""What the buttons of that page ask for: carry it out and stay, or go on to the next case; or change it."""


class CommandForm(NamedTuple):
    """What a form asks for, of whom (`found`), and which `version` of the case the person looked at.

    `own` are the own fields of the site that the form was made for.
    """

    reference: str
    verb: str
    form: FormData
    version: int
    request: Request
    found: Claims
    own: tuple[FormField, ...]

    @property
    def failed(self) -> FailedForm:
        """All that was typed, for the page again."""
        return FailedForm(self.verb, typed(self.verb, self.form, self.own), {}, self.version)


@desk_page
def carry_out(visit: Visit, reference: str, verb: str) -> Response:
    """Carries out what a form asks for, and leads back to the page of the case."""
    kind_of(verb)
    found = auth.claims(visit, verb)
    form = form_of_request(visit.request, MOST_FIELDS)
    terms = visit.deps.sites.terms(form.get("site", ""))
    own = own_fields(terms.site)
    # The same command as JSON. Times are those of the site that the form was made for.
    command = as_json(visit.request, verb, body(verb, form, terms.zone, own), form)
    asked = CommandForm(reference, verb, form, command.version(), command, found, own)
    if form.get("step") == standard_texts.CHOOSE:
        at = open_case(visit, reference, "read_case", auth.claims(visit, "read_case"))
        return standard_texts.list_page(visit, at, verb, form)
    if form.get("step") == LIVE:
        return _live(visit.deps, visit.language, asked)
    if code := form.get(standard_texts.INSERT):
        seen = seen_now(visit, reference)
        filled = standard_texts.with_text(visit.deps, visit.language, seen.at, verb, asked.failed.typed, code)
        return case_page(visit, seen, failed=asked.failed._replace(typed=filled))
    if form.get("step") == BACK:
        return case_page(visit, seen_now(visit, reference), failed=asked.failed)
    try:
        return _answered(visit, asked)
    except (Invalid, NotNow, Stale) as refusal:
        wrong = input_errors(
            fields_of(verb, own), refusal, form, partial(visit.deps.catalogues.text, visit.language)
        )
        return _refused(
            visit,
            seen_now(visit, reference),
            asked.failed._replace(wrong=wrong),
            refusal,
        )


def _live(deps: Container, language: str, asked: CommandForm) -> Response:
    """The letters of a form as it stands."""
    at = open_case(Visit(deps, asked.request), asked.reference, asked.verb, asked.found, last=HISTORY)

    def foreseen() -> list[PreviewedLetter]:
        return letter_preview.letters_after(deps, at, [read(kind_of(asked.verb), asked.request.body)])

    return live_letter.fragment(deps, language, at, asked.verb, asked.form, foreseen)


def _answered(visit: Visit, asked: CommandForm) -> Response:
    command = read(kind_of(asked.verb), asked.request.body)
    at = open_case(visit._replace(request=asked.request), asked.reference, asked.verb, asked.found, command)
    if not at.was_done and asked.form.get("step") not in (DO, NEXT) and not isinstance(command, Note):
        letters = letter_preview.letters(visit.deps, at, command, asked.version)
        if letters or STAFF_COMMANDS[asked.verb].asked_twice:
            return _ask(visit, at, asked, letters)
    done = _carried_out(visit, at, asked, command)
    return led_on(visit, at.member, done.case.complaint, asked.verb, asked.form.get("step"))


def led_on(visit: Visit, member: Member, after: Complaint, done: str, step: str | None) -> Response:
    """To the case after what was `done`, or the next one where nobody is to be called first; to the queue
    where the member sees it no more."""
    is_seen = auth.sees(visit.deps.sites, member, after)
    page = f"/desk/cases/{after.reference}" if is_seen else "/desk"
    if is_seen and step == NEXT and call_to_make(after) is None:
        page += "/next"
    query = {DONE: done, **queue_place(visit.request)} if is_seen else {}
    address = link(visit.deps.settings, page, query)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _carried_out(visit: Visit, at: CaseAccess, asked: CommandForm, command: StaffCommand) -> CommandResult:
    """The command on the version that was looked at. No change makes a note wrong: it is written to the case
    as it is by then, also where a colleague is quicker."""
    if not isinstance(command, Note):
        return run_command(visit, at, command, asked.version)
    for _ in range(AT_ONCE):
        try:
            return run_command(visit, at, command, at.case.complaint.version)
        except Stale:
            at = open_case(
                visit._replace(request=asked.request), asked.reference, asked.verb, asked.found, command
            )
    return run_command(visit, at, command, at.case.complaint.version)


def seen_now(visit: Visit, reference: str) -> CaseView:
    return view_of_case(
        visit.deps,
        visit.language,
        open_case(visit, reference, "read_case", auth.claims(visit, "read_case"), last=HISTORY),
    )


def _ask(
    visit: Visit,
    at: CaseAccess,
    asked: CommandForm,
    letters: list[PreviewedLetter],
) -> Response:
    """What follows from it, and each letter as it will arrive."""
    return sheet(
        visit,
        "sure.html",
        at,
        verb=asked.verb,
        letters=letters,
        is_final=STAFF_COMMANDS[asked.verb].asked_twice,
        sending=_sending(visit.deps, visit.language, at, asked.verb),
        fields=hidden(asked.verb, asked.form, asked.own),
    )


def _sending(deps: Container, language: str, at: CaseAccess, verb: str) -> Sending:
    teller = teller_of(deps, at.case, colleagues(deps.members, deps.now(), at), language)
    return sending_of(verb, teller, case_context(deps, at.case, at.by))


def _refused(
    visit: Visit,
    seen: CaseView,
    failed: FailedForm,
    refusal: Refusal,
) -> Response:
    """The page again with all that was typed, as the case is now, and what is wrong."""
    visit.request.note(problem=refusal.code)
    changed = []
    if isinstance(refusal, Stale):
        changed = since(seen.happened, refusal.version - failed.version)
        failed = failed._replace(version=refusal.version)
    return case_page(
        visit,
        seen,
        status=status_of(refusal),
        failed=failed,
        errors=list(
            form_errors(
                visit.deps.catalogues,
                visit.language,
                seen,
                failed,
                refusal,
                is_shown=failed.verb in seen.view.allowed_commands,
            )
        ),
        changed=changed,
    )


def form_errors(
    catalogues: "Catalogues",
    language: str,
    seen: CaseView,
    failed: FailedForm,
    refusal: Refusal,
    *,
    is_shown: bool,
    within: str = "",
) -> Iterator[FormError]:
    """What the box on top says, with the inputs that it leads to where the form is shown; `within` a form it
    has names of their own."""
    if isinstance(refusal, NotNow):
        yield FormError(None, why_not(refusal))
    if isinstance(refusal, Stale):
        yield FormError(None, "case.stale")
    for name, what in failed.wrong.items():
        label = (
            label_text(seen.options.teller.at_site, failed.verb, name)
            if name
            else catalogues.text(language, f"case.do.{failed.verb}")
        )
        field = f"{failed.verb}-{within}{name}" if name and is_shown else None
        yield wrong_at(field, label, what)

"""Handlers that show a case to staff: its page, its chain, its letters and its files."""

import secrets

from chalice.app import Response

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.casework.outcome.decision import Decide
from complaints.casework.outcome.points import AnswerPoint
from complaints.casework.people.vulnerability import told_to
from complaints.casework.record.case_file import PrepareCaseFile
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.values.casework.access_log import AccessKind
from complaints.values.people import Actor
from functions.desk.case import next_case
from functions.desk.case.command_forms.forms import forms_of
from functions.desk.case.letters import case_letters
from functions.desk.case.page import case_page, sheet
from functions.desk.case.view_model import colleagues, teller_of, view_of_case
from functions.desk.case.wording.event_wording import EventWording
from functions.desk.case.wording.text_lines import TextLine
from functions.desk.case.wording.timeline import TimelineEntry, happened_in
from functions.desk.intake.intake import RECEIVE
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.http import auth
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.serializers.desk.audit import audit_view
from functions.use_cases.cases.case_access import CaseAccess, open_case
from functions.use_cases.cases.case_command import kind_of
from functions.use_cases.cases.case_view import HISTORY
from functions.use_cases.correspondence.printed_letters import enclosure_address, printed
from functions.use_cases.files import attachments

DONE = (*STAFF_COMMANDS, RECEIVE)
"""What a page may be led back from."""

DECIDING = (Decide.verb, AnswerPoint.verb)
"""Whose forms show what was sought."""


@desk_page
def show(visit: Visit, reference: str) -> Response:
    """The page of a case."""
    done, before = visit.request.query.get(next_case.DONE), visit.request.query.get(next_case.AT)
    return case_page(
        visit,
        view_of_case(visit.deps, visit.language, _at(visit, reference, last=HISTORY)),
        done=done if done in DONE else None,
        done_at=auth.reference_in(before) if before else None,
    )


@desk_page
def show_form(visit: Visit, reference: str, verb: str) -> Response:
    """The form of a command as a page of its own, or the page that is more than a form.

    Raises `NotNow` where the command is not possible.
    """
    kind_of(verb)
    if verb == PrepareCaseFile.verb:
        address = link(visit.deps.settings, f"/desk/cases/{reference}/case-file", {})
        return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})
    seen = view_of_case(visit.deps, visit.language, _at(visit, reference, verb))
    if verb not in seen.view.allowed_commands:
        raise seen.refused[verb]
    return sheet(
        visit,
        "command.html",
        seen.at,
        below=f"/forms/{verb}",
        form=forms_of([verb], seen.options)[0],
        sought=seen.received.remedy_sought if seen.received and verb in DECIDING else None,
        once=secrets.token_urlsafe(12),
    )


@desk_page
def show_audit(visit: Visit, reference: str) -> Response:
    """The chain of a case: what, who, when, and whether it verifies."""
    at = _at(visit, reference, "read_audit", reads=AccessKind.AUDIT)
    found = audit_view(visit.deps.cases, at.case)
    teller = teller_of(
        visit.deps, at.case, colleagues(visit.deps.members, visit.deps.now(), at), visit.language
    )
    entries = [
        (entry.number, hash_chain.hash_of(entry.data), _timeline_entry(entry, teller, at.by))
        for entry in found.stored
    ]
    return sheet(visit, "audit.html", at, below="/audit", flaws=found.flaws, entries=entries)


@desk_page
def list_letters(visit: Visit, reference: str) -> Response:
    """All letters of a case, with what became of each."""
    at = _at(visit, reference, reads=AccessKind.LETTERS)
    return sheet(
        visit,
        "letters.html",
        at,
        below="/letters",
        letters=case_letters.of_case(visit.deps, at.case, at.member),
    )


@desk_page
def show_letter(visit: Visit, reference: str, letter: str) -> Response:
    """One letter as a page to print."""
    return printed(visit.deps, _at(visit, reference, reads=AccessKind.LETTERS).case, letter)


@desk_page
def fetch_enclosure(visit: Visit, reference: str, letter: str, place: str) -> Response:
    """Leads to a file that goes with a letter, to print it with one on paper."""
    at = _at(visit, reference, reads=AccessKind.FILE)
    address = enclosure_address(visit.deps, at.case, letter, place)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


@desk_page
def fetch_file(visit: Visit, reference: str, attachment: str) -> Response:
    """Leads to a file of the case, as a download."""
    at = _at(visit, reference, reads=AccessKind.FILE)
    file = attachments.download_of(visit.deps, at.case, attachment, at.member)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": file.url})


def _at(
    visit: Visit,
    reference: str,
    action: str = "read_case",
    last: int = 0,
    reads: AccessKind = AccessKind.CASE,
) -> CaseAccess:
    claims = auth.claims(visit, action)
    return open_case(visit, reference, action, claims, last=last, reads=reads)


def _timeline_entry(entry: StoredEntry, teller: EventWording, by: Actor) -> TimelineEntry | None:
    """What an entry says without the words of anybody; nothing for one that cannot be read.

    Of what is not told to somebody (`casework/people/vulnerability.py`) it says that there is something.
    """
    try:
        facts = hash_chain.decode(entry.data).facts
    except ValueError:
        return None
    sealed = [hash_chain.opened(fact, place, {}) for place, fact in enumerate(facts)]
    whole = happened_in(entry.number, sealed, teller)
    visible = [bool(told_to(by, [(entry.number, fact)])) for fact in sealed]
    return whole._replace(
        lines=[
            each if is_visible else each._replace(line=TextLine("untold"))
            for each, is_visible in zip(whole.lines, visible, strict=True)
        ]
    )

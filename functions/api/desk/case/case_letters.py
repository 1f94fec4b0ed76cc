"""The letters of a case at the desk: which there are, and each as a page that can be printed."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from chalice.app import Response
from msgspec import UNSET, Struct, UnsetType

from complaints.adapters.container import Container
from complaints.case.correspondence.letter import MAILS, Letter
from complaints.case.record.attachments import FileType
from complaints.context.case import Case
from complaints.delivery.delivery_state import DeliveryState
from complaints.values.casework.access_log import AccessKind
from complaints.values.errors import NotFound
from complaints.values.people import Member
from functions.api.desk.case.case_access import open_case
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.rendering import page
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts import merged_timeline
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.merged_timeline import TimelineItem
from functions.services.files.attachments import ADDRESS_HOLDS

if TYPE_CHECKING:
    from complaints.delivery.ports import Outbox


class LetterLine(Struct, frozen=True, kw_only=True):
    """A letter, or a webhook, which has an `event`. `files` are the names of those that go with it."""

    id: str
    kind: str
    event: str | None
    to: str
    state: str
    fate: str | None
    doubtful: bool
    waits_until: Moment | None
    called_for: Moment
    files: list[str] | UnsetType = UNSET
    of: Reference | UnsetType = UNSET


class Letters(Struct, frozen=True, kw_only=True):
    """All letters of a case."""

    items: list[LetterLine]
    next: Cursor


def list_letters(visit: Visit, reference: str) -> Response:
    """All letters of a case and of its parts, to the complainant and to staff, the oldest first.

    Each is shown at an address of the case that it is `of`.
    """
    at = open_case(
        visit,
        reference,
        "read_case",
        auth.claims(visit, "read_case"),
        reads=AccessKind.LETTERS,
    )
    return json_response(Letters(items=of_case(visit.deps, at.case, at.member), next=None))


def of_case(deps: Container, case: Case, member: Member) -> list[LetterLine]:
    """The letters of a case and of its parts that are there for a member, with what became of each, the
    oldest first."""
    zone = deps.sites.terms(case.complaint.site).zone
    lines = [
        TimelineItem(state.letter.called_for, place, 0, _line(state, zone, origin))
        for place, complaint in enumerate(merged_timeline.parts_of(deps.cases, deps.sites, case, member))
        for origin in [merged_timeline.origin(place, complaint)]
        for state in deps.outbox.of_case(complaint.reference)
    ]
    return merged_timeline.shown(merged_timeline.in_order(lines))


def _line(state: DeliveryState, zone: tzinfo, origin: str | UnsetType) -> LetterLine:
    """`fate` is what the mail service said of it last, `waits_until` when it is tried again: if either is.

    Webhooks have an `event`, and are no pages.
    """
    letter = state.letter
    return LetterLine(
        id=letter.id,
        kind=letter.kind,
        event=letter.event,
        to=letter.to,
        state=state.state,
        fate=state.fate,
        doubtful=state.doubtful,
        waits_until=local_time(state.waits_until, zone),
        called_for=local_time(letter.called_for, zone),
        files=[each.name for each in letter.enclosures] or UNSET,
        of=origin,
    )


def show_letter(visit: Visit, reference: str, letter: str) -> Response:
    """One letter as a page to print. It opens nothing: the link of a mail is the complainant's alone."""
    return printed(
        visit.deps,
        open_case(
            visit,
            reference,
            "read_case",
            auth.claims(visit, "read_case"),
            reads=AccessKind.LETTERS,
        ).case,
        letter,
    )


def printed(deps: Container, case: Case, letter: str) -> Response:
    """The letter of a case with this id, to print. Raises `NotFound`."""
    from functions.services.correspondence.letter_rendering import render_paper

    found = _letter(deps.outbox, case, letter)
    return page.styled_page(render_paper(deps, found, case.complaint, deps.sites.terms(case.complaint.site)))


def enclosure_address(deps: Container, case: Case, letter: str, place: str) -> str:
    """Where the file in this place, counted from 1, that goes with a letter can be fetched: to print it with
    one on paper. Raises `NotFound`."""
    enclosed = _letter(deps.outbox, case, letter).enclosures
    if not (place.isascii() and place.isdigit() and 1 <= int(place[:3]) <= len(enclosed)):
        raise NotFound
    file = enclosed[int(place) - 1]
    return deps.files.address(file.key, file.name, FileType.PDF, ADDRESS_HOLDS)


def _letter(outbox: "Outbox", case: Case, letter: str) -> Letter:
    """The letter of a case with this id that is written out. Raises `NotFound`."""
    state = outbox.of_case(case.complaint.reference)
    found = next((each.letter for each in state if each.letter.id == letter), None)
    if found is None or found.kind not in MAILS:
        raise NotFound
    return found

"""The letters of a case at the desk: which there are, and each as a page that can be printed."""

from datetime import tzinfo

from chalice.app import Response
from msgspec import UNSET, Struct, UnsetType

from complaints.adapters.container import Container
from complaints.context.case import Case
from complaints.delivery.delivery_state import DeliveryState
from complaints.values.casework.access_log import AccessKind
from complaints.values.people import Member
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor, Moment, Reference
from functions.serializers.parts import merged_timeline
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.merged_timeline import TimelineItem
from functions.use_cases.cases.case_access import open_case
from functions.use_cases.correspondence.printed_letters import printed


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

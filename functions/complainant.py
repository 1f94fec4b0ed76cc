"""The entrance of complainants: their own case, opened by the token that they were given."""

from collections.abc import Iterable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from chalice.app import Response

from complaints.case import AlreadyUsed, Case
from complaints.commands import Add, Answer, Command, Withdraw
from complaints.fact import Fact
from complaints.feedback_commands import Insist
from complaints.given import Given
from complaints.people import COMPLAINANT
from complaints.refusals import Invalid, NotFound, Wrong
from complaints.world.assemble import world
from functions import cursors, doors, file_shapes, once, shapes
from functions.answers import of_json
from functions.reading import read
from functions.visits import Visit, current

MESSAGES_A_PAGE = 20
C = TypeVar("C", bound=Command)


def show_complaint(reference: str) -> Response:
    """The public view of a complaint, with its last messages."""
    return of_json(public_view(doors.own_case(current(), reference)))


def show_messages(reference: str) -> Response:
    """A page of messages, older than those that a cursor has shown."""
    visit = current()
    case = doors.own_case(visit, reference)
    name = case.complaint.reference
    before = cursors.read(visit.query.get("cursor"), name)
    first = int(before) if before else case.complaint.number + 1
    numbers = world().messages.numbers_before(name, first, MESSAGES_A_PAGE)
    more = numbers[-1] if len(numbers) == MESSAGES_A_PAGE else None
    zone = ZoneInfo(world().sites.terms(case.complaint.site).site.zone)
    return of_json(
        {
            "items": list(shapes.messages(said(name, numbers), zone)),
            "next": cursors.make(str(more), name) if more else None,
        }
    )


def add_message(reference: str) -> Response:
    """Takes a message of the complainant: 202."""
    return _done(reference, Add, 202)


def answer_decision(reference: str) -> Response:
    """Takes the complainant's answer to the decision."""
    return _done(reference, Answer, 200)


def convert(reference: str) -> Response:
    """Says that the feedback is a complaint: its promises begin."""
    return _done(reference, Insist, 200)


def withdraw(reference: str) -> Response:
    """Takes the complaint back."""
    return _done(reference, Withdraw, 200)


def public_view(case: Case) -> dict[str, Any]:
    """What the complainant sees of the case: one more read, of the last messages and the decision."""
    complaint = case.complaint
    decision = complaint.told_decision
    numbers = {*complaint.recent, *([decision.entry] if decision else []), *file_shapes.entries(complaint)}
    given = Given(now=world().now(), by=COMPLAINANT, terms=world().sites.terms(complaint.site))
    texts = said(complaint.reference, numbers)
    attachments = file_shapes.for_complainant(complaint, texts)
    return shapes.public_view(case, given, texts) | {"attachments": attachments}


def said(reference: str, numbers: Iterable[int]) -> list[tuple[int, Fact]]:
    """The facts of these entries, with their texts."""
    return [
        fact
        for written in world().messages.of_entries(reference, numbers)
        for fact in shapes.opened_facts(written.number, written.data, written.private)
    ]


def carry_out(visit: Visit, case: Case, command: Command, *, address: str | None = None) -> tuple[Case, bool]:
    """The case after a complainant's command, and whether it was done before under the same key.

    `address` is what the key is for, where the route does not say it all.
    """
    here = world()
    now = here.now()
    reference = case.complaint.reference
    guard = once.guard_of(visit, reference, address or visit.route, now)
    given = Given(now=now, by=COMPLAINANT, terms=here.sites.terms(case.complaint.site))
    if guard and once.was_done(guard, here.cases.look_up(reference, guard=guard.id).guard):
        return case, True
    try:
        return here.casework.carry_out(case, command, given, guard=guard), False
    except AlreadyUsed as used:
        once.was_done(guard, used.guard)
        return _again(reference), True


def _done(reference: str, kind: type[C], status: int) -> Response:
    visit = current()
    case = doors.own_case(visit, reference)
    command = read(kind, visit.body)
    if isinstance(command, Answer) and not command.accepts and not command.reason:
        raise Invalid(Wrong("/reason", "missing"))
    after, replayed = carry_out(visit, case, command)
    return of_json(public_view(after), status, {"Idempotent-Replayed": "true"} if replayed else {})


def _again(reference: str) -> Case:
    case = world().cases.load(reference)
    if case is None:
        raise NotFound
    return case

"""A later date: once for each clock, before it is due, with notice to the complainant.

What was promised moves only when the notice was taken in time.
"""

from datetime import datetime

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.deadlines import DeadlineExtended, ExtensionFailed, ExtensionRequested
from complaints.case.fact import Fact
from complaints.casework.command import OPEN, PROMISED, CommandWithTexts, Group, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.clocks import recalculation
from complaints.context.decision_context import Context
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import Forbidden, Invalid, NotNow, Refusal, Wrong
from complaints.values.field_types import LongText, ShortText
from complaints.values.people import CASE_ROLES


class Extend(CommandWithTexts, frozen=True, kw_only=True):
    """`clock` is the purpose, or the id of one clock."""

    verb = "extend"
    clock: ShortText
    reason: LongText


def extend(complaint: Complaint, command: Extend, context: Context) -> list[Fact]:
    """Asks for more time. Raises `Invalid` for a clock that does not exist or cannot be extended now."""
    for clock in _extensible(complaint, context):
        if command.clock in (clock.purpose, clock.id, clock.key):
            later = recalculation.extended(clock, context.now, context.terms)
            asked = ExtensionRequested(
                at=context.now, by=context.by, clock=clock.key, reason=command.reason, due=later.due
            )
            needs_notice = clock.may_extend is not None and clock.may_extend.needs_notice
            return [asked] if needs_notice else [asked, _granted(later, context)]
    raise Invalid(Wrong("/clock", "cannot-be-extended"))


def notice_taken(complaint: Complaint, key: str, taken_at: datetime, context: Context) -> list[Fact]:
    """The notice is out: in time the date moves, else the promise stands as it was."""
    clock = complaint.clock(key)
    if clock.added:
        return []
    if clock.stopped_at or not recalculation.in_time(clock, taken_at, context.terms):
        return notice_lost(key, context)
    return [_granted(recalculation.extended(clock, taken_at, context.terms), context)]


def notice_lost(key: str, context: Context) -> list[Fact]:
    """The notice will not be out in time, or never."""
    return [ExtensionFailed(at=context.now, by=context.by, clock=key)]


def can_be_extended(complaint: Complaint, context: Context) -> Refusal | None:
    """A reviewer may, and an agent where the site allows it, while a clock can still be extended."""
    if not context.by.is_reviewer and not context.terms.site.agents_extend:
        return Forbidden()
    if not _extensible(complaint, context):
        return NotNow()
    return must_be_free(complaint, context)


def _extensible(complaint: Complaint, context: Context) -> list[Clock]:
    """The clocks that can still be extended, the one that is due first in front."""
    found = [
        clock
        for clock in complaint.clocks
        if clock.can_extend and recalculation.in_time(clock, context.now, context.terms)
    ]
    return sorted(found, key=lambda clock: clock.due)


def _granted(clock: Clock, context: Context) -> DeadlineExtended:
    assert clock.added is not None
    return DeadlineExtended(
        at=context.now,
        by=context.by,
        clock=clock.key,
        added=clock.added,
        due=clock.due,
        rungs=clock.rungs,
        left_out=clock.left_out,
    )


STAFF = (
    StaffDeclaration(
        Extend,
        extend,
        OPEN,
        can_be_extended,
        feedback=PROMISED,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=110,
        own_labels=("reason",),
        texts={"reason": TextUse.REPLY},
        summary="Extends a deadline that has not passed, once, with notice to the complainant",
        example={"clock": "respond", "reason": "The laboratory needs another week."},
    ),
)

"""A later date: once for each clock, before it is due, with notice to the complainant.

What was promised moves only when the mail service took the notice in time.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.clock import Clock
from complaints.clocks import extended
from complaints.commands import Extend
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.given import Given
from complaints.promise_facts import DeadlineExtended, ExtensionFailed, ExtensionRequested
from complaints.refusals import Forbidden, Invalid, NotNow, NoWayToReach, Refusal, Wrong
from complaints.words import Way


def extend(complaint: Complaint, command: Extend, given: Given) -> list[Fact]:
    """Asks for more time. Raises `Invalid` for a clock that is not here or cannot be extended now."""
    for clock in _extensible(complaint, given):
        if command.clock in (clock.purpose, clock.id, clock.key):
            later = extended(clock, given.now, given.terms)
            asked = ExtensionRequested(
                at=given.now, by=given.by, clock=clock.key, reason=command.reason, due=later.due
            )
            needs_notice = clock.may_extend is not None and clock.may_extend.needs_notice
            return [asked] if needs_notice else [asked, _granted(later, given)]
    raise Invalid(Wrong("/clock", "cannot-be-extended"))


def notice_taken(complaint: Complaint, key: str, given: Given) -> Fact:
    """The notice is out: in time the date moves, else the promise stands as it was."""
    clock = complaint.clock(key)
    if clock.stopped_at or given.now > clock.due:
        return ExtensionFailed(at=given.now, by=given.by, clock=key)
    return _granted(extended(clock, given.now, given.terms), given)


def can_be_extended(complaint: Complaint, given: Given) -> Refusal | None:
    """A reviewer may, and an agent where the site allows it, while a clock can still be extended."""
    if not given.by.is_reviewer and not given.terms.site.agents_extend:
        return Forbidden()
    if next(_extensible(complaint, given), None) is None:
        return NotNow()
    return None if Way.MAIL in complaint.reach else NoWayToReach()


def requested(complaint: Complaint, fact: ExtensionRequested) -> Complaint:
    clock = complaint.clock(fact.clock)
    return complaint.with_clock(replace(clock, asked_for=fact.at))


def granted(complaint: Complaint, fact: DeadlineExtended) -> Complaint:
    clock = complaint.clock(fact.clock)
    return complaint.with_clock(replace(clock, added=fact.added, due=fact.due, rungs=fact.rungs))


def failed(complaint: Complaint, fact: ExtensionFailed) -> Complaint:
    """Asked for stays set: a clock is extended once, or not at all."""
    return complaint


def _extensible(complaint: Complaint, given: Given) -> Iterator[Clock]:
    return (clock for clock in complaint.clocks if clock.can_extend and given.now <= clock.due)


def _granted(clock: Clock, given: Given) -> DeadlineExtended:
    assert clock.added is not None
    return DeadlineExtended(
        at=given.now, by=given.by, clock=clock.key, added=clock.added, due=clock.due, rungs=clock.rungs
    )

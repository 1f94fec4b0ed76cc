"""Merging (clause 7.6): a case becomes part of another one of the same person, and nothing of it is lost.

The merged case keeps its chain, its messages, letters and files; views of the other case show them with
its own. Both cases change in one transaction, so at no instant the complainant is without an answering
case.

Promises that move with a merge: of each, the one that is due first stays.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.case.clock import Clock, next_run
from complaints.case.complaint import Complaint
from complaints.case.deadlines import ClockStopped
from complaints.case.fact import Fact
from complaints.case.outcome.points import KnownPoint, PointRaised
from complaints.case.people.adjustments import AdjustmentNoted, KnownNeed
from complaints.case.record.links import CaseContents
from complaints.case.record.merging import Absorbed, Merged, PromiseTakenOver
from complaints.casework.command import ALL, OTHER, Group, StaffCommand, StaffDeclaration
from complaints.casework.outcome.points import MOST_POINTS
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.record.erasure import must_not_be_held
from complaints.casework.record.links import PairCommand
from complaints.clocks import recalculation
from complaints.context.decision_context import Context, the_other
from complaints.promise_packs.schema import IMMEDIATE_ACTION
from complaints.values.errors import (
    IdentitySealed,
    NotMergeable,
    NotNow,
    OtherPerson,
    OtherSite,
    PartsFull,
    PointsFull,
)
from complaints.values.field_types import LongText, ShortText, Stage
from complaints.values.people import CASE_ROLES


class Merge(PairCommand, frozen=True, kw_only=True):
    """The case becomes part of another one."""

    verb = "merge"
    names = "into"
    into: ShortText
    reason: LongText


class Absorb(StaffCommand, frozen=True, kw_only=True):
    """The other half of a merge: this case takes in `source`, as it stood before, with what the person
    `needs` and the `points` that want an answer."""

    verb = "merge"
    source: Complaint
    brings: CaseContents
    needs: tuple[KnownNeed, ...] = ()
    points: tuple[KnownPoint, ...] = ()


MOST_PARTS = 10
"""How many cases may be part of one: its views read them all."""

UNANSWERED = frozenset(
    {Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ASSESSED, Stage.INVESTIGATING, Stage.AWAITING_COMPLAINANT}
)


def merge(complaint: Complaint, command: Merge, context: Context) -> list[Fact]:
    """Ends the case as one of its own. Raises `Invalid`, `OtherSite`, `OtherPerson`,
    `IdentitySealed`.

    Where several people complain together, the other case would not write to them any more. Of a sealed case
    nobody may learn, by merging it, whose it is.
    """
    other = the_other(complaint, context.other_case, "/into")
    if other.complaint.site != complaint.site:
        raise OtherSite
    if complaint.sealed or other.complaint.sealed:
        raise IdentitySealed
    if complaint.joint or not other.is_one_person:
        raise OtherPerson
    return [Merged(at=context.now, by=context.by, into=command.into, reason=command.reason)]


def absorb(complaint: Complaint, command: Absorb, context: Context) -> list[Fact]:
    """Takes the other case in, with what the person needs, its points, and those of its promises that are due
    earlier. Raises `PartsFull`, `PointsFull`."""
    source = command.source
    if len(complaint.parts) + len(source.parts) >= MOST_PARTS:
        raise PartsFull
    came = Absorbed(
        at=context.now,
        by=context.by,
        source=source.reference,
        number=source.number,
        seal=source.seal,
        brings=command.brings,
        parts=source.parts,
        conflicts=source.conflicts,
        is_vulnerable=source.is_vulnerable,
        has_needs=source.has_any_needs,
        danger=source.danger if source.danger and source.danger.is_open else None,
    )
    needs, points = _needs(complaint, command, context), _points(complaint, command, context)
    return [came, *needs, *points, *taken_over(complaint, source, context)]


def _points(complaint: Complaint, command: Absorb, context: Context) -> Iterator[Fact]:
    """The points of the other case, which are answered with ours. Those of a sensitive category stay where
    they are, and are there for cleared members. Raises `PointsFull`."""
    sensitive = context.terms.site.codes.sensitive
    if command.source.category in sensitive:
        return
    points = [point for point in command.points if point.category not in sensitive]
    if len(complaint.points) + len(points) > MOST_POINTS:
        raise PointsFull
    for number, point in enumerate(points, start=len(complaint.points) + 1):
        yield PointRaised(
            at=context.now,
            by=context.by,
            id=str(number),
            category=point.category,
            text=point.text,
            remedy_sought=point.remedy_sought,
        )


def _needs(complaint: Complaint, command: Absorb, context: Context) -> Iterator[Fact]:
    """What the person needs by the other case, and not by this one: letters go on from this one."""
    for need in command.needs:
        if not complaint.needs(need.kind):
            yield AdjustmentNoted(
                at=context.now, by=context.by, kind=need.kind, is_needed=True, details=need.details
            )


def can_be_merged(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether it has no answer yet, and no answer or later date is on its way."""
    decision = complaint.decision
    is_answered = complaint.level > 1 or complaint.known_decision is not None
    is_on_its_way = (decision is not None and decision.is_on_its_way) or any(
        clock.asked_for and not clock.added for clock in complaint.clocks
    )
    if complaint.stage not in UNANSWERED or is_answered or is_on_its_way:
        return NotMergeable()
    return must_be_free(complaint, context)


def can_become_part(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether it can be merged, and no legal hold is in force: that of the other case would be asked then."""
    return can_be_merged(complaint, context) or must_not_be_held(complaint, context)


STAFF = (
    StaffDeclaration(
        Merge,
        merge,
        ALL,
        can_become_part,
        roles=CASE_ROLES,
        group=Group.TIES,
        place=30,
        asked_twice=True,
        summary="Merges the case into another of the same person",
        example={"into": OTHER, "reason": "The same parcel."},
    ),
)


_ACKNOWLEDGE = "acknowledge"


def taken_over(target: Complaint, source: Complaint, context: Context) -> Iterator[Fact]:
    """What becomes of the promises of `target` when `source` becomes part of it.

    A pause ends with the merge, so that due moments can be compared: no promise gets later by it.
    """
    runs = list(target.clocks)
    for clock in _live(source, context):
        if clock.purpose == _ACKNOWLEDGE and target.acknowledged_at:
            continue
        ours = [own for own in _live(target, context) if own.purpose == clock.purpose]
        if any(own.due <= clock.due for own in ours):
            continue
        for own in ours:
            if (own.pack, own.id) == (clock.pack, clock.id):
                yield ClockStopped(at=context.now, by=context.by, clock=own.key, moment=context.now)
        run = next_run(other for other in runs if (other.pack, other.id) == (clock.pack, clock.id))
        runs.append(replace(clock, run=run))
        yield PromiseTakenOver(at=context.now, by=context.by, of=source.reference, clock=runs[-1])


def _live(complaint: Complaint, context: Context) -> list[Clock]:
    """The promises that are not kept yet, as they run on from now."""
    return [
        _running_on(clock, context) if clock.paused_at else clock
        for clock in complaint.clocks
        if clock.stopped_at is None and (clock.is_for_complainant or clock.purpose == IMMEDIATE_ACTION)
    ]


def _running_on(clock: Clock, context: Context) -> Clock:
    until = min(context.now, clock.paused_until or context.now)
    running = recalculation.resumed(clock, until, context.terms)
    return replace(running, paused_at=None, paused_until=None)

"""What the decisions on complaints add to the figures: outcomes, remedies and their money, reviews."""

from collections.abc import Iterator
from decimal import Decimal

from complaints.case.complaint import Complaint
from complaints.case.outcome.decision import Decision
from complaints.reporting.metrics.measures import ALL, IN_TIME, MONEY_PARTS, OVERTURNED, REVIEW, Measure, Step
from complaints.values.field_types import Outcome, RemedyKind


def decided(before: Complaint, after: Complaint) -> Iterator[Step]:
    """Counts the first decision that was communicated; "not ours to decide" is not one."""
    decision = after.decision
    if before.responded_at or not after.responded_at or not decision:
        return
    if decision.outcome is not Outcome.OUT_OF_SCOPE:
        in_time = (IN_TIME,) if _is_in_time(before, after) else ()
        yield Step(after.responded_at, Measure.DECIDED, (ALL, *in_time, f"outcome:{decision.outcome}"))


def reviewed(before: Complaint, after: Complaint) -> Iterator[Step]:
    """Counts decisions of level 2 and of bodies outside, and those that differ from the decision before
    (indicator 18); the first of a level counts."""
    outside = after.referral
    if outside and outside.award and before.award is None:
        yield Step(outside.on, Measure.REVIEWED, _review(outside.award, bool(outside.overturned)))
    first = _first_review(after)
    if first and first.told_at and _first_review(before) is None:
        known = next((each for each in reversed(after.decisions) if each.level < REVIEW), None)
        is_other = known is not None and known.outcome is not first.outcome
        yield Step(first.told_at, Measure.REVIEWED, _review(first, is_other))


def _first_review(complaint: Complaint) -> Decision | None:
    if complaint.level < REVIEW:
        return None
    return next((each for each in complaint.decisions if each.level == REVIEW), None)


def _review(decision: Decision, is_overturned: bool) -> tuple[str, ...]:
    level = f"level:{decision.level}"
    return (level, f"{level}:{decision.outcome}", *([f"{OVERTURNED}:{level}"] if is_overturned else []))


def redress(before: Complaint, after: Complaint) -> Iterator[Step]:
    """Counts remedies as they are promised and as they are done, with their money (indicator 14)."""
    if not after.decisions and after.award is None:
        return
    known = {each.id: each for each in before.remedies_promised}
    for each in after.remedies_promised:
        remedy = each.remedy
        if remedy.kind == RemedyKind.NONE:
            continue
        was = known.get(each.id)
        steps = [Step(each.told_at, Measure.PROMISED, ())] if was is None else []
        if each.done and not (was and was.done):
            steps.append(Step(each.done.done_on, Measure.REMEDIED, ()))
        for step in steps:
            yield step._replace(values=(ALL, f"remedy:{remedy.kind}"))
            if remedy.amount:
                money = int(Decimal(remedy.amount) * MONEY_PARTS)
                yield step._replace(values=(f"currency:{remedy.currency}",), by=money)


def _is_in_time(before: Complaint, after: Complaint) -> bool:
    ran = {clock.key for clock in before.clocks if clock.purpose == "respond" and not clock.stopped_at}
    clocks = [clock for clock in after.clocks if clock.key in ran]
    return bool(clocks) and all(clock.in_time or not clock.missed for clock in clocks)

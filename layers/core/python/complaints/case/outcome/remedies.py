"""Facts about promised remedies: done, declined or overdue; and about what happened outside."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.fact import Fact, wording
from complaints.case.outcome.decision import CompletedRemedy, PromisedRemedy
from complaints.values.field_types import CodeName

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class RemedyDeclined(Fact, frozen=True, kw_only=True):
    """The person declined the remedy with this `id`: it is owed no more."""

    PRIVATE = ("reason",)
    TEXTS = PRIVATE
    PUBLIC = "remedy_declined"
    TIMELINE = wording(remedy="code:remedies", text="reason")

    id: str
    remedy: CodeName
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        named = next(each for each in complaint.remedies_promised if each.id == self.id)
        decision = complaint.deciding(named.entry)
        return complaint.with_decision(replace(decision, declined=(*decision.declined, named.place)))


class RemedyOverdue(Fact, frozen=True, kw_only=True):
    """The remedy with this `id` was promised by a date, which was over at `due`, and is not done."""

    TIMELINE = wording(remedy="code:remedies", when="due")

    id: str
    remedy: CodeName
    due: datetime

    def apply(self, complaint: "Complaint") -> "Complaint":
        late = next(each for each in complaint.remedies_promised if each.id == self.id)
        decision = complaint.deciding(late.entry)
        return complaint.with_decision(replace(decision, overdue_told=(*decision.overdue_told, late.place)))


class RemedyDone(Fact, frozen=True, kw_only=True):
    """The remedy with this `id` was done; without one, the first of its kind in the last decision.

    `budget` is one of those that the site names.
    """

    PRIVATE = ("how", "done_by")
    TEXTS = ("how",)
    PUBLIC = "remedy_done"
    WEBHOOK = "complaint.remedy_done"
    TIMELINE = wording(remedy="code:remedies", day="done_on", text="how")
    remedy: CodeName
    done_on: date
    id: str | None = None
    budget: str | None = None
    how: str | None = None
    done_by: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        named = _meant(complaint, self)
        completed = CompletedRemedy(
            place=named.place,
            done_on=self.done_on,
            recorded_by=self.by.id,
            entry=complaint.number + 1,
            budget=self.budget,
        )
        return complaint.with_decision(complaint.deciding(named.entry).with_done(completed))


class EventRecorded(Fact, frozen=True, kw_only=True):
    """Something happened outside that a promise depends on; `told_at` is when."""

    PRIVATE = ("evidence",)
    TEXTS = PRIVATE
    TIMELINE = wording(event="as it is", when="told_at", text="evidence")
    event: str
    told_at: datetime
    evidence: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return complaint


def _meant(complaint: "Complaint", fact: RemedyDone) -> PromisedRemedy:
    """The remedy that a fact names; an older fact knows the last decision alone, and kinds in it."""
    last = complaint.decisions[-1].entry if complaint.decisions else None
    return next(
        each
        for each in complaint.remedies_promised
        if (each.id == fact.id)
        or (fact.id is None and each.entry == last and each.is_owed and each.remedy.kind == fact.remedy)
    )

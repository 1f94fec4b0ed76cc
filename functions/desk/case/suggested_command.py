"""What is next in a case, for whoever looks at it: one sentence, and the command that does it."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import LetterKind
from complaints.case.outcome.decision import REVIEW
from complaints.case.workflow.tasks import Task
from complaints.context.decision_context import Context
from complaints.letters.draft import way_of
from complaints.values.field_types import Feedback, Stage, Way

Fits = Callable[[Complaint], bool]


class Suggestion(NamedTuple):
    """The end of a msgid, the moment that it names, and the verb that it leads to, if there is one."""

    words: str
    when: datetime | None = None
    verb: str | None = None


def suggested_command(complaint: Complaint, allowed: Collection[str], context: Context) -> Suggestion:
    """What is most worth doing, or what the case waits for."""
    verb = next((verb for verb, fits in _STEPS if verb in allowed and fits(complaint)), None)
    if complaint.level == REVIEW and complaint.stage.is_open and not complaint.decision:
        if context.nobody_independent and verb not in ("secure", "posted"):
            return Suggestion("unreviewed", verb=next((way for way in _ENDS if way in allowed), None))
        if verb is None and complaint.is_barred(context.by.id):
            return Suggestion("review")
    if verb == "complete" or (verb == "respond" and is_told_by_telephone(complaint)):
        return Suggestion("call", verb=verb)
    waits = next(_waits(complaint), None) if verb in (None, *_MEANWHILE) else None
    if waits:
        return waits._replace(verb=verb)
    if verb in (None, "close") and complaint.feedback is Feedback.PERSONAL_DATA and complaint.stage.is_open:
        return Suggestion("data_request", verb=verb)
    return Suggestion(verb, verb=verb) if verb else Suggestion(complaint.stage, complaint.ended_at)


def _waits(complaint: Complaint) -> Iterator[Suggestion]:
    """What the case waits for, whoever looks at it."""
    decision = complaint.decision
    if complaint.erasure_proposed_by:
        yield Suggestion("erasure")
    if complaint.closing:
        yield Suggestion("closing")
    if decision and decision.awaits_approval:
        yield Suggestion("approval", decision.at)
    if decision and decision.is_on_its_way:
        yield Suggestion("on_its_way")
    if complaint.merged_into:
        yield Suggestion("merged")


def is_told_by_telephone(complaint: Complaint) -> bool:
    """Whether somebody reads the decision to the person: no letter can reach them."""
    return way_of(complaint, LetterKind.RESOLUTION) is Way.TELEPHONE


def call_to_make(complaint: Complaint) -> Task | None:
    """The open task to tell the person the decision."""
    return next(
        (each for each in complaint.tasks if each.is_open and each.call == LetterKind.RESOLUTION), None
    )


def _always(complaint: Complaint) -> bool:
    return True


def _is_nearly_due(clock: Clock) -> bool:
    """Whether somebody was reminded of a clock whose holding letter has not been written."""
    return clock.is_running and clock.holding_letter is not None and any(rung.raised for rung in clock.rungs)


_MEANWHILE = ("secure", "assign", "remedied", "posted", "close", "erase")
"""What is done while a case waits for something else."""

_ENDS = ("close", "escalate")
"""What is left of a review that nobody can do."""

_STEPS: tuple[tuple[str, Fits], ...] = (
    ("secure", _always),
    ("close", lambda complaint: complaint.closing is not None),
    ("erase", lambda complaint: complaint.erasure_proposed_by is not None),
    ("posted", _always),
    ("approve", _always),
    ("assign", lambda complaint: complaint.assignee is None and complaint.stage is not Stage.REFERRED),
    ("assess", lambda complaint: complaint.assessment is None),
    ("classify", lambda complaint: complaint.stage is Stage.ASSESSED and complaint.is_to_classify),
    ("complete", lambda complaint: call_to_make(complaint) is not None),
    ("respond", _always),
    ("explain_delay", lambda complaint: any(map(_is_nearly_due, complaint.clocks))),
    ("find", lambda complaint: complaint.cause is None and complaint.decision is None),
    ("answer_point", lambda complaint: any(not (each.answer or each.decided) for each in complaint.points)),
    ("decide", lambda complaint: complaint.decision is None),
    ("remedied", _always),
    ("close", lambda complaint: complaint.feedback != Feedback.COMPLAINT),
)
"""What is suggested, the first that is possible and fits."""

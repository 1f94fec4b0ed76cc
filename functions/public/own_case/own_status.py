"""Where a complaint stands, as the person who complained sees it."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from complaints.calendars.time_zones import utc
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import NEWS, Promise, promise
from complaints.clocks.lifecycle import ANSWER
from complaints.clocks.never_later_rule import timeline_of
from complaints.due_dates.timeline import Dates
from complaints.values.field_types import ClosingReason, Feedback, Stage

REVIEW, REVIEWED, REOPENED = "review", "reviewed", "reopened"
_LASTING = (Stage.INVESTIGATING, Stage.REFERRED, REVIEW, REOPENED)
_IN_WORK = (Stage.RECEIVED, Stage.ACKNOWLEDGED, Stage.ASSESSED, Stage.INVESTIGATING)
_ENDINGS = (
    ClosingReason.ACCEPTED,
    ClosingReason.NO_ANSWER,
    ClosingReason.REFUSED,
    ClosingReason.EXTERNAL_DECIDED,
)


_QUIET = timedelta(days=1)
_A_DAY = timedelta(days=1)


class StatusSentence(NamedTuple):
    """One sentence: the end of its msgid, and the moment that it names. `after` is what came before it, and
    `next` when the person hears from us instead of the moment that was missed, if that is known."""

    words: str
    when: datetime | None = None
    after: str | None = None
    next: datetime | None = None


class MovedDate(NamedTuple):
    """That a promise does not end on the `day` up to which its days were counted: `words` are `back` or
    `forward`."""

    words: str
    day: date


class PromiseExplanation(NamedTuple):
    """Why a promise has its date: from when its time is counted, how many days it stood still, and of one
    that runs, that the last day that was counted is no business day. The one of a review says that it is."""

    since: datetime
    paused: int
    is_review: bool = False
    moved: MovedDate | None = None


class ProcessStep(NamedTuple):
    """One step of the way; `state` is `done`, `now` or `later`."""

    name: str
    state: str
    at: datetime | None = None

    @property
    def is_event(self) -> bool:
        """Whether it is done as soon as it happens; the others last."""
        return self.name not in _LASTING


def status_sentence(complaint: Complaint, now: datetime) -> StatusSentence:
    """What is most worth knowing now."""
    if complaint.feedback is Feedback.PERSONAL_DATA and not complaint.stage.is_open:
        return StatusSentence("data_request")
    if complaint.feedback not in (Feedback.COMPLAINT, Feedback.PERSONAL_DATA):
        return StatusSentence("feedback" if complaint.stage.is_open else "handled")
    window = _running(complaint, ANSWER)
    if complaint.stage is Stage.RESPONDED and window:
        return StatusSentence("answer_by", window)
    if complaint.stage is Stage.CLOSED and complaint.ended_because in _ENDINGS:
        return StatusSentence("unreviewed" if complaint.ended_unreviewed else complaint.ended_because)
    if complaint.stage not in _IN_WORK:
        return StatusSentence(complaint.stage)
    due = _running(complaint, *NEWS)
    words = "working" if due is None else "missed" if due < now else "due"
    again = _running(complaint, *NEWS, after=now) if words == "missed" else None
    return StatusSentence(words, due, _taken_up_again(complaint), again)


def steps(complaint: Complaint) -> list[ProcessStep]:
    """The way of a complaint, with the steps that this one has done; where it ended, no others."""
    way = list(_way(complaint))
    present = _present(complaint)
    done = {name for name, at in way if at}
    if Stage.RESPONDED in done:
        done.add(Stage.INVESTIGATING)
    return [
        ProcessStep(name, "now" if name == present else "done" if name in done else "later", at)
        for name, at in way
        if complaint.stage.is_open or name == present or name in done
    ]


def promises(complaint: Complaint) -> list[Promise]:
    """What the person was promised, the oldest first, then the nearest; what is asked for no more is left
    out."""
    return [promise(clock) for clock in _promised_clocks(complaint)]


def explained_promise(
    complaint: Complaint, calendar_of: Callable[[Clock], Calendar]
) -> list[PromiseExplanation]:
    """How each of the `promises` came to its date."""
    return [
        PromiseExplanation(
            since=clock.started_at,
            paused=_days_paused(clock),
            is_review=clock.purpose == "respond" and clock.started_at == complaint.reviewed_at,
            moved=_moved(calendar_of(clock), clock) if clock.is_running else None,
        )
        for clock in _promised_clocks(complaint)
    ]


def quiet_since(complaint: Complaint, messages: Iterable[str], now: datetime) -> datetime | None:
    """Since when nothing has happened that the person sees, while it is looked into: for a day or more.

    `messages` are the moments at which somebody wrote (RFC 3339).
    """
    if complaint.stage not in _IN_WORK or complaint.feedback != Feedback.COMPLAINT:
        return None
    seen = [*map(datetime.fromisoformat, messages), *(at for _, at in _way(complaint) if at)]
    last = max(seen)
    return last if now - last >= _QUIET else None


def _promised_clocks(complaint: Complaint) -> list[Clock]:
    clocks = [clock for clock in complaint.clocks if clock.is_for_complainant and _still_counts(clock)]
    return sorted(clocks, key=lambda clock: (clock.started_at, clock.due))


def _moved(calendar: Calendar, clock: Clock) -> MovedDate | None:
    """Nothing is said of a date that the calendar of today would not give."""
    course = timeline_of(calendar, clock)
    last = course.counted[-1]
    if course.due != utc(clock.due) or course.ends_on is None or not isinstance(last, Dates):
        return None
    if course.ends_on == last.last or calendar.is_business_day(last.last):
        return None
    return MovedDate("back" if course.ends_on < last.last else "forward", last.last)


def _days_paused(clock: Clock) -> int:
    """What is no day in all is not worth a word."""
    return round(sum(((end - begin) / _A_DAY for begin, end in clock.pauses), 0.0))


def _still_counts(clock: Clock) -> bool:
    return clock.stopped_at is None or clock.in_time is not None


def _running(complaint: Complaint, *purposes: str, after: datetime | None = None) -> datetime | None:
    """When the first of the running clocks of some purposes falls due, or the first of those still ahead."""
    found = (clock.due for clock in complaint.clocks if clock.purpose in purposes and clock.is_running)
    return min((due for due in found if after is None or due > after), default=None)


def _taken_up_again(complaint: Complaint) -> str | None:
    """Why a complaint that was answered is in work again."""
    if _is_reopened(complaint):
        return REOPENED
    return REVIEW if complaint.reviewed_at else None


def _is_reopened(complaint: Complaint) -> bool:
    """Whether staff took it up again and have not answered since; a late answer has steps of its own."""
    since = complaint.reopened_at
    if since is None or since in (complaint.reviewed_at, complaint.referred_at, complaint.ended_at):
        return False
    decision = complaint.known_decision
    return decision is None or decision.told_at is None or decision.told_at <= since


def _way(complaint: Complaint) -> Iterator[tuple[str, datetime | None]]:
    """Every step with its moment, in the order of the way."""
    yield Stage.RECEIVED, complaint.received_at
    if complaint.feedback == Feedback.COMPLAINT:
        yield Stage.ACKNOWLEDGED, complaint.acknowledged_at
        yield Stage.ASSESSED, complaint.assessed_at
        yield from _answers(complaint)
        if complaint.referred_at:
            yield Stage.REFERRED, complaint.referred_at
        if _is_reopened(complaint):
            yield REOPENED, complaint.reopened_at
    yield Stage.CLOSED, complaint.ended_at


def _answers(complaint: Complaint) -> Iterator[tuple[str, datetime | None]]:
    """The first answer, and the one after a review; what went to review unanswered has only that."""
    reviewed, responded = complaint.reviewed_at, complaint.responded_at
    if reviewed is None or (responded and responded <= reviewed):
        yield Stage.INVESTIGATING, None
        yield Stage.RESPONDED, responded
    if reviewed:
        yield REVIEW, reviewed
        yield REVIEWED, complaint.decision.told_at if complaint.decision else None


def _present(complaint: Complaint) -> str:
    """The step at which the complaint is; a question is no step of its own."""
    stage = complaint.stage
    if stage is Stage.AWAITING_COMPLAINANT and complaint.stage_before_question:
        stage = complaint.stage_before_question
    if not stage.is_open:
        return Stage.CLOSED
    if stage in _IN_WORK:
        return _taken_up_again(complaint) or stage
    if stage is Stage.RESPONDED and complaint.reviewed_at:
        return REVIEWED
    return stage

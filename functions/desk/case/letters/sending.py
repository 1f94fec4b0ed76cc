"""What sending a letter does to the promises of a case: those that it keeps, pauses or begins.

It is told before the button is pressed, by the same tables that move the clocks once the letter has left."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import LetterSent
from complaints.case.outcome.decision import Responded
from complaints.casework.correspondence.messages import Ask, Message
from complaints.casework.outcome.decision import Respond
from complaints.clocks.lifecycle import ANSWER, foreseen
from complaints.context.decision_context import Context
from complaints.promise_packs.schema import RIGHT
from complaints.site.pack_events import EVENTS, RESPONDED
from functions.desk.case.wording.event_wording import EventWording

_TOLD = {
    Respond.verb: EVENTS[Responded],
    Message.verb: EVENTS[LetterSent],
    Ask.verb: EVENTS[LetterSent],
}
"""The events of promise packs that happen when the letter of a command has left."""


class SentPromise(NamedTuple):
    """A promise by its name, and when it is due."""

    label: str
    due: datetime


class Sending(NamedTuple):
    """The promises that a letter `keeps`, those for which it comes `late`, those that `pauses` until there is
    a reply, and those that it `begins`; each the next due first."""

    keeps: tuple[SentPromise, ...] = ()
    late: tuple[SentPromise, ...] = ()
    pauses: tuple[SentPromise, ...] = ()
    begins: tuple[SentPromise, ...] = ()


def sending_of(verb: str, teller: EventWording, context: Context) -> Sending:
    """What the letter of this command would do, if it left now."""
    events, now = _TOLD.get(verb, ()), context.now
    going = [clock for clock in teller.complaint.clocks if clock.stopped_at is None]
    ended = [clock for clock in going if clock.is_ours and clock.stops_on in events]
    paused = [clock for clock in going if clock.can_pause and now < clock.due] if verb == Ask.verb else []
    return Sending(
        keeps=_told(teller, (clock for clock in ended if not clock.is_overdue(now))),
        late=_told(teller, (clock for clock in ended if clock.is_overdue(now))),
        pauses=_told(teller, (clock for clock in paused if clock not in ended)),
        begins=_told(teller, _begun(teller.complaint, context) if verb == Respond.verb else ()),
    )


def _begun(complaint: Complaint, context: Context) -> Iterator[Clock]:
    """The clocks that the answer starts: the person's own time, and ours to do what it promises."""
    remedies = complaint.decision.remedies if complaint.decision else ()
    for clock in foreseen(complaint, RESPONDED, context.now, context.terms):
        if clock.purpose in (ANSWER, RIGHT) or (clock.purpose == "remedy" and remedies):
            yield clock


def _told(teller: EventWording, clocks: Iterable[Clock]) -> tuple[SentPromise, ...]:
    """Of one name the next due, whatever the packs that made it."""
    told: dict[str, datetime] = {}
    for clock in sorted(clocks, key=lambda clock: clock.due):
        told.setdefault(teller.promise(clock), clock.due)
    return tuple(SentPromise(label, due) for label, due in told.items())

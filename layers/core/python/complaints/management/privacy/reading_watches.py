"""Reading watches: whose cases nobody reads without need, such as those of people in the public eye.

Data protection keeps them. A watch names cases, and no person: whoever complains in one of them is known by
it, by mail address and name, and by nothing else that would have to be erased. Who reads a case of such a
person without having it is asked why (`reading_alarms.py`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import content_of
from complaints.management.privacy.named_cases import cases_named, cases_wrong
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import ShortText
from complaints.values.people import Actor, Role

MOST_CASES = 20
"""How many cases one watch names: those of one person are found by any of them."""

Cases = Annotated[tuple[ShortText, ...], Meta(min_length=1, max_length=MOST_CASES)]


class ReadingWatch(Content, frozen=True, kw_only=True):
    """A watch over the cases of the people who complain in these, from a day on, until it has ended."""

    cases: tuple[str, ...]
    since: date
    watched_by: ShortText
    ended_on: date | None = None


class ReadingWatchRecorded(RecordFact, frozen=True, kw_only=True):
    content: ReadingWatch


class WatchReading(RecordCommand, frozen=True, kw_only=True):
    """Has data protection told when somebody reads a case of these people without having it."""

    verb: ClassVar[str] = "watch"
    cases: Cases


class EndWatch(RecordCommand, frozen=True, kw_only=True):
    """Ends a watch."""

    verb: ClassVar[str] = "end"


def watch(record: ManagementRecord, command: WatchReading, context: RecordsContext) -> ReadingWatch:
    """Raises `Invalid` without a reason, and for a case that is not there for who asks: those that are were
    `gathered`."""
    wrong = [] if command.reason else [Wrong("/reason", "missing")]
    wrong += cases_wrong(command.cases, context)
    if wrong:
        raise Invalid(*wrong)
    return ReadingWatch(
        cases=cases_named(command.cases, context),
        since=context.today,
        watched_by=context.by.id,
    )


def end(record: ManagementRecord, command: EndWatch, context: RecordsContext) -> ReadingWatch:
    return replace(content_of(record, ReadingWatch), ended_on=context.today)


def _allowed(content: ReadingWatch, by: Actor) -> Iterable[str]:
    return () if content.ended_on else (EndWatch.verb,)


def declared() -> RecordDeclaration:
    privacy = frozenset({Role.PRIVACY})
    return RecordDeclaration(
        kind=RecordKind.READING_WATCH,
        content=ReadingWatch,
        fact=ReadingWatchRecorded,
        rules={WatchReading: watch, EndWatch: end},
        roles={"watch": privacy, "end": privacy},
        begins=("watch",),
        reasoned=("watch",),
        summaries={
            "watch": "Watches who reads the cases of the people who complain in these",
            "end": "Ends a watch",
        },
        title="cases",
        columns=("since", "watched_by", "ended_on"),
        of_members=("watched_by",),
        helped=("cases",),
        readers=privacy | {Role.AUDITOR},
        allowed=_allowed,
    )

"""The timeline of a case at the desk: entry by entry what happened, who did it, and what was written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from complaints.case.correspondence.messages import InformationAsked, MessageReceived, MessageSent
from complaints.case.deadlines import DelayExplained, ExtensionRequested
from complaints.case.fact import Fact
from complaints.case.outcome.decision import DecisionProposed
from complaints.case.outcome.points import PointAnswered, PointRaised
from complaints.case.process.receipt import Received
from complaints.casework.record.personal_data import is_left_out
from complaints.values.people import COMPLAINANT, Actor
from functions.desk.case.wording.event_texts import line
from functions.desk.case.wording.event_wording import EventWording
from functions.desk.case.wording.text_lines import TextLine
from functions.serializers.parts.merged_timeline import CasePart

_TO_COMPLAINANT = (
    MessageSent,
    InformationAsked,
    PointRaised,
    PointAnswered,
    DecisionProposed,
    DelayExplained,
    ExtensionRequested,
)
THEIRS, OURS, INTERNAL = "theirs", "ours", "internal"
"""Whose words a text is: the complainant's, ours to the complainant, or ours among us."""

NOTED, HELD = "noted", "held"
"""Ours among us, which the complainant may read all the same in the file of their data (GDPR, Article 15):
what somebody read before and let into it, and what is in it whenever they ask."""


class TimelineLine(NamedTuple):
    """One line of an entry, and whose words its text is."""

    line: TextLine
    voice: str

    @property
    def is_internal(self) -> bool:
        """Whether it is ours among us."""
        return self.voice not in (THEIRS, OURS)


class TimelineEntry(NamedTuple):
    """One entry. `by` is who did it, if that was a member of staff, and else `kind` says who.

    `of` is the case that it comes from, if that is another one, which became part of this.
    """

    number: int
    at: datetime
    kind: str
    by: str | None
    of: str | None
    lines: Sequence[TimelineLine]

    @property
    def is_person(self) -> bool:
        return Actor(self.kind).is_person

    @property
    def is_opening(self) -> bool:
        """Whether it is the receipt of the case itself."""
        return self.number == 1 and self.of is None

    @property
    def has_words(self) -> bool:
        """Whether somebody wrote something in it."""
        return any(item.line.text for item in self.lines)

    @property
    def is_internal(self) -> bool:
        """Whether something was written that does not stand on the complainant's page."""
        return any(item.line.text and item.is_internal for item in self.lines)


def timeline(parts: Sequence[CasePart], teller: EventWording) -> list[TimelineEntry]:
    """What happened in a case and its parts, the oldest first; `teller` tells of the case."""
    dated = [
        (facts[0].at, place, number, happened_in(number, facts, teller._replace(complaint=part.complaint)))
        for place, part in enumerate(parts)
        for number, facts in _by_entry(part.said)
    ]
    own = teller.complaint.reference
    in_order = [each for *_, each in sorted(dated, key=lambda each: each[:3])]
    return [each if each.of != own else each._replace(of=None) for each in in_order]


def happened_in(number: int, facts: Sequence[Fact], teller: EventWording) -> TimelineEntry:
    """One entry of the case that the `teller` tells of."""
    by = facts[0].by
    return TimelineEntry(
        number=number,
        at=facts[0].at,
        kind=by.kind,
        by=teller.person(by.id) if by.id else None,
        of=teller.complaint.reference,
        lines=[TimelineLine(line(fact, teller), voice_of(fact)) for fact in facts],
    )


def since(happened: Iterable[TimelineEntry], versions: int) -> list[TimelineEntry]:
    """What happened since the case was so many `versions` younger: the last entries of people, and what
    machines did meanwhile."""
    own = [each for each in happened if each.of is None]
    people = [each.number for each in own if each.is_person]
    first = people[-versions] if 0 < versions <= len(people) else 0
    return [each for each in own if first and each.number >= first]


def _by_entry(facts: Iterable[tuple[int, Fact]]) -> Iterator[tuple[int, list[Fact]]]:
    entries: dict[int, list[Fact]] = {}
    for number, fact in facts:
        entries.setdefault(number, []).append(fact)
    yield from entries.items()


def voice_of(fact: Fact) -> str:
    """Whose words the text of a fact is."""
    if isinstance(fact, Received | MessageReceived) or fact.by.kind == COMPLAINANT.kind:
        return THEIRS
    if isinstance(fact, _TO_COMPLAINANT):
        return OURS
    if is_left_out(fact, with_notes=True):
        return INTERNAL
    return NOTED if is_left_out(fact, with_notes=False) else HELD

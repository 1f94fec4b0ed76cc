"""Closing a flood: very many complaints that a machine sent, closed together by two people (clause 7.9).

    proposed ─▶ counted, by the schedule ─▶ confirmed, by a second person ─▶ closed, by the schedule

Nothing of a case stands here but its reference. What is closed is decided case by case when its turn comes:
one that a person wrote in meanwhile, or that somebody worked on, is left out.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import content_of
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.casework.floods import CROWD, SAMPLES, LeftOut
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, SecondPersonNeeded, Wrong
from complaints.values.field_types import CodeName, ShortText, StrictInput
from complaints.values.people import Actor, Role

LONGEST = timedelta(days=31)
"""How long the time may be in which a flood came."""

BEGINNING = ""
"""The place before the first case."""

_DECIDING = frozenset({Role.REVIEWER, Role.ADMIN})

MOST_NETWORKS = 100
"""How many groups of networks a closing may be of."""

MOST_CROWDS = 20
"""Of how many groups of networks, and of how many mail domains, it is said how many cases came from each."""

Number = Annotated[int, Meta(ge=0)]
Network = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,4}$(?!\n)")]
"""A group of networks on a day, as `network_name` says it."""

Networks = Annotated[tuple[Network, ...], Meta(max_length=MOST_NETWORKS)]


class LeftOutCount(StrictInput, frozen=True, kw_only=True):
    """How many cases were left out for a reason."""

    why: LeftOut
    cases: int


class Crowd(StrictInput, frozen=True, kw_only=True):
    """How many of the cases that can be closed came from one group of networks, or from one mail domain."""

    name: ShortText
    cases: int


class FloodClosing(Content, frozen=True, kw_only=True):
    """Cases received from `since` on and before `until`, whose subject has the `words`, of a `category`, from
    addresses of a mail `domain`, from one of the groups of `networks`.

    `matching` fit this, `closable` of them had no sign of a person when they were counted, of which `samples`
    are some, and `from_networks` and `from_domains` say where most came from. `closed` were closed.
    `left_out` says why others were not, as they were counted, and once it is confirmed as they were closed.
    `place` is how far the work is, `doing` are the cases of the step that is being taken.
    """

    since: datetime
    until: datetime
    words: ShortText | None = None
    category: CodeName | None = None
    domain: ShortText | None = None
    networks: Networks = ()
    asked_by: ShortText
    asked_at: datetime
    counted_at: datetime | None = None
    confirmed_by: ShortText | None = None
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    stopped: bool = False
    matching: int = 0
    closable: int = 0
    closed: int = 0
    left_out: tuple[LeftOutCount, ...] = ()
    samples: tuple[ShortText, ...] = ()
    from_networks: tuple[Crowd, ...] = ()
    from_domains: tuple[Crowd, ...] = ()
    place: str = BEGINNING
    doing: tuple[ShortText, ...] = ()

    @property
    def is_counting(self) -> bool:
        """Whether it is still to be said how many there are."""
        return self.counted_at is None and self.ended_at is None

    @property
    def is_closing(self) -> bool:
        """Whether cases are still to be closed."""
        return self.confirmed_at is not None and self.ended_at is None


class FloodClosingRecorded(RecordFact, frozen=True, kw_only=True):
    content: FloodClosing


class ProposeFloodClosing(RecordCommand, frozen=True, kw_only=True):
    """Says which cases are a flood, and why. They are counted, and some drawn to be looked at; none is closed
    before a second person confirms it."""

    verb: ClassVar[str] = "propose"
    since: datetime
    until: datetime
    words: ShortText | None = None
    category: CodeName | None = None
    domain: ShortText | None = None
    networks: Networks = ()


class CountFlood(RecordCommand, frozen=True, kw_only=True):
    """Says how many cases there are up to a place, and how many came from which `networks` and mail
    `domains`; without a place, these are all."""

    verb: ClassVar[str] = "count"
    matching: Number
    left_out: Mapping[LeftOut, Number]
    closable: tuple[ShortText, ...]
    networks: Mapping[str, Number] = {}
    domains: Mapping[str, Number] = {}
    place: ShortText | None = None


class ConfirmFloodClosing(RecordCommand, frozen=True, kw_only=True):
    """Confirms, as a second person who looked at the samples, that the cases are closed."""

    verb: ClassVar[str] = "confirm"


class StopFloodClosing(RecordCommand, frozen=True, kw_only=True):
    """Ends it: no more cases are closed. Those that were stay closed until somebody takes one up again."""

    verb: ClassVar[str] = "stop"


class CloseStep(RecordCommand, frozen=True, kw_only=True):
    """Says what became of the cases of the last step, and which the next one takes; none, and without a
    place, once all are done."""

    verb: ClassVar[str] = "close"
    closed: Number
    left_out: Mapping[LeftOut, Number]
    doing: tuple[ShortText, ...] = ()
    place: ShortText | None = None


def propose(record: ManagementRecord, command: ProposeFloodClosing, context: RecordsContext) -> FloodClosing:
    """Raises `Invalid` for a time that is not over, and without a reason."""
    wrong = [*_time_wrong(command, context)]
    if command.category and not context.site.codes.find(CodeList.CATEGORIES, command.category):
        wrong.append(Wrong("/category", "unknown-value"))
    if not command.reason:
        wrong.append(Wrong("/reason", "missing"))
    if wrong:
        raise Invalid(*wrong)
    return FloodClosing(
        since=command.since,
        until=command.until,
        words=command.words,
        category=command.category,
        domain=command.domain and command.domain.lstrip("@").casefold(),
        networks=command.networks,
        asked_by=context.by.id,
        asked_at=context.now,
    )


def count(record: ManagementRecord, command: CountFlood, context: RecordsContext) -> FloodClosing:
    """What the schedule found. The samples are drawn by the references, which are drawn by chance."""
    content = content_of(record, FloodClosing)
    drawn = sorted({*content.samples, *command.closable}, key=_by_chance)[:SAMPLES]
    counted = replace(
        content,
        matching=content.matching + command.matching,
        closable=content.closable + len(command.closable),
        left_out=_added(content.left_out, command.left_out),
        samples=tuple(drawn),
        from_networks=_crowds(content.from_networks, command.networks),
        from_domains=_crowds(content.from_domains, command.domains),
        place=command.place or BEGINNING,
    )
    return counted if command.place else replace(counted, counted_at=context.now)


def confirm(record: ManagementRecord, command: ConfirmFloodClosing, context: RecordsContext) -> FloodClosing:
    """Raises `SecondPersonNeeded` for whoever proposed it."""
    content = content_of(record, FloodClosing)
    if context.is_own(content.asked_by):
        raise SecondPersonNeeded
    return replace(content, confirmed_by=context.by.id, confirmed_at=context.now, left_out=())


def stop(record: ManagementRecord, command: StopFloodClosing, context: RecordsContext) -> FloodClosing:
    content = content_of(record, FloodClosing)
    return replace(content, stopped=True, ended_at=context.now)


def close(record: ManagementRecord, command: CloseStep, context: RecordsContext) -> FloodClosing:
    """What the schedule did."""
    content = content_of(record, FloodClosing)
    after = replace(
        content,
        closed=content.closed + command.closed,
        left_out=_added(content.left_out, command.left_out),
        doing=command.doing,
        place=command.place or BEGINNING,
    )
    return after if command.doing or command.place else replace(after, ended_at=context.now)


def next_due(content: FloodClosing, reminded: datetime | None) -> datetime | None:
    """Since when the schedule has something to do."""
    if content.is_counting:
        return content.asked_at
    return content.confirmed_at if content.is_closing else None


def allowed(content: FloodClosing, by: Actor) -> Iterable[str]:
    """What may be done with it as it stands."""
    if content.ended_at:
        return ()
    if content.is_counting:
        return ("count", "stop")
    return ("close", "stop") if content.is_closing else ("confirm", "stop")


def _time_wrong(command: ProposeFloodClosing, context: RecordsContext) -> Iterable[Wrong]:
    if command.until <= command.since:
        yield Wrong("/until", "ends-before-it-begins")
    elif command.until - command.since > LONGEST:
        yield Wrong("/until", "long-period", LONGEST.days)
    if command.until > context.now:
        yield Wrong("/until", "future")


def _added(known: Iterable[LeftOutCount], more: Mapping[LeftOut, int]) -> tuple[LeftOutCount, ...]:
    numbers = {each.why: each.cases for each in known}
    for why, cases in more.items():
        numbers[why] = numbers.get(why, 0) + cases
    return tuple(LeftOutCount(why=why, cases=numbers[why]) for why in LeftOut if numbers.get(why))


def _crowds(known: Iterable[Crowd], more: Mapping[str, int]) -> tuple[Crowd, ...]:
    """Those that most came from. A small one of one step is not counted, so each number may be too low."""
    numbers = {each.name: each.cases for each in known}
    for name, cases in more.items():
        if cases >= CROWD:
            numbers[name] = numbers.get(name, 0) + cases
    largest = sorted(numbers.items(), key=lambda each: (-each[1], each[0]))[:MOST_CROWDS]
    return tuple(Crowd(name=name, cases=cases) for name, cases in largest)


def _by_chance(reference: str) -> str:
    return reference[::-1]


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.FLOOD_CLOSING,
        content=FloodClosing,
        fact=FloodClosingRecorded,
        rules={
            ProposeFloodClosing: propose,
            CountFlood: count,
            ConfirmFloodClosing: confirm,
            CloseStep: close,
            StopFloodClosing: stop,
        },
        roles={
            "propose": _DECIDING,
            "count": frozenset(),
            "confirm": _DECIDING,
            "close": frozenset(),
            "stop": _DECIDING,
        },
        begins=("propose",),
        reasoned=("propose",),
        summaries={
            "propose": "Says which cases are a flood: they are counted, and some drawn to be looked at",
            "count": "Says how many cases there are: the schedule does it, and no person",
            "confirm": "Confirms as a second person that the cases are closed",
            "close": "Says how far the closing is: the schedule does it, and no person",
            "stop": "Ends it: no more cases are closed",
        },
        title="since",
        columns=("since", "until", "closable", "confirmed_at", "closed"),
        of_codes={"category": CodeList.CATEGORIES},
        of_members=("asked_by", "confirmed_by"),
        helped=("since", "words", "domain", "networks"),
        unlisted=("place", "doing", "samples", "from_networks", "from_domains"),
        unanswered=("place", "doing"),
        due=next_due,
        allowed=allowed,
    )

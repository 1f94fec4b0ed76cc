"""Fair sending: in which turn a first letter leaves, so that a flood on one site delays nobody on another.

A first letter goes to an address that nobody has shown to be theirs. In each turn of five minutes it leaves

1. as one of those that are kept for its site, which no other site can use;
2. else as one of those that all sites share, of which one site has at most half;
3. else where few have come from its network in this hour: robots seldom have as many networks as a site
   has complainants;
4. else where staff wrote to its mailbox before: robots do not get that far;
5. else where a mail of its reader came from its address (authenticated, DMARC). The mailbox exists, and its
   owner asks for the letter: it costs no good name, and as many leave as the account may send.

Each other one waits for a later turn. Whoever looks at the page of the own complaint meanwhile may ask for
the letter: a person does, and a robot has to come back for each. So many leave besides, which takes nothing
from those that wait. Places are given when they are asked for, so that whoever gets none is told at once, and
may read the letter on the page there and then: that takes no place, so that no robot takes it from anybody.

The counters of the turns are those of the function that sends letters: a submission counts nothing. (Fair
queueing, RFC 970: a site is a flow, and its flood fills its own queue.)
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.delivery.rate_limits import RateLimit, box

TURN = timedelta(minutes=5)

KEPT_FOR_A_SITE, SHARED_BY_A_SITE, NETWORKS_OF_A_SITE, KNOWN_IN_ALL = 1 / 8, 1 / 2, 1 / 2, 5
"""How many may leave for each one of these: 60, 240, 240 and 2,400 an hour."""

SHOWN_IN_ALL, SHOWN_OF_A_DOMAIN = 5, 1 / 2
"""How many may leave to addresses that a mail came from, where no pace of the account is known, and to those
of one mail domain: 2,400 and 240 an hour."""

SHOWN_BY_AN_ACCOUNT = 1 / 2
"""Of what the account may send, what may leave to addresses that a mail came from: in a turn, and in a day,
in which it may send what it does in an hour (SES begins with 14 a second and 50,000 a day)."""

SHOWN_OF_A_BOX = 1
"""First letters in an hour to one address that a mail came from: whoever has one of a great provider keeps
nobody out who has another."""

ASKED_BY_A_SITE = 1 / 2
"""How many leave besides because somebody asks, for each one of these: 240 an hour."""

ASKED_OF_A_NETWORK = 2
"""Letters of a site in an hour that one group of networks gets because it asks."""

OF_A_NETWORK = 1
"""First letters of a site in an hour for one group of networks, beside the others."""

TURNS_OF_AN_HOUR = 12
"""Turns after which a letter that waits tries again at the latest, too."""

KNOWN_FOR = timedelta(days=365)
"""How long a mailbox is known after staff wrote to it last."""

_AN_HOUR = timedelta(hours=1)
_LABELS = 2
"""Of a mail domain, those that it is counted by: whoever owns one makes any number below it. Many owners may
stand below two (`co.uk`): they share what one has."""

_BY_STAFF = (LetterKind.QUESTION, LetterKind.MESSAGE, LetterKind.RESOLUTION)
"""Letters of somebody who read the complaint and took it for one."""


class Turn(NamedTuple):
    """What a first letter needs in a turn: all limits of one of these ways."""

    kept: tuple[RateLimit, ...]
    shared: tuple[RateLimit, ...]
    network: tuple[RateLimit, ...]
    known: tuple[RateLimit, ...]


def turn_of(letter: Letter, now: datetime, an_hour: int) -> Turn:
    """The limits of a first letter in the turn of a moment; `an_hour` are shared by all sites."""
    site = letter.site
    shared = max(1, an_hour // TURNS_OF_AN_HOUR)
    begins = _begin(now)
    turn, ends = f"{begins:%Y-%m-%dT%H:%M}", begins + TURN
    return Turn(
        kept=(RateLimit(f"first|kept|{site}|{turn}", _part(shared, KEPT_FOR_A_SITE), ends),),
        shared=(
            RateLimit(f"first|shared|{site}|{turn}", _part(shared, SHARED_BY_A_SITE), ends),
            RateLimit(f"first|shared|{turn}", shared, ends),
        ),
        network=_by_network(letter, begins, shared),
        known=(RateLimit(f"first|known|{turn}", _part(shared, KNOWN_IN_ALL), ends),),
    )


def asked_for(letter: Letter, now: datetime, an_hour: int) -> tuple[RateLimit, ...]:
    """What a first letter needs, all of it, to leave at once because somebody asks for it on the page of the
    complaint."""
    begins, shared = _begin(now), max(1, an_hour // TURNS_OF_AN_HOUR)
    name = f"first|asked|{letter.site}|{begins:%Y-%m-%dT%H:%M}"
    place = RateLimit(name, _part(shared, ASKED_BY_A_SITE), begins + TURN)
    if letter.network is None:
        return (place,)
    hour = begins.replace(minute=0)
    return (
        RateLimit(
            f"first|asked|{letter.network}|{letter.site}|{hour:%Y-%m-%dT%H}",
            ASKED_OF_A_NETWORK,
            hour + timedelta(hours=1),
        ),
        place,
    )


def shown_by_mail(
    to: str, now: datetime, an_hour: int, a_second: int, hidden: Callable[[str], str]
) -> tuple[RateLimit, ...]:
    """What a first letter needs, all of it, to leave to an address that a mail of its reader came from;
    `a_second` is what the account sends, 0 where that is not known."""
    begins, shared = _begin(now), max(1, an_hour // TURNS_OF_AN_HOUR)
    turn, ends = f"{begins:%Y-%m-%dT%H:%M}", begins + TURN
    hour, day = begins.replace(minute=0), begins.replace(hour=0, minute=0)
    domain = hidden(".".join(to.rpartition("@")[2].lower().split(".")[-_LABELS:]))
    by_account = int(a_second * TURN.total_seconds() * SHOWN_BY_AN_ACCOUNT)
    limits = (
        RateLimit(f"first|box|{hidden(box(to))}|{hour:%Y-%m-%dT%H}", SHOWN_OF_A_BOX, hour + _AN_HOUR),
        RateLimit(f"first|domain|{domain}|{turn}", _part(shared, SHOWN_OF_A_DOMAIN), ends),
        RateLimit(f"first|shown|{turn}", max(by_account, _part(shared, SHOWN_IN_ALL)), ends),
    )
    if not a_second:
        return limits
    of_a_day = by_account * TURNS_OF_AN_HOUR
    return (*limits, RateLimit(f"first|shown|{day:%Y-%m-%d}", of_a_day, day + timedelta(days=1)))


def next_try(letter: Letter, holds: int, now: datetime) -> datetime:
    """When a letter tries again that has no place in the turn of a moment: in one of the next two turns, then
    of the next four and so on, up to an hour, by how often it was held. Those of a flood are spread over them
    by their references.
    """
    among = min(2 << holds, TURNS_OF_AN_HOUR)
    return _begin(now) + TURN * (1 + sum(map(ord, letter.reference)) % among)


def waits_for_another_limit(until: datetime | None, now: datetime) -> bool:
    """Whether a letter that waits until an instant waits for something else than its turn, such as the day on
    which its mailbox may have more: no place would let it leave."""
    return until is not None and until - now > TURN * TURNS_OF_AN_HOUR


def shows_person(letter: Letter) -> bool:
    """Whether a letter shows that its reader is a person in the eyes of staff."""
    return letter.to == "complainant" and letter.kind in _BY_STAFF


def name_of_known(to: str, hidden: Callable[[str], str]) -> str:
    """Under which name a mailbox is known, however it is spelled; `hidden` makes one that tells nothing."""
    return f"known|{hidden(box(to))}"


def _by_network(letter: Letter, begins: datetime, shared: int) -> tuple[RateLimit, ...]:
    """What a letter needs to leave for its network, by the hour; nothing where that is not known."""
    if letter.network is None:
        return ()
    hour = begins.replace(minute=0)
    name, ends = f"{letter.site}|{hour:%Y-%m-%dT%H}", hour + timedelta(hours=1)
    most = _part(shared * TURNS_OF_AN_HOUR, NETWORKS_OF_A_SITE)
    return (
        RateLimit(f"first|network|{letter.network}|{name}", OF_A_NETWORK, ends),
        RateLimit(f"first|networks|{name}", most, ends),
    )


def _part(shared: int, part: float) -> int:
    return max(1, int(shared * part))


def _begin(now: datetime) -> datetime:
    return now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)

"""Letters while robots flood one site, on a clock that is moved.

The limits are those of the product; the counters stand in memory.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.context.case import ClaimedLetter
from complaints.delivery import fair_sending
from complaints.delivery.fair_sending import TURN, name_of_known, turn_of
from complaints.delivery.rate_limits import RateLimited, taken_together
from functions.workers.letters.rate_limits import place_in
from tests.builders import MONDAY
from tests.fakes import CountedLimits

LETTERS_AN_HOUR, LETTERS_A_SECOND = 480, 14
AN_HOUR, A_MINUTE = timedelta(hours=1), timedelta(minutes=1)
ROBOTS, PEOPLE = 10_000, 30
GROUPS_OF_NETWORKS = 1024

TIMES = 3
"""How often somebody presses the button."""

AGAIN = TURN + A_MINUTE
"""After which time somebody presses the button again, as the page says."""


class Sender(NamedTuple):
    """Who complains at which site: `people` by kind, or a robot; from which group of networks. Whoever `asks`
    for the letter does so that long after, and up to so many `times`; who `writes` sends a line by mail
    before the second time, and who `reads` it on the page does where there is no place."""

    kind: str
    site: str
    network: int | None
    mailbox: str
    at: datetime
    asks: timedelta | None = None
    times: int = 1
    writes: bool = False
    reads: bool = False


class _Try(NamedTuple):
    """When whose letter is tried: it was held so often, or somebody asks for it (`asked`, how often)."""

    at: datetime
    number: int
    holds: int = 0
    asked: int = 0


class Flood:
    """`waited` says of each sender for how long the letter waited, `left_in` how many left in each hour."""

    def __init__(self, senders: list[Sender], known: frozenset[str] = frozenset()) -> None:
        self.limits = CountedLimits(frozenset(name_of_known(box, str) for box in known))
        self.left_in: Counter[datetime] = Counter()
        self.tries = self.requests = 0
        self.senders = senders
        self._letters = [_letter(number, sender) for number, sender in enumerate(senders)]
        self.waited: dict[int, timedelta] = {}
        tries = [_Try(sender.at, number) for number, sender in enumerate(senders)]
        asked = [
            _Try(sender.at + sender.asks, number, asked=1)
            for number, sender in enumerate(senders)
            if sender.asks is not None
        ]
        self._tries = sorted(tries + asked)

    def run(self, until: datetime) -> None:
        """Lets time pass; whoever waits then has waited until then."""
        while self._tries and self._tries[0].at < until:
            each = heappop(self._tries)
            if each.number in self.waited:
                continue
            later = self._asked(each) if each.asked else self._tried(each)
            if later:
                heappush(self._tries, later)
        for number, sender in enumerate(self.senders):
            self.waited.setdefault(number, until - sender.at)

    def of(self, kind: str) -> list[timedelta]:
        """How long the senders of a kind waited."""
        return [self.waited[number] for number, each in enumerate(self.senders) if each.kind == kind]

    def share_within(self, kind: str, limit: timedelta) -> float:
        """Of the senders of a kind, how many had their letter by then."""
        waited = self.of(kind)
        return sum(each <= limit for each in waited) / len(waited)

    def _tried(self, each: _Try) -> _Try | None:
        self.tries += 1
        sender, letter = self.senders[each.number], self._letters[each.number]
        turn = turn_of(letter, each.at, LETTERS_AN_HOUR)
        claimed = ClaimedLetter(letter, "a", 1, doubtful=False, holds=each.holds)
        try:
            place_in(turn, self.limits, claimed, each.at, name_of_known(sender.mailbox, str), is_person=False)
        except RateLimited as over:
            return _Try(over.until, each.number, each.holds + 1)
        self._leaves(each)
        return None

    def _asked(self, each: _Try) -> _Try | None:
        self.requests += 1
        sender = self.senders[each.number]
        place = fair_sending.asked_for(self._letters[each.number], each.at, LETTERS_AN_HOUR)
        shown = fair_sending.shown_by_mail(sender.mailbox, each.at, LETTERS_AN_HOUR, LETTERS_A_SECOND, str)
        if taken_together(self.limits, place) or (
            sender.writes and each.asked > 1 and taken_together(self.limits, shown)
        ):
            self._leaves(each)
        elif sender.reads:
            # It takes no place, and no mail leaves.
            self.waited[each.number] = each.at - sender.at
        elif each.asked < sender.times:
            return each._replace(at=each.at + AGAIN, asked=each.asked + 1)
        return None

    def _leaves(self, each: _Try) -> None:
        assert each.number not in self.waited, "each letter once"
        self.waited[each.number] = each.at - self.senders[each.number].at
        self.left_in[each.at.replace(minute=0, second=0, microsecond=0)] += 1


def _letter(number: int, sender: Sender) -> Letter:
    return Letter(
        id="000001.1",
        kind=LetterKind.ACKNOWLEDGEMENT,
        reference=f"C-{number:010d}-0",
        site=sender.site,
        language="en",
        to="complainant",
        called_for=sender.at,
        received_at=sender.at,
        network=sender.network,
    )


def robots(
    chance: random.Random,
    networks: int,
    asks: timedelta | None = None,
    domains: int = 0,
    *,
    read: bool = False,
) -> Iterator[Sender]:
    """All on one site within an hour, from so many networks; they write from mailboxes of so many domains."""
    groups = [chance.randrange(GROUPS_OF_NETWORKS) for _ in range(networks)]
    for number in range(ROBOTS):
        at = MONDAY + AN_HOUR * number / ROBOTS
        mailbox = f"robot{number}@robots{number % domains if domains else number}.example"
        yield Sender("robot", "flooded", chance.choice(groups), mailbox, at, asks, TIMES, domains > 0, read)


def people(
    chance: random.Random, asks: timedelta | None = None, *, take_mail: bool = True
) -> Iterator[Sender]:
    """One of each kind every two minutes: at the flooded site, some of whom staff wrote to before, and at
    another. Strangers at the flooded site may ask, and write, half of them from one domain; where no mails
    are taken (`take_mail`), they read it on the page."""
    for number in range(PEOPLE):
        at = MONDAY + timedelta(minutes=2 * number, seconds=30)
        group = chance.randrange(GROUPS_OF_NETWORKS)
        mailbox = f"new{number}@{'mail' if number % 2 else f'own{number}'}.example"
        yield Sender("stranger", "flooded", group, mailbox, at, asks, TIMES, take_mail, not take_mail)
        yield Sender("known", "flooded", group, f"known{number}@example.org", at)
        yield Sender("elsewhere", "quiet", group, f"other{number}@example.org", at)


def flooded(
    networks: int,
    seed: int = 1,
    *,
    people_ask: timedelta | None = None,
    robots_ask: timedelta | None = None,
    domains: int = 0,
    robots_read: bool = False,
    take_mail: bool = True,
) -> Flood:
    """The hour of the flood, and ten minutes more."""
    chance = random.Random(seed)
    senders = [
        *robots(chance, networks, robots_ask, domains, read=robots_read),
        *people(chance, people_ask, take_mail=take_mail),
    ]
    flood = Flood(senders, frozenset(f"known{number}@example.org" for number in range(PEOPLE)))
    flood.run(MONDAY + AN_HOUR + 10 * A_MINUTE)
    return flood

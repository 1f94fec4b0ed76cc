"""A flood of robots on one site: when acknowledgements of people leave, by counts on a clock that is moved.

The limits are those of the product; the counters stand in memory.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

import pytest

from complaints.context.case import ClaimedLetter
from complaints.delivery.fair_sending import TURN, name_of_known, turn_of
from complaints.delivery.rate_limits import RateLimit, RateLimited
from complaints.model.correspondence.letter import Letter, LetterKind
from functions.workers.letters.rate_limits import place_in
from tests.builders import MONDAY
from tests.fakes import CountedLimits

LETTERS_AN_HOUR = 480
AN_HOUR = timedelta(hours=1)
ROBOTS = 10_000
GROUPS_OF_NETWORKS = 1024


class Sender(NamedTuple):
    """Who complains at which site: `people` by kind, or a robot; from which group of networks."""

    kind: str
    site: str
    network: int | None
    mailbox: str
    at: datetime


class Flood:
    """Letters while a flood runs: `waited` says of each kind of sender for how long each waited."""

    def __init__(self, senders: list[Sender], known: frozenset[str] = frozenset()) -> None:
        self.limits = CountedLimits(frozenset(name_of_known(box, str) for box in known))
        self.waited: dict[str, list[timedelta]] = {sender.kind: [] for sender in senders}
        self.left_in: Counter[datetime] = Counter()
        self.tries = 0
        self._waiting = [(sender.at, number, 0, sender) for number, sender in enumerate(senders)]
        self._waiting.sort()

    def run(self, until: datetime) -> None:
        """Lets time pass; whoever waits then has waited until then."""
        while self._waiting and self._waiting[0][0] < until:
            now, number, holds, sender = heappop(self._waiting)
            later = self._try(now, number, holds, sender)
            if later:
                heappush(self._waiting, (later, number, holds + 1, sender))
            else:
                self.waited[sender.kind].append(now - sender.at)
                self.left_in[now.replace(minute=0, second=0, microsecond=0)] += 1
        for *_, sender in self._waiting:
            self.waited[sender.kind].append(until - sender.at)

    def _try(self, now: datetime, number: int, holds: int, sender: Sender) -> datetime | None:
        self.tries += 1
        letter = Letter(
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
        turn = turn_of(letter, now, LETTERS_AN_HOUR)
        claimed = ClaimedLetter(letter, "a", 1, doubtful=False, holds=holds)
        try:
            place_in(turn, self.limits, claimed, now, name_of_known(sender.mailbox, str), is_person=False)
        except RateLimited as over:
            return over.until
        return None

    def share_within(self, kind: str, limit: timedelta) -> float:
        """Of the senders of a kind, how many had their letter by then."""
        waited = self.waited[kind]
        return sum(each <= limit for each in waited) / len(waited)


def robots(chance: random.Random, networks: int) -> Iterator[Sender]:
    """All on one site within an hour, from so many networks."""
    groups = [chance.randrange(GROUPS_OF_NETWORKS) for _ in range(networks)]
    for number in range(ROBOTS):
        at = MONDAY + AN_HOUR * number / ROBOTS
        yield Sender("robot", "flooded", chance.choice(groups), f"robot{number}@example.net", at)


def people(chance: random.Random) -> Iterator[Sender]:
    """One of each kind every two minutes: at the flooded site, some of whom staff wrote to before, and at
    another."""
    for number in range(30):
        at = MONDAY + timedelta(minutes=2 * number, seconds=30)
        group = chance.randrange(GROUPS_OF_NETWORKS)
        yield Sender("stranger", "flooded", group, f"new{number}@example.org", at)
        yield Sender("known", "flooded", group, f"known{number}@example.org", at)
        yield Sender("elsewhere", "quiet", group, f"other{number}@example.org", at)


def flooded(networks: int, seed: int = 1) -> Flood:
    chance = random.Random(seed)
    senders = [*robots(chance, networks), *people(chance)]
    flood = Flood(senders, frozenset(f"known{number}@example.org" for number in range(30)))
    flood.run(MONDAY + timedelta(hours=3))
    return flood


def test_s67_ten_thousand_robots_in_an_hour_delay_no_person_elsewhere_and_none_who_is_known() -> None:
    flood = flooded(networks=50)
    assert max(flood.waited["elsewhere"]) == timedelta()
    assert max(flood.waited["known"]) <= 2 * TURN
    assert flood.share_within("stranger", 2 * TURN) > 0.9

    at_one_site = LETTERS_AN_HOUR * (1 / 8 + 1 / 2 + 1 / 2)
    people_known_or_elsewhere = 60
    assert max(flood.left_in.values()) <= at_one_site + people_known_or_elsewhere
    assert flood.tries < 10 * ROBOTS


def test_s67_robots_with_a_network_each_delay_strangers_at_their_site_alone() -> None:
    """That they wait is said at the site; the flood is closed, and those who are left have their letters."""
    flood = flooded(networks=ROBOTS)
    assert max(flood.waited["elsewhere"]) == timedelta()
    assert max(flood.waited["known"]) <= 2 * TURN
    assert len(flood.waited["stranger"]) == 30
    assert flood.share_within("stranger", 2 * TURN) < 0.5


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_s67_it_is_so_whatever_networks_people_have(seed: int) -> None:
    flood = flooded(networks=50, seed=seed)
    assert max(flood.waited["elsewhere"]) == timedelta()
    assert max(flood.waited["known"]) <= 2 * TURN
    # One in twenty shares a group of networks with robots: of 30, more than nine do once in a million runs.
    assert flood.share_within("stranger", 2 * TURN) >= 0.7


def test_a_site_that_is_flooded_leaves_room_for_nine_others_beside_what_is_kept_for_each() -> None:
    limits = CountedLimits()
    letter = Letter(
        id="000001.1",
        kind=LetterKind.ACKNOWLEDGEMENT,
        reference="C-7K3M9-QX2HT-7",
        site="flooded",
        language="en",
        to="complainant",
        called_for=MONDAY,
        received_at=MONDAY,
    )

    def takes(way: tuple[RateLimit, ...]) -> bool:
        return all(limits.may_leave(limit) for limit in way)

    turn = turn_of(letter, MONDAY, LETTERS_AN_HOUR)
    assert sum(takes(turn.kept) for _ in range(100)) == 5
    assert sum(takes(turn.shared) for _ in range(100)) == 20
    assert turn.network == ()

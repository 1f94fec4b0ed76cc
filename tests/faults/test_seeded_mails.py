"""S28 to S34, S42: letters and answers in rounds of chance, each told by its seed.

Whatever comes twice, late, in another order or not at all, and whoever dies, every letter leaves once.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random

import pytest

from tests.faults.faults_in_process import KILLS, TROUBLES, attempt, meeting
from tests.faults.mail_installation import Mails, check, installed

BOXES = ("success", "success", "busy", "full", "bounce", "complaint")
STEPS = 4
ANSWERS = 0.2
MOST_CALLS = 9
"""A fault is put at one of so many calls, of which a step seldom makes all."""


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    with installed(table) as mails:
        yield mails


class Round:
    """One case whose mails are brought by chance."""

    def __init__(self, mails: Mails, seed: int) -> None:
        self._mails, self._chance = mails, Random(seed)
        mails.forget()
        self.reference = mails.complain(self._chance.choice(BOXES), f"r{seed}")
        self._answers = 0

    def live(self) -> None:
        """Some steps, each of one to three workers at once, then all that is left: nothing may be wrong."""
        for _ in range(STEPS):
            self._step()
        self._mails.recover(self.reference)
        check(self._mails, self.reference, self._answers)

    def _step(self) -> None:
        if self._chance.random() < ANSWERS:
            self._answer()
        work = self._work()
        workers = self._chance.choice((1, 1, 2, 3))
        kind, place = self._chance.choice([*KILLS, *TROUBLES, "none"]), self._chance.randint(1, MOST_CALLS)
        fault = "" if kind == "none" else f"*:*:{place}:{kind}"
        with meeting(fault), ThreadPoolExecutor(workers) as crowd:
            for _ in range(workers):
                crowd.submit(attempt, work)

    def _work(self) -> Callable[[], object]:
        """Something that the platform does now: what is new, or what it brought before."""
        mails, chance = self._mails, self._chance
        mails.look(self.reference)
        some = chance.sample(mails.records, k=chance.randint(1, min(3, len(mails.records))))
        can: list[Callable[[], object]] = [lambda: mails.send(*some)] * 3
        if mails.service.events:
            event = chance.choice(mails.service.events)
            can += [lambda: mails.settle(event)] * 3
        if mails.arrivals:
            arrival = chance.choice(mails.arrivals)
            can += [lambda: mails.take(arrival)] * 2
        later = timedelta(minutes=chance.choice((1, 6, 300)))
        can += [lambda: mails.installation.run_schedule(later)]
        return chance.choice(can)

    def _answer(self) -> None:
        """The complainant writes back, twice at most."""
        if self._answers < 2:
            self._answers += 1
            self._mails.answer(self.reference, f"m-{self.reference}-{self._answers}")


def sixty_rounds(mails: Mails, first: int) -> int:
    """How many letters left."""
    for seed in range(first, first + 60):
        Round(mails, seed).live()
    return len(mails.service.sent)


def test_s29_whatever_dies_in_sixty_rounds_every_letter_leaves_once(mails: Mails) -> None:
    assert sixty_rounds(mails, 0) >= 60


@pytest.mark.soak
@pytest.mark.parametrize("first", range(0, 300, 60))
def test_s29_whatever_dies_in_three_hundred_rounds_every_letter_leaves_once(
    mails: Mails, first: int, soak_seed: int
) -> None:
    """In tables of sixty: the schedule works every case of a table, so a larger one takes ever longer."""
    assert sixty_rounds(mails, soak_seed + first) >= 60

"""S45, S46: whatever dies or fails at any AWS call of a mail, no letter is lost and none is doubled."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

import pytest

from tests.faults.faults_in_process import KILLS, TROUBLES, attempt, meeting
from tests.faults.mail_installation import Mails, check, installed

Step = Callable[[Mails, str], None]


@pytest.fixture
def mails(table: str) -> Iterator[Mails]:
    with installed(table) as mails:
        yield mails


def send(mails: Mails, reference: str) -> None:
    mails.send(*mails.look(reference))


def meet_at_each_call(mails: Mails, kind: str, box: str, first: Step, work: Step, answers: int = 0) -> int:
    """Does the work with a fault at each of its calls in turn, until none is left; how many it has."""
    for place in count(1):
        mails.forget()
        reference = mails.complain(box, str(place))
        first(mails, reference)
        with meeting(f"*:*:{place}:{kind}") as met:
            attempt(partial(work, mails, reference))
        mails.recover(reference)
        check(mails, reference, answers)
        if not met.fired:
            return place - 1
    raise AssertionError


def wanted(mails: Mails, reference: str) -> None:
    """The letter is wanted, and no more has happened."""


def unmarked(mails: Mails, reference: str) -> None:
    """The letter left, and whoever sent it died before it was marked."""
    with meeting("sesv2:SendEmail:1:kill-after"):
        attempt(lambda: send(mails, reference))


def hear(mails: Mails, reference: str) -> None:
    """What became of the letter is heard, the last word first."""
    for event in reversed(mails.service.events[-2:]):
        mails.settle(event)


def answered(mails: Mails, reference: str) -> None:
    """The letter left, and the complainant wrote back."""
    send(mails, reference)
    mails.answer(reference, f"m-{reference}")


def take(mails: Mails, reference: str) -> None:
    mails.take(mails.arrivals[-1])


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
def test_s45_a_letter_that_meets_a_fault_at_any_call_leaves_once(mails: Mails, kind: str) -> None:
    assert meet_at_each_call(mails, kind, "success", wanted, send) >= 8


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
@pytest.mark.parametrize(("box", "before"), [("success", unmarked), ("busy", unmarked), ("bounce", send)])
def test_s45_what_became_of_a_mail_is_put_on_record_once(
    mails: Mails, kind: str, box: str, before: Step
) -> None:
    assert meet_at_each_call(mails, kind, box, before, hear) >= 3


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
def test_s45_a_mail_that_comes_in_is_taken_once(mails: Mails, kind: str) -> None:
    """With its file."""
    assert meet_at_each_call(mails, kind, "success", answered, take, answers=1) >= 10

"""S52: a schedule or an outbox that dies at any AWS call says each thing once, and mails it once."""

from collections import Counter
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from complaints.adapters.container import container
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.letter import LetterKind
from complaints.case.deadlines import EscalationRaised, ReminderRaised
from complaints.handling import verify_chain
from functions.workers.letters import outbox
from tests.builders import MONDAY
from tests.faults.fault_process import MailFolder, deliver_and_meet, run_schedule_and_meet
from tests.installation import Installation

KILLED = -9
LATE = MONDAY + timedelta(days=60)
"""All of a ladder is climbed by then."""


@pytest.fixture
def installation(installation: Installation) -> Installation:
    installation.clock.moment = LATE
    return installation


def raised(installation: Installation, reference: str) -> Counter[tuple[str, int]]:
    """How often each rung of each clock was raised."""
    facts = [
        fact for entry in installation.world.cases.entries(reference) for fact in decode(entry.data).facts
    ]
    rungs = [fact for fact in facts if isinstance(fact, ReminderRaised | EscalationRaised)]
    return Counter((fact.clock, fact.rung) for fact in rungs)


def escalations(installation: Installation, reference: str) -> list[str]:
    """The letters about what is late."""
    states = installation.world.outbox.of_case(reference)
    return [each.letter.id for each in states if each.letter.kind is LetterKind.ESCALATION]


def check(installation: Installation, reference: str) -> None:
    """Each rung was raised once, with a letter of its own, and the chain is whole."""
    complaint = installation.complaint(reference)
    expected = {(clock.key, place) for clock in complaint.clocks for place in range(len(clock.rungs))}
    assert raised(installation, reference) == dict.fromkeys(expected, 1)
    assert len(escalations(installation, reference)) == len(expected)
    assert list(verify_chain.flaws(complaint, installation.world.cases.entries(reference))) == []


@pytest.mark.parametrize("kind", ["kill-before", "kill-after"])
def test_a_schedule_that_is_killed_says_each_thing_once(
    installation: Installation, table: str, kind: str
) -> None:
    """At each of its calls in turn, until there is no call left; then it runs three times more."""
    deaths = 0
    for place in count(1):
        reference = installation.take(f"{kind}-{place}")
        ended = run_schedule_and_meet(f"*:*:{place}:{kind}", table, LATE)
        for _ in range(3):
            installation.run_schedule()
        check(installation, reference)
        if ended != KILLED:
            assert ended == 0
            break
        deaths += 1
    assert deaths > 6, "four looks, the site, the case, and the entry"


@pytest.mark.parametrize("kind", ["throttle", "error500", "timeout-after"])
def test_a_schedule_with_trouble_at_one_call_says_each_thing_once(
    installation: Installation, table: str, kind: str
) -> None:
    for place in range(1, 9):
        reference = installation.take(f"{kind}-{place}")
        assert run_schedule_and_meet(f"*:*:{place}:{kind}", table, LATE) == 0
        installation.run_schedule()
        check(installation, reference)


@pytest.mark.parametrize("kind", ["kill-before", "kill-after"])
def test_an_escalation_is_mailed_once(
    installation: Installation, table: str, post: MailFolder, tmp_path: Path, kind: str
) -> None:
    """Killed at each call of the outbox; it is mailed twice at most where it is said to be doubtful.

    Threat 52.
    """
    for place in count(1):
        reference = installation.take(f"{kind}-{place}")
        installation.run_schedule()
        letter, *_ = escalations(installation, reference)
        before = len(post.sent)
        now, fault = installation.clock.moment, f"*:*:{place}:{kind}"
        ended = deliver_and_meet(fault, table, now, tmp_path, reference, letter)
        installation.run_schedule(CLAIM_GRACE)
        for _ in range(3):
            outbox.deliver(container(), reference, letter)
        (state,) = (each for each in installation.world.outbox.of_case(reference) if each.letter.id == letter)
        assert state.state == "sent"
        assert len(post.sent) - before == 1 or (state.doubtful and len(post.sent) - before == 2)
        if ended != KILLED:
            assert ended == 0
            break
    assert place > 4

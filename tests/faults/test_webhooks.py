"""S45: whatever dies or fails at any call of a webhook, none is lost, and a repeat is known by its id."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from complaints.adapters.container import container
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE
from complaints.case.correspondence.letters import LetterSent
from complaints.handling import verify_chain
from functions.workers.letters import outbox
from tests.faults.faults_in_process import KILLS, TROUBLES, attempt, meeting
from tests.webhooks.installation import Hooked, hooked
from tests.webhooks.receivers import HANGING_UP

RECEIVED = "000001.2"


@pytest.fixture
def shop(table: str, tmp_path: Path) -> Iterator[Hooked]:
    with hooked(table, tmp_path) as shop:
        yield shop


def recover(shop: Hooked, reference: str) -> None:
    """What was cut off is taken up again: no more faults."""
    for _ in range(4):
        shop.passes(CLAIM_GRACE, reference)


def check(shop: Hooked, reference: str) -> None:
    """Each webhook was taken, is on record once, and came twice only where it is said that it may have."""
    states = shop.webhooks(reference)
    assert [each.state for each in states] == ["sent", "sent"]
    facts = [fact for fact in shop.facts(reference) if isinstance(fact, LetterSent)]
    assert sorted(fact.letter for fact in facts) == [each.letter.id for each in states]
    came = [got.id for got in shop.receiver.got if got.id.startswith(reference)]
    assert sorted(set(came)) == sorted(fact.message_id for fact in facts)
    doubtful = {fact.message_id for fact in facts if fact.doubtful}
    assert {id for id in came if came.count(id) > 1} <= doubtful
    assert len({(got.id, got.body) for got in shop.receiver.got if got.id in came}) == 2
    assert (
        list(
            verify_chain.flaws(
                shop.case(reference).complaint, shop.installation.world.cases.entries(reference)
            )
        )
        == []
    )
    assert len([sent for sent in shop.post.sent if sent.endswith(" 000001-1")]) >= 1


@pytest.mark.parametrize("kind", [*KILLS, *TROUBLES])
def test_s45_a_webhook_that_meets_a_fault_at_any_call_is_taken(shop: Hooked, kind: str) -> None:
    """Before its call, and after it: the mark is a call of its own."""
    for place in count(1):
        reference = shop.complain(str(place))
        with meeting(f"*:*:{place}:{kind}") as met:
            attempt(partial(outbox.deliver, container(), reference, RECEIVED))
        recover(shop, reference)
        check(shop, reference)
        if not met.fired:
            break
    assert place > 3, "the case, the claim and the mark"


def test_s45_a_webhook_whose_answer_is_lost_comes_again_with_its_id(shop: Hooked) -> None:
    reference = shop.complain()
    shop.receiver.answers_next(HANGING_UP)
    outbox.deliver(container(), reference, RECEIVED)
    recover(shop, reference)
    came = [got for got in shop.receiver.got if got.id.endswith("_000001_2")]
    assert len(came) == 2
    assert len({(got.id, got.body) for got in came}) == 1
    assert shop.webhooks(reference)[0].state == "sent"

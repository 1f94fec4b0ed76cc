"""A digest that dies at any AWS call loses no line, and is mailed once, or said to be doubtful."""

from itertools import count
from pathlib import Path

import pytest

from complaints.adapters.dynamodb.models import LetterItem
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE
from tests.faults.fault_process import MailFolder, deliver_and_meet
from tests.functions.digest_steps import DENIZ, doubtful, opens_next, pass_time, reminded, states, wishes
from tests.installation import Installation

KILLED = -9


def wanted(installation: Installation) -> list[tuple[str, str]]:
    """The letters that the stream would bring."""
    items = LetterItem.scan(LetterItem.state == "wanted", consistent_read=True)
    return [(item.pk.partition("#")[2], item.sk.partition("#")[2]) for item in items]


@pytest.mark.parametrize("kind", ["kill-before", "kill-after"])
def test_a_digest_that_is_killed_loses_no_line(
    installation: Installation, table: str, post: MailFolder, tmp_path: Path, kind: str
) -> None:
    """At each of its calls in turn, until there is no call left."""
    for place in count(1):
        owner, before = f"Reader {place}", len(post.sent)
        wishes(installation, owner)
        cases = reminded(installation, f"{place}-1", f"{place}-2", owner=owner)
        assert states(installation, cases) == ["held"] * 2
        pass_time(installation, opens_next(installation), settles=False)
        ((reader, day),) = wanted(installation)
        now, fault = installation.clock.moment, f"*:*:{place}:{kind}"
        ended = deliver_and_meet(fault, table, now, tmp_path, reader, day)
        for _ in range(3):
            pass_time(installation, installation.clock.moment + CLAIM_GRACE)
        assert states(installation, cases) == ["sent"] * 2
        times = post.sent[before:].count(f"{DENIZ} {day}")
        assert times == 1 or (times == 2 and all(doubtful(installation, cases)))
        if ended != KILLED:
            assert ended == 0
            break
    assert place > 9, "claim, lines, member, site, kept, sent, two lines and the end"


@pytest.mark.parametrize("kind", ["kill-before", "kill-after"])
def test_a_letter_that_is_killed_on_its_way_to_a_digest_is_told_once(
    installation: Installation, table: str, post: MailFolder, tmp_path: Path, kind: str
) -> None:
    """As a line, or as a mail of its own."""
    for place in count(1):
        owner = f"Reader {place}"
        wishes(installation, owner)
        (name,) = reminded(installation, f"{place}", owner=owner, settles=False)
        (letter,) = (letter for reference, letter in wanted(installation) if reference == name)
        now, fault = installation.clock.moment, f"*:*:{place}:{kind}"
        ended = deliver_and_meet(fault, table, now, tmp_path, name, letter)
        before = len(post.sent)
        for _ in range(2):
            pass_time(installation, installation.clock.moment + CLAIM_GRACE)
        pass_time(installation, opens_next(installation))
        assert states(installation, [name]) == ["sent"]
        assert len([sent for sent in post.sent[before:] if sent.startswith(DENIZ)]) == 1
        if ended != KILLED:
            assert ended == 0
            break
    assert place > 4, "the case, its site, the claim, the member, and the line"

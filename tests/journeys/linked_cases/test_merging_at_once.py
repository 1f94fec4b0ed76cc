"""A merge while others merge and write: one of two merges counts, and no message gets lost."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.linked_cases.duplicates import audits, texts, try_to_merge, twins
from tests.journeys.steps import Complaint, Staff
from tests.local_run import LocalRun


@pytest.fixture
def deniz(local_run: LocalRun) -> Staff:
    return Staff(local_run)


def test_two_at_once_one_is_stale(deniz: Staff, local_run: LocalRun) -> None:
    """Two people merge in opposite directions: one wins, the other is told, and nobody is left unanswered."""
    for pair in several(local_run, 4):
        versions = {complaint.reference: deniz.case(complaint)["version"] for complaint in pair}

        one, other = pair
        with ThreadPoolExecutor(2) as people:
            there = people.submit(try_to_merge, deniz, one, other, versions[one.reference])
            back = people.submit(try_to_merge, deniz, other, one, versions[other.reference])
        assert sorted(each.result().status for each in (there, back)) in ([200, 409], [200, 412])
        assert sorted(deniz.case(complaint)["stage"] for complaint in pair) == ["acknowledged", "closed"]
        assert audits(deniz, *pair)


def test_what_is_written_while_a_merge_is_made_is_not_lost(deniz: Staff, local_run: LocalRun) -> None:
    for source, target in several(local_run, 3):
        with ThreadPoolExecutor(3) as crowd:
            sent = [crowd.submit(write, source, str(number)) for number in range(6)]
            merged = crowd.submit(persist, deniz, source, target)
        assert all(each.result() for each in (*sent, merged))
        assert sorted(texts(target.view())) == [str(number) for number in range(6)]


def several(run: LocalRun, count: int) -> Iterator[tuple[Complaint, Complaint]]:
    return (twins(run) for _ in range(count))


def write(complaint: Complaint, text: str) -> bool:
    """Sends a message as clients do: whoever is told to come back sends the same again."""
    key = str(uuid.uuid4())
    sent = (complaint.call("POST", "/messages", {"text": text}, Idempotency_Key=key) for _ in range(20))
    return next(got for got in sent if got.status != 503).status == 202


def persist(staff: Staff, source: Complaint, target: Complaint) -> bool:
    """Merges as people do: whoever is told that the case was changed looks again."""
    return any(try_to_merge(staff, source, target).status == 200 for _ in range(20))

"""What follows from entries of cases: done once for many records, and one that fails stops no other."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import Key, case_pk, entry_sk, private_pk
from complaints.adapters.dynamodb.models import EntryItem
from complaints.casework.correspondence.messages import Note
from complaints.checkpoints.leaf import ChainLeaf, RunLeaf
from complaints.reporting.metrics.measures import ALL, CounterKey, Measure
from complaints.reporting.search.search_questions import read_question
from functions.workers.case_stream import follow_cases
from tests.builders import ADA, MONDAY, context
from tests.installation import Installation, opened

RECEIVED = CounterKey("demo", MONDAY.date(), Measure.RECEIVED, ALL)


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def followed(*keys: Key) -> list[str]:
    """Which records of a batch failed, by their places."""
    records: Any = [
        SimpleNamespace(
            keys={"pk": {"S": pk}, "sk": {"S": sk}},
            new_image=None,
            event_name="INSERT",
            sequence_number=str(place),
        )
        for place, (pk, sk) in enumerate(keys)
    ]
    return [failure["itemIdentifier"] for failure in follow_cases(records)["batchItemFailures"]]


def found(installation: Installation, question: str) -> list[str]:
    page = installation.world.search.find(("demo",), read_question(question), after=None, limit=5)
    return [listed.row.reference for listed in page.items]


def received(installation: Installation) -> int:
    return installation.world.counters.between("demo", date(2026, 1, 1), date(2026, 12, 31))[RECEIVED]


def test_s42_records_that_come_twice_and_out_of_order_count_a_case_once_and_let_it_be_found(
    installation: Installation,
) -> None:
    reference = installation.take("k-1")
    entries = [(case_pk(reference), entry_sk(number)) for number in (2, 1, 1)]
    assert followed(*entries, (private_pk(reference), entry_sk(1)), *reversed(entries)) == []
    assert followed(*entries) == []
    assert received(installation) == 1
    assert found(installation, "okafor") == [reference]


def test_a_case_is_found_by_each_thing_that_is_written_in_it(installation: Installation) -> None:
    reference = installation.take("k-1")
    assert found(installation, "featherstone") == []
    case = installation.world.cases.load(reference)
    assert case is not None
    terms = installation.world.sites.terms("demo")
    noted = Note(text="Mrs Featherstone holds the key.")
    installation.world.casework.carry_out(case, noted, context(ADA, terms=terms))
    assert followed((private_pk(reference), entry_sk(3))) == []
    assert found(installation, "featherstone") == [reference]


def test_s42_a_case_that_cannot_be_told_is_named_and_the_others_are_counted(
    installation: Installation,
) -> None:
    broken, whole = installation.take("k-1"), installation.take("k-2")
    EntryItem(case_pk(broken), entry_sk(1), number=1, data=b"{").save()
    assert followed((case_pk(broken), entry_sk(2)), (case_pk(whole), entry_sk(1))) == ["0"]
    assert received(installation) == 1


def test_an_item_that_only_says_that_it_is_an_entry_keeps_no_other_from_being_noted(
    installation: Installation,
) -> None:
    world = installation.world
    world.settings = replace(world.settings, evidence="evidence")
    words: dict[str, Any] = {"item": {"S": "entry"}, "data": {"B": b64encode(b"{}").decode()}}
    keys = [{"pk": {"S": "site#demo"}, "sk": {"S": sk}} for sk in ("entry#abc", entry_sk(1))]
    records: Any = [
        SimpleNamespace(keys=key, sequence_number=key["sk"]["S"], new_image=key | words, event_name="INSERT")
        for key in keys
    ]
    assert follow_cases(records)["batchItemFailures"] == []
    sealed = sha256(b"{}").hexdigest()
    noted = list(world.checkpoint_notes.between(None, world.now() + timedelta(hours=1)))
    assert noted == [ChainLeaf("site#demo", 1, sealed)]


def test_a_retention_run_is_noted_once_it_ended(installation: Installation) -> None:
    world = installation.world
    world.settings = replace(world.settings, evidence="evidence")
    runs = ['{"site":"demo"}', '{"ended_at":"2026-03-02T03:00:00Z"}', "{"]
    records: Any = [
        SimpleNamespace(
            keys=(key := {"pk": {"S": "retention#demo"}, "sk": {"S": f"run#2026-03-0{day}"}}),
            sequence_number=str(day),
            new_image=key | {"item": {"S": "retention_run"}, "run": {"S": run}},
            event_name="INSERT",
        )
        for day, run in enumerate(runs, 1)
    ]
    assert follow_cases(records)["batchItemFailures"] == []
    noted = set(world.checkpoint_notes.between(None, world.now() + timedelta(hours=1)))
    assert noted == {
        RunLeaf(f"demo/2026-03-0{day}", sha256(runs[day - 1].encode()).hexdigest()) for day in (2, 3)
    }


def test_what_is_no_entry_of_a_case_asks_for_nothing(installation: Installation) -> None:
    reference = installation.take("k-1")
    others = [
        (case_pk(reference), "letter#000001.1"),
        ("site#demo", entry_sk(1)),
        (case_pk(reference), "head"),
    ]
    assert followed(*others) == []
    assert received(installation) == 0

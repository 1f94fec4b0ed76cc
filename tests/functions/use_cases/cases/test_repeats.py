"""Which complaint repeats an earlier one: found by the stream, by the address of the person, and kept as a
fact of the later case (indicator 20)."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk, private_pk
from complaints.case.record.links import RepeatFound
from complaints.casework.command import Command
from complaints.casework.outcome.classification import Classify
from complaints.casework.people.contact_details import CorrectContact
from complaints.casework.process.receipt import Receive
from complaints.casework.record.merging import Merge
from complaints.context.decision_context import Context, OtherCase
from complaints.handling.linked_case_service import CaseSide, TwoCaseService
from complaints.handling.service import Submission
from complaints.values.people import COMPLAINANT
from functions.serializers.parts.entries_with_texts import opened as opened_entries
from functions.workers.case_stream import follow_cases
from tests.builders import ADA, MONDAY, context, receive
from tests.installation import Installation, opened

LATE, DAMAGED = "delivery.late", "delivery.damaged"


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def takes(installation: Installation, key: str, day: int, **fields: Any) -> str:
    """A complaint comes so many days later, and the stream tells of it."""
    world = installation.world
    command: Receive = receive(**{"email": "ada@example.org", "category": LATE} | fields)
    at = Context(now=MONDAY + timedelta(days=day), by=COMPLAINANT, terms=world.sites.terms("demo"))
    reference = world.casework.receive(command, at, Submission(site="demo", key=key, body="b")).case
    follow(reference.complaint.reference, 1)
    return reference.complaint.reference


def does(installation: Installation, reference: str, command: Command) -> None:
    world = installation.world
    case = world.cases.load(reference)
    assert case is not None
    after = world.casework.carry_out(case, command, context(ADA, terms=world.sites.terms("demo")))
    follow(reference, after.complaint.number)


def follow(reference: str, number: int) -> None:
    """The records of an entry, in any order and twice."""
    keys = [(case_pk(reference), entry_sk(number)), (private_pk(reference), entry_sk(number))]
    records: Any = [
        SimpleNamespace(
            keys={"pk": {"S": pk}, "sk": {"S": sk}},
            new_image=None,
            event_name="INSERT",
            sequence_number=str(place),
        )
        for place, (pk, sk) in enumerate((*keys, *keys))
    ]
    assert follow_cases(records) == {"batchItemFailures": []}


def repeated(installation: Installation, reference: str) -> str | None:
    return installation.complaint(reference).repeats


def facts(installation: Installation, reference: str) -> list[str | None]:
    found = opened_entries(installation.world.cases.entries(reference))
    return [fact.of for _, fact in found if isinstance(fact, RepeatFound)]


@pytest.mark.iso10002("8.2 analysis and evaluation: repeats")
def test_the_second_complaint_of_an_address_about_the_same_repeats_the_first(
    installation: Installation,
) -> None:
    first = takes(installation, "a", 0)
    second = takes(installation, "b", 30, email="ADA@example.org")
    assert repeated(installation, second) == first
    assert repeated(installation, first) is None
    follow(second, 1)
    assert facts(installation, second) == [first]


def test_other_people_other_matters_and_other_products_are_no_repeat(installation: Installation) -> None:
    takes(installation, "a", 0, product="Kettle")
    others: tuple[dict[str, Any], ...] = (
        {"email": "grace@example.org"},
        {"category": DAMAGED},
        {"product": "Toaster"},
        {"category": None},
    )
    for number, fields in enumerate(others):
        reference = takes(installation, f"other-{number}", 30, **fields)
        assert facts(installation, reference) == []
    late = takes(installation, "late", 181, product="kettle")
    assert facts(installation, late) == []


def test_a_corrected_category_or_address_is_compared_anew_on_both_sides(installation: Installation) -> None:
    first = takes(installation, "a", 0)
    second = takes(installation, "b", 30)
    does(installation, first, Classify(category=DAMAGED, reason="It was about this."))
    assert repeated(installation, second) is None
    does(installation, second, Classify(category=DAMAGED, reason="It was about this."))
    assert repeated(installation, second) == first
    does(installation, second, CorrectContact(email="grace@example.org", reason="A typing error."))
    assert repeated(installation, second) is None
    assert facts(installation, second) == [first, None, first, None]


def test_who_repeated_a_case_of_another_address_now_repeats_it_no_more(installation: Installation) -> None:
    first = takes(installation, "a", 0)
    second = takes(installation, "b", 30)
    third = takes(installation, "c", 60)
    assert (repeated(installation, second), repeated(installation, third)) == (first, second)
    does(installation, first, CorrectContact(email="grace@example.org", reason="A typing error."))
    assert (repeated(installation, second), repeated(installation, third)) == (None, second)


def test_who_repeated_a_case_that_became_part_of_another_one_repeats_that_one(
    installation: Installation,
) -> None:
    first, second = takes(installation, "a", 0), takes(installation, "b", 30)
    third = takes(installation, "c", 60)
    assert repeated(installation, third) == second
    world = installation.world

    def look() -> tuple[CaseSide, CaseSide]:
        source, target = (world.cases.load(name) for name in (second, first))
        assert source
        assert target
        at = context(ADA, terms=world.sites.terms("demo"))
        return (
            CaseSide(
                source, replace(at, other_case=OtherCase(complaint=target.complaint, is_one_person=True))
            ),
            CaseSide(
                target, replace(at, other_case=OtherCase(complaint=source.complaint, is_one_person=True))
            ),
        )

    version = installation.complaint(second).version
    wish = Merge(into=first, reason="The same matter.")
    merged = TwoCaseService(world.casework, world.cases).carry_out(look, wish, expected=version)
    follow(second, merged.complaint.number)
    assert repeated(installation, third) == first

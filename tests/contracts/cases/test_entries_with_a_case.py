"""The last entries of a case come with it, as far as the process has seen before that they are there."""

from typing import Any, NamedTuple

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.stores.cases.case_messages import DynamoMessages
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.casework.correspondence.messages import Message
from complaints.context.case import Case, last_entries
from functions.serializers.parts.entries_with_texts import opened_facts_of
from tests.contracts.cases.stored_cases import shelved
from tests.contracts.store_failures import troubled
from tests.contracts.writes import following, opening
from tests.mail.letters import TEMPLATES

pytestmark = pytest.mark.usefixtures("table")


class Parts(NamedTuple):
    messages: DynamoMessages
    catalogues: Catalogues


def a_case_with(messages: int) -> Case:
    """A case that another process wrote."""
    written = [opening()]
    for number in range(messages):
        written.append(following(written[-1].case, Message(text=f"Message {number}")))
    shelved(*written)
    return written[-1].case


def numbers(cases: DynamoCases, case: Case, last: int) -> list[int]:
    return [entry.number for entry in cases.look_up(case.complaint.reference, last=last).entries]


def test_a_case_that_was_read_before_comes_with_its_first_entry_and_its_last_ones() -> None:
    case, cases = a_case_with(5), DynamoCases()
    assert numbers(cases, case, 4) == []
    with troubled() as reads:
        assert numbers(cases, case, 4) == [1, 4, 5, 6]
    assert reads == ["BatchGetItem"]
    assert numbers(cases, case, 0) == []


def test_every_case_comes_with_its_first_entry_where_that_alone_is_asked_for() -> None:
    case, cases = a_case_with(2), DynamoCases()
    assert [numbers(cases, case, 1) for _ in range(2)] == [[1], [1]]


def test_a_case_that_was_written_before_comes_with_its_entries() -> None:
    cases, written = DynamoCases(), opening()
    cases.write(written)
    assert numbers(cases, written.case, 4) == [1]


def test_what_another_process_wrote_since_is_read_beside_what_came_with_the_case() -> None:
    case, cases = a_case_with(2), DynamoCases()
    reference = case.complaint.reference
    cases.load(reference)
    shelved(following(case, Message(text="From elsewhere.")))
    looked_up = cases.look_up(reference, last=4)
    assert looked_up.case
    expected = last_entries(looked_up.case.complaint.number, 4)
    assert (expected, [entry.number for entry in looked_up.entries]) == ({1, 2, 3, 4}, [1, 2, 3])
    parts: Any = Parts(DynamoMessages(), Catalogues(TEMPLATES / "locale"))
    with troubled() as reads:
        facts = opened_facts_of(parts, reference, expected, "en", looked_up.entries)
    assert reads == ["BatchGetItem"]
    assert facts == opened_facts_of(parts, reference, expected, "en")
    assert [number for number, _ in facts] == sorted(number for number, _ in facts)
    with troubled() as reads:
        assert opened_facts_of(parts, reference, {1, 3}, "en", looked_up.entries)
    assert reads == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, set()), (1, {1}), (3, {1, 2, 3}), (4, {1, 2, 3, 4}), (9, {1, 7, 8, 9})],
)
def test_the_last_entries_are_the_first_and_the_latest(number: int, expected: set[int]) -> None:
    assert last_entries(number, 4) == expected

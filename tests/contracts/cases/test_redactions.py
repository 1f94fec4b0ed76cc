"""What every store promises of words that are blacked out: they are gone with the fact that says so."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import entry_sk, private_pk
from complaints.adapters.dynamodb.models import Item, PrivateItem
from complaints.adapters.maintenance.rebuild_heads import Rebuilding
from complaints.adapters.stores.cases.case_messages import DynamoMessages
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.correspondence.outbox import DynamoOutbox
from complaints.audit_trail.hash_chain import Passage, StoredEntry
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.correspondence.messages import Add, Message
from complaints.casework.record.redaction import Redact
from complaints.context.case import Case, CaseWrite, VersionConflict
from complaints.context.ports import Cases
from complaints.handling import verify_chain
from complaints.handling.lifecycle import decide
from complaints.values.errors import Unavailable
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import ADA, MONDAY, RUTH, context
from tests.contracts.writes import casework, following, opening
from tests.fakes import FakeCases

SECRET = "The courier is called Zebedee Quux."


@pytest.fixture(params=["fake", "dynamo"])
def store(request: pytest.FixtureRequest) -> Cases:
    if request.param == "fake":
        return FakeCases()
    request.getfixturevalue("table")
    return DynamoCases()


def redacting(case: Case, entry: StoredEntry, *letters: str) -> CaseWrite:
    """The write that blacks an entry out, and with it these letters."""
    seen = replace(context(RUTH), passage=Passage(entry=entry, letters=letters))
    facts = decide(case.complaint, Redact(message=entry.number, reason="A name."), seen)
    return casework(FakeCases()).writing(case, facts, seen)


def told(store: Cases, text: str = SECRET) -> Case:
    """A case in which entry 2 is a message of the complainant."""
    opened = opening()
    written = following(opened.case, Add(text=text), COMPLAINANT)
    store.write(opened)
    store.write(written)
    return written.case


def entry_of(store: Cases, case: Case, number: int) -> StoredEntry:
    return store.entries(case.complaint.reference)[number - 1]


@pytest.mark.parametrize("text", [SECRET, SECRET * 2_000], ids=["short", "long"])
def test_the_words_are_gone_and_the_chain_verifies(store: Cases, text: str) -> None:
    case = told(store, text)
    writing = redacting(case, entry_of(store, case, 2))
    store.write(writing)
    entries = store.entries(case.complaint.reference)
    assert SECRET not in str([entry.private for entry in entries])
    assert list(verify_chain.flaws(writing.case.complaint, entries)) == []


def test_of_the_complaint_itself_names_stay(store: Cases) -> None:
    case = told(store)
    store.write(redacting(case, entry_of(store, case, 1)))
    values = [value for _, value in entry_of(store, case, 1).private.values()]
    assert "Ngozi Okafor" in values
    assert not [value for value in values if "cups" in value]
    stored = store.load(case.complaint.reference)
    assert stored is not None
    assert stored.card.subject == ""


def test_nothing_is_removed_when_somebody_else_was_first(store: Cases) -> None:
    case = told(store)
    writing = redacting(case, entry_of(store, case, 2))
    store.write(following(case))
    with pytest.raises(VersionConflict):
        store.write(writing)
    assert SECRET in str(entry_of(store, case, 2).private)


@pytest.fixture
def look(table: str) -> Callable[[Case], str]:
    """All that a table holds of the words of a case."""

    def read(case: Case) -> str:
        return str([item.serialize() for item in Item.query(private_pk(case.complaint.reference))])

    return read


def test_an_older_message_is_still_found_without_its_words(look: Callable[[Case], str]) -> None:
    cases = DynamoCases()
    case = told(cases)
    cases.write(redacting(case, entry_of(cases, case, 2)))
    reference = case.complaint.reference
    assert list(DynamoMessages().numbers_before(reference, 9, 20)) == [2]
    [written] = DynamoMessages().of_entries(reference, [2])
    assert written.private == {}


def test_a_letter_that_quotes_them_goes_too_as_it_was_rendered(look: Callable[[Case], str]) -> None:
    cases, outbox = DynamoCases(), DynamoOutbox()
    opened = opening()
    asked = following(opened.case, Message(text=SECRET), ADA)
    cases.write(opened)
    cases.write(asked)
    letter = asked.letters[0]
    claimed = outbox.claim(letter.reference, letter.id, "a-1", MONDAY)
    assert claimed is not None
    outbox.keep(claimed, b"Subject: " + SECRET.encode(), "ngozi@okafor.example")
    taken = following(
        asked.case, LetterTaken(letter=letter.id, kind=letter.kind, message_id="mail-1"), MACHINE
    )
    cases.write(taken)
    assert outbox.kept(claimed.letter.reference, claimed.letter.id) is not None
    cases.write(redacting(taken.case, entry_of(cases, taken.case, 2), letter.id))
    assert outbox.kept(claimed.letter.reference, claimed.letter.id) is None
    assert "ngozi@okafor.example" not in look(taken.case).partition("letter#")[2]


def test_values_that_were_forgotten_meanwhile_are_not_brought_back(look: Callable[[Case], str]) -> None:
    cases = DynamoCases()
    case = told(cases)
    writing = redacting(case, entry_of(cases, case, 1))
    PrivateItem.get(private_pk(case.complaint.reference), entry_sk(1)).delete()
    with pytest.raises(Unavailable):
        cases.write(writing)
    assert "Okafor" not in look(case)


def test_a_head_whose_words_were_removed_is_what_its_facts_say(look: Callable[[Case], str]) -> None:
    cases = DynamoCases()
    case = told(cases)
    first = redacting(case, entry_of(cases, case, 1))
    cases.write(first)
    assert list(Rebuilding(mends=False).findings()) == []
    assert "cups" not in look(case)

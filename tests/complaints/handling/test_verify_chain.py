"""Tampering with a chain: each kind, at each position, is found and named by its position."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Entry, StoredEntry
from complaints.case.facts import AnyFact
from complaints.casework.record.redaction import Redact
from complaints.handling import verify_chain
from complaints.handling.verify_chain import Flaw
from complaints.values.field_types import Stage
from tests.builders import GRACE, MONDAY, RUTH, Story, a_complaint
from tests.complaints.situations import COMMANDS

Chain = list[StoredEntry]
CaseEntry = Entry[AnyFact]


def a_story(key: str) -> Story:
    story = a_complaint().received(key=key).acknowledged().assessed().asked().wrote()
    return story.found().decided().does(GRACE, COMMANDS["note"])


STORY = a_story("k-1")
ENTRIES: Chain = list(STORY.cases.entries(STORY.reference))
OTHER = a_story("k-2")
FOREIGN: Chain = list(OTHER.cases.entries(OTHER.reference))
MALLORY = replace(GRACE, id="mallory")
POSITIONS = range(1, len(ENTRIES) + 1)
WITH_TEXT = [entry.number for entry in ENTRIES if entry.private]


def flaws(entries: Iterable[StoredEntry]) -> list[Flaw]:
    return list(verify_chain.flaws(STORY.build(), entries))


def at(position: int, change: Callable[[StoredEntry], StoredEntry]) -> Chain:
    """The chain with the entry at one position changed."""
    return [change(entry) if entry.number == position else entry for entry in ENTRIES]


def rewritten(position: int, change: Callable[[CaseEntry], CaseEntry]) -> Chain:
    """The chain with an entry decoded, changed, and encoded again."""
    return at(position, lambda it: replace(it, data=hash_chain.encode(change(hash_chain.decode(it.data)))))


def test_a_chain_that_nobody_touched_verifies() -> None:
    assert flaws(ENTRIES) == []


@pytest.mark.parametrize(
    "change",
    [{"stage": Stage.CLOSED}, {"assignee": "mallory"}, {"clocks": ()}, {"decision": None}, {"version": 3}],
    ids=str,
)
def test_s64_a_state_that_the_chain_does_not_lead_to_is_found(change: dict[str, Any]) -> None:
    complaint = replace(STORY.build(), **change)
    assert list(verify_chain.flaws(complaint, ENTRIES)) == [Flaw(complaint.number, "state-changed")]


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.iso10002("4 information integrity: chain")
def test_s64_a_changed_fact_is_found(position: int) -> None:
    def by_somebody_else(entry: CaseEntry) -> CaseEntry:
        return replace(entry, facts=tuple(replace(fact, by=MALLORY) for fact in entry.facts))

    assert flaws(rewritten(position, by_somebody_else)) == [Flaw(position, "changed")]


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_a_moved_time_is_found(position: int) -> None:
    def earlier(entry: CaseEntry) -> CaseEntry:
        moment = MONDAY - timedelta(seconds=1)
        return replace(entry, facts=tuple(replace(fact, at=moment) for fact in entry.facts))

    assert flaws(rewritten(position, earlier)) == [Flaw(position, "changed")]


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_a_dropped_fact_is_found(position: int) -> None:
    changed = rewritten(position, lambda entry: replace(entry, facts=entry.facts[1:]))
    assert Flaw(position, "changed") in flaws(changed)
    assert {flaw.number for flaw in flaws(changed)} == {position}


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.iso10002("4 information integrity: chain")
def test_s64_a_dropped_entry_is_found(position: int) -> None:
    assert flaws(entry for entry in ENTRIES if entry.number != position) == [Flaw(position, "missing")]


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_a_chain_that_is_cut_off_is_found(position: int) -> None:
    left = [entry for entry in ENTRIES if entry.number < position]
    assert flaws(left) == [Flaw(number, "missing") for number in POSITIONS if number >= position]


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_a_doubled_entry_is_found(position: int) -> None:
    """It stands a second time under the next number, and all that follow moved up."""
    doubled = [replace(it, number=it.number + 1) for it in ENTRIES if it.number >= position]
    found = flaws([entry for entry in ENTRIES if entry.number <= position] + doubled)
    assert Flaw(position + 1, "out-of-order") in found
    assert min(flaw.number for flaw in found) >= position


@pytest.mark.parametrize("position", POSITIONS[:-1])
def test_s64_swapped_entries_are_found(position: int) -> None:
    turned = {position: position + 1, position + 1: position}
    found = flaws(replace(entry, number=turned.get(entry.number, entry.number)) for entry in ENTRIES)
    assert {Flaw(position, "out-of-order"), Flaw(position + 1, "out-of-order")} <= set(found)


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_an_entry_of_another_case_is_found(position: int) -> None:
    found = flaws(at(position, lambda entry: FOREIGN[position - 1]))
    assert Flaw(position, "foreign") in found
    assert {flaw.number for flaw in found} == {position}


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_an_edited_number_is_found(position: int) -> None:
    found = flaws(rewritten(position, lambda entry: replace(entry, number=entry.number + 1)))
    assert set(found) == {Flaw(position, "out-of-order"), Flaw(position, "changed")}


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_an_edited_version_is_found(position: int) -> None:
    found = flaws(rewritten(position, lambda entry: replace(entry, version=entry.version + 1)))
    assert found == [Flaw(position, "changed")]


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_an_edited_link_is_found(position: int) -> None:
    found = flaws(rewritten(position, lambda entry: replace(entry, before="0" * 64)))
    assert Flaw(position, "changed") in found


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_a_chain_rebuilt_from_a_position_on_is_found(position: int) -> None:
    """Every link fits again; the state of the case was sealed on another last entry."""
    rebuilt, before = [], ""
    for stored in ENTRIES:
        entry = replace(hash_chain.decode(stored.data), before=before)
        if stored.number == position:
            entry = replace(entry, version=entry.version + 7)
        rebuilt.append(replace(stored, data=hash_chain.encode(entry)))
        before = hash_chain.hash_of(rebuilt[-1].data)
    assert flaws(rebuilt) == [Flaw(len(ENTRIES), "changed")]


@pytest.mark.parametrize("position", POSITIONS)
def test_s64_an_entry_beyond_the_end_is_found(position: int) -> None:
    added = replace(ENTRIES[position - 1], number=len(ENTRIES) + 1)
    assert flaws([*ENTRIES, added]) == [Flaw(len(ENTRIES) + 1, "out-of-order")]


@pytest.mark.parametrize("position", WITH_TEXT)
@pytest.mark.parametrize("part", ["salt", "text", "no salt"])
def test_s64_a_changed_text_is_found(position: int, part: str) -> None:
    def other(salt: str, value: str) -> tuple[str, str]:
        return {"salt": (salt[::-1], value), "text": (salt, value + "!"), "no salt": ("?", value)}[part]

    def change(entry: StoredEntry) -> StoredEntry:
        return replace(entry, private={place: other(*it) for place, it in entry.private.items()})

    assert flaws(at(position, change)) == [Flaw(position, "text-changed")]


def test_s64_a_text_that_was_never_told_is_found() -> None:
    added: Any = {"0.Received.phone": ("AAAA", "+90 212 000 00 00")}
    found = flaws(at(1, lambda entry: replace(entry, private={**entry.private, **added})))
    assert found == [Flaw(1, "text-changed")]


@pytest.mark.parametrize("position", WITH_TEXT)
def test_s64_a_text_that_is_missing_without_a_redaction_is_found(position: int) -> None:
    assert flaws(at(position, lambda entry: replace(entry, private={}))) == [Flaw(position, "text-missing")]


def test_s64_who_complains_is_missed_in_a_complaint_whose_words_were_redacted() -> None:
    redact = Redact(message=1, reason="It names somebody who has no part in it.")
    story = a_complaint().received().does(RUTH, redact)
    first, second = story.cases.entries(story.reference)
    assert list(verify_chain.flaws(story.build(), [first, second])) == []
    nameless = replace(first, private={at: it for at, it in first.private.items() if "name" not in at})
    assert list(verify_chain.flaws(story.build(), [nameless, second])) == [Flaw(1, "text-missing")]


def test_s64_a_redaction_of_one_entry_says_nothing_of_another() -> None:
    story = a_complaint().received().wrote().does(RUTH, Redact(message=2, reason="It names somebody."))
    first, *others = story.cases.entries(story.reference)
    emptied = [replace(first, private={}), *others]
    assert list(verify_chain.flaws(story.build(), emptied)) == [Flaw(1, "text-missing")]


@given(st.data())
def test_s64_any_other_byte_is_found_where_it_is(data: st.DataObject) -> None:
    position = data.draw(st.sampled_from(POSITIONS))
    bytes_ = bytearray(ENTRIES[position - 1].data)
    place = data.draw(st.integers(0, len(bytes_) - 1))
    bytes_[place] ^= data.draw(st.integers(1, 255))
    damaged = at(position, lambda entry: replace(entry, data=bytes(bytes_)))
    assert position in {flaw.number for flaw in flaws(damaged)}
    assert (
        verify_chain.shown(damaged[position - 1])["hash"] != verify_chain.shown(ENTRIES[position - 1])["hash"]
    )


def test_an_auditor_sees_commitments_and_no_words() -> None:
    shown = repr([verify_chain.shown(entry) for entry in ENTRIES])
    assert "committed:" in shown
    assert "Okafor" not in shown
    assert "courier" not in shown

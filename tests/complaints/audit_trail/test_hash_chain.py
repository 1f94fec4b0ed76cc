"""The chain: what enters it, what stays outside, and that the two belong together."""

import json
from base64 import urlsafe_b64decode
from hashlib import sha256
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import Entry, StoredEntry
from complaints.case.correspondence.messages import MessageReceived, NoteAdded
from complaints.case.fact import Fact
from complaints.case.facts import AnyFact
from complaints.case.process.closing import Withdrawn
from complaints.case.process.receipt import Received
from complaints.handling import verify_chain
from complaints.handling.verify_chain import Flaw
from complaints.settings.events import AnySettingFact
from complaints.values.field_types import CodeName
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, MONDAY, a_complaint
from tests.fakes import CountingSalt

TEXTS = (str, str | None, CodeName, CodeName | None)


def note(text: str) -> NoteAdded:
    return NoteAdded(at=MONDAY, by=ADA, text=text)


def an_entry(*facts: Fact, number: int = 1, before: str = "") -> bytes:
    sealed, _ = hash_chain.seal(facts, CountingSalt())
    return hash_chain.encode(
        Entry(reference="C-7K3M9-QX2HT-7", number=number, version=1, before=before, facts=sealed)
    )


def test_s60_the_same_text_twice_makes_two_commitments() -> None:
    """Nobody can tell by the chain that two people said the same, or guess a short thing."""
    sealed, _ = hash_chain.seal([note("yes"), note("yes")], CountingSalt())
    assert sealed[0] != sealed[1]


def test_s60_every_value_has_a_salt_of_128_bits_of_its_own() -> None:
    entry = a_complaint().received().cases.entries("C-F6P8W-8BESE-Q")[0]
    salts = [urlsafe_b64decode(salt) for salt, _ in entry.private.values()]
    assert {len(salt) for salt in salts} == {16}
    assert len(set(salts)) == len(salts) == 4


def test_a_commitment_is_an_hmac_of_the_value_under_its_salt() -> None:
    """HMAC-SHA-256, RFC 4231 test case 2: anybody can check one without our code."""
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    committed = hash_chain.commitment(b"Jefe", "what do ya want for nothing?")
    assert urlsafe_b64decode(committed.removeprefix("committed:") + "=").hex() == digest


def test_the_same_entry_is_always_the_same_bytes() -> None:
    assert an_entry(note("yes")) == an_entry(note("yes"))
    assert hash_chain.encode(hash_chain.decode(an_entry(note("yes")))) == an_entry(note("yes"))


def test_an_entry_is_plain_json_that_names_its_format() -> None:
    data = json.loads(an_entry(note("yes")))
    assert list(data) == ["format", "reference", "number", "version", "before", "facts"]
    assert data["format"] == 1


def test_the_hash_of_an_entry_is_that_of_its_bytes() -> None:
    assert hash_chain.hash_of(an_entry(note("yes"))) == sha256(an_entry(note("yes"))).hexdigest()


def test_each_entry_holds_the_hash_of_the_one_before() -> None:
    story = a_complaint().received().acknowledged().assessed()
    entries = story.cases.entries(story.reference)
    links = [hash_chain.decode(entry.data).before for entry in entries]
    assert links == ["", *(hash_chain.hash_of(entry.data) for entry in entries[:-1])]
    assert story.build().seal == hash_chain.hash_of(entries[-1].data)


def test_what_was_not_told_is_not_committed_to() -> None:
    sealed, private = hash_chain.seal([Withdrawn(at=MONDAY, by=COMPLAINANT)], CountingSalt())
    assert sealed == (Withdrawn(at=MONDAY, by=COMPLAINANT),)
    assert private == {}


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_from_outside_the_chain(text: str) -> None:
    facts = (note("first"), MessageReceived(at=MONDAY, by=COMPLAINANT, text=text, day=MONDAY.date()))
    sealed, private = hash_chain.seal(facts, CountingSalt())
    opened = tuple(hash_chain.opened(fact, place, private) for place, fact in enumerate(sealed))
    assert opened == facts
    assert all(hash_chain.keeps(fact, place, private) for place, fact in enumerate(sealed))


def test_a_text_that_was_forgotten_is_empty_and_the_fact_stays() -> None:
    (sealed,), _ = hash_chain.seal([note("Call her sister.")], CountingSalt())
    assert hash_chain.opened(sealed, 0, {}) == note("")
    assert hash_chain.keeps(sealed, 0, {})


@pytest.mark.iso10002("4 confidentiality: apart")
def test_no_word_of_a_person_enters_the_chain() -> None:
    story = (
        a_complaint().received(phone="+90 212 000 00 00", special_needs="large print").wrote("The blue ones.")
    )
    chained = b"".join(entry.data for entry in story.cases.entries(story.reference))
    found = [value for entry in story.cases.entries(story.reference) for _, value in entry.private.values()]
    assert len(found) == 7
    assert not [value for value in found if value.encode() in chained]


def test_every_text_field_of_a_fact_is_private_or_a_word_of_ours() -> None:
    """A new field that holds what somebody wrote must be named in `PRIVATE`, or here with its reason."""
    ours = {
        "site": "a key of the settings",
        "language": "one of the site's",
        "category": "one of the site's",
        "subcategory": "one of the site's",
        "root_cause": "one of the site's",
        "cause": "one of the site's",
        "action": "one of the site's",
        "owner": "a member's id",
        "outcome_code": "one of the site's",
        "remedy": "one of the site's",
        "budget": "one of the site's",
        "point": "made by the product",
        "checklist": "one of the site's",
        "notice_version": "a version of the settings",
        "message_id": "the mail service's",
        "to": "a member's id, a role, or a reference",
        "was": "a member's id",
        "into": "a reference",
        "source": "a reference",
        "of": "a reference",
        "seal": "the hash of an entry",
        "up_to": "a place in a queue",
        "id": "made by the product",
        "clock": "a pack's",
        "about": "a clock, a pack's",
        "event": "a pack's",
        "body": "the external body's, named in the settings or by a pack",
        "letter": "an entry's number",
        "letter_language": "a tag",
        "invitation": "its id",
        "invited_by": "a member's id",
        "member": "a member's id",
        "asked_by": "a member's id",
        "party": "`complainant`, `represented`, or the id of a joint person, made by the product",
        "record": "the id of an order",
        "mail": "when it came, and a hash",
        "calendar_version": "a source's, which ships with the product",
        "zone_data": "IANA's",
        "rule": "a code of the settings",
        "title": "what the settings call the rule",
        "when": "a trigger of a rule",
        "kind": "a kind of letter",
        "reason": "of a letter that failed: the mail service's word",
        "digest": "a hash",
        "recipient": "a commitment, which cannot be opened without the letter",
    }
    for kind in (*get_args(AnyFact), *get_args(AnySettingFact)):
        texts = {
            name
            for name, annotation in kind.__annotations__.items()
            if annotation in TEXTS and name not in kind.PRIVATE
        }
        assert texts <= ours.keys(), f"{kind.__name__}: {texts - ours.keys()}"


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"null", b'"\xff"', b'{"format":1}', b"[" * 5_000, an_entry(note("yes"))[:-1]],
    ids=["nothing", "empty", "null", "no UTF-8", "too little", "deep", "cut"],
)
def test_bytes_that_are_no_entry_are_named_and_nothing_worse(data: bytes) -> None:
    complaint = a_complaint().received().build()
    assert list(verify_chain.flaws(complaint, [StoredEntry(1, data, {})])) == [Flaw(1, "unreadable")]
    assert verify_chain.shown(StoredEntry(1, data, {}))["facts"] is None


def test_s2_an_entry_with_two_equal_keys_is_no_entry_of_ours() -> None:
    """Two parsers would read two numbers; the hash knows only one spelling."""
    story = a_complaint().received()
    (stored,) = story.cases.entries(story.reference)
    twice = StoredEntry(1, stored.data.replace(b'"number":1', b'"number":2,"number":1'), stored.private)
    assert list(verify_chain.flaws(story.build(), [twice])) == [Flaw(1, "changed")]


def test_two_spellings_of_one_letter_are_two_texts() -> None:
    composed, decomposed = "\u00e7ay", "c\u0327ay"
    assert hash_chain.commitment(b"salt", composed) != hash_chain.commitment(b"salt", decomposed)


def test_a_received_fact_is_sealed_in_all_its_private_values() -> None:
    found = dict.fromkeys(Received.PRIVATE, "told")
    fact = Received(
        at=MONDAY,
        by=COMPLAINANT,
        site="demo",
        language="en",
        notice_version="1",
        **found,  # type: ignore[arg-type]
    )
    (sealed,), private = hash_chain.seal([fact], CountingSalt())
    assert len(private) == len(Received.PRIVATE)
    assert all(getattr(sealed, name).startswith("committed:") for name in Received.PRIVATE)

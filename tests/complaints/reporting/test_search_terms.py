"""What a case is found by, and where that ends."""

from typing import Any, get_args

from complaints.events.case import AnyFact, NoteAdded, Received, VulnerabilityNoted
from complaints.events.contact import ContactCorrected
from complaints.reporting.search_terms import MOST_KEYS, MOST_PARTS, NAMES, TELEPHONES, TEXTS, Terms, found_by
from complaints.values.people import COMPLAINANT
from tests.builders import ADA, MONDAY

REFERENCE = "C-7K3M9-QX2HT-7"
CONSONANTS = "bcdfghjklmnpqrstvwxyz"


def said(**fields: Any) -> Received:
    usual: dict[str, Any] = {
        "by": COMPLAINANT,
        "at": MONDAY,
        "site": "demo",
        "language": "en",
        "notice_version": "1",
    }
    return Received(**usual | {"description": "It came late."} | fields)


def terms(**fields: Any) -> Terms:
    return found_by(REFERENCE, [said(**fields)])


def test_a_word_has_few_keys_and_its_beginnings_as_parts() -> None:
    added = terms(description="Kettles")
    assert set(added.keys) - set(terms(description="").keys) == {"kett"}
    assert {"^ket", "^kett", "^kettl", "^kettle", "^kettles"} <= set(added.parts)


def test_the_middle_of_a_long_word_has_keys_and_that_of_a_short_one_has_none() -> None:
    assert {"dich", "schr"} <= set(terms(description="Kühlschrankdichtung").keys)
    assert "ttle" not in terms(description="Kettles").keys


def test_words_of_two_letters_lead_to_a_case_where_they_name_something() -> None:
    assert "tv" in terms(product="TV").keys
    assert "tv" not in terms(description="My TV broke").keys


def test_what_a_person_needs_or_suffers_from_finds_nobody() -> None:
    facts = [
        said(special_needs="wheelchair"),
        VulnerabilityNoted(by=ADA, at=MONDAY, is_vulnerable=True, reason="dementia"),
    ]
    assert found_by(REFERENCE, facts) == terms()


def test_what_was_removed_finds_nothing() -> None:
    assert found_by(REFERENCE, [said(subject="", description="")]) == terms(subject=None, description="")


def test_the_beginnings_of_all_words_come_before_the_middle_of_any() -> None:
    words = [f"{first}z{second}" for first in CONSONANTS for second in CONSONANTS]
    keys = terms(description=" ".join(word * 4 for word in words)).keys
    assert len(keys) == MOST_KEYS
    assert {(word * 4)[:4] for word in words} <= set(keys)


def test_names_come_before_texts() -> None:
    endless = " ".join(f"w{n:05}" for n in range(3_000))
    keys = found_by(REFERENCE, [said(description=endless, name="Ada Yılmaz", order_number="AB-4711")]).keys
    assert len(keys) == MOST_KEYS
    assert {"ada", "yil", "yilm", "4711"} <= set(keys)


def test_s87_the_longest_text_costs_no_more_than_the_limit() -> None:
    found = terms(description="".join(map(chr, range(0x4E00, 0x4E00 + 20_000))))
    assert (len(found.keys), len(found.parts)) == (MOST_KEYS, MOST_PARTS)


def test_every_source_is_a_private_field_of_a_fact() -> None:
    known = get_args(AnyFact)
    for sources in (NAMES, TELEPHONES, TEXTS):
        for fact, fields in sources.items():
            assert fact in known
            assert set(fields) <= set(fact.PRIVATE), fact


def test_own_fields_are_found_by_their_answers_and_not_by_their_names() -> None:
    own = terms(own_fields='{"meter": "Kx-4711", "colour": "vermilion"}').keys
    assert {"kx", "4711", "verm"} <= set(own)
    assert "mete" not in own


def test_a_contact_that_was_corrected_is_found_as_it_is_now() -> None:
    corrected = ContactCorrected(by=ADA, at=MONDAY, name="Grace Hopper", phone="0212 555 44 33")
    assert {"hopp", "+5554433"} <= set(found_by(REFERENCE, [said(), corrected]).keys)


def test_a_note_is_found_like_a_message() -> None:
    assert "rapi" in found_by(REFERENCE, [NoteAdded(by=ADA, at=MONDAY, text="Rapidex rang.")]).keys

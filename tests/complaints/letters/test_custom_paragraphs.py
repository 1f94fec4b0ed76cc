"""A site's own words and look: placeholders of a fixed list, and colours that can be told apart."""

from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letterhead import PLAIN, Letterhead
from complaints.delivery.colour_contrast import contrast
from complaints.letters.content.custom_paragraphs import (
    Unbalanced,
    UnknownPlaceholder,
    filled,
    paragraphs,
    values_of,
)
from complaints.letters.content.examples import KINDS, example
from complaints.settings.commands import (
    ChangeTexts,
)
from complaints.settings.setting import SettingKind
from complaints.site.site import Texts
from complaints.values.errors import Wrong
from tests.builders import DEMO, MONDAY
from tests.complaints.settings.test_rules import AGREED, wrong
from tests.settings_stores import OPERATOR, Organisation

VALUES = {"name": "Ada {site}", "reference": "C-1", "site": "Demo Shop"}
FAULTS: list[tuple[str, str, str]] = [
    ("Hello {nobody}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {name.__class__}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {name[0]}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {name!r}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {name:>999999}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {name:{site}}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {}", "/letters/question/en", "unknown-placeholder"),
    ("Hello {name", "/letters/question/en", "unbalanced-brace"),
    ("Hello name}", "/letters/question/en", "unbalanced-brace"),
]


def saved(**texts: Any) -> Texts:
    record = Organisation().does(ChangeTexts(**texts, reason=AGREED)).record
    assert isinstance(record, Texts)
    return record


def refused(**texts: Any) -> list[Wrong]:
    return wrong(Organisation(), ChangeTexts(**texts, reason=AGREED))


def test_placeholders_are_filled_in_once() -> None:
    text = "".join(filled("{name}, {reference} {{sic}}", VALUES))
    assert text == "Ada {site}, C-1 {sic}"


@given(st.text(alphabet="ab{}!:.[] ", max_size=12))
def test_whatever_is_typed_is_filled_in_as_python_does_or_refused(text: str) -> None:
    try:
        parts = filled(text, {"a": "<a>"})
    except (Unbalanced, UnknownPlaceholder):
        assert "{" in text or "}" in text
    else:
        assert "".join(parts) == text.format(a="<a>")


def test_a_paragraph_that_names_what_the_letter_does_not_have_is_left_out() -> None:
    text = "Case {reference}.\n\nUntil {due}.\n \nYours, {site}"
    assert list(paragraphs(text, VALUES)) == [("Case ", "C-1", "."), ("Yours, ", "Demo Shop")]


def test_a_letter_knows_its_own_moment_before_that_of_the_answer() -> None:
    later = datetime.fromisoformat("2026-05-01T12:00:00+00:00")
    letter = example(LetterKind.EXTENSION, DEMO.key, "en", MONDAY)
    asked = example(LetterKind.QUESTION, DEMO.key, "en", MONDAY)
    assert values_of(letter, name=None, site="S")["due"] == letter.due
    assert values_of(asked, name=None, site="S")["due"] == asked.promises[0].due != later


@pytest.mark.parametrize("kind", KINDS)
def test_a_receipt_fills_in_nothing_that_was_typed(kind: LetterKind) -> None:
    values = values_of(example(kind, DEMO.key, "en", MONDAY), name="Ada", site="S")
    assert ("name" in values) is (kind not in ("acknowledgement", "thanks"))


def test_a_site_keeps_words_of_its_own_for_its_letters() -> None:
    own = {"question": {"en": "Dear {name}, by {due}: {reference} {{x}}", "tr": "{site}"}}
    head = Letterhead(signature={"tr": "Demo Mağazası"}, privacy="https://demo.example/privacy")
    record = saved(letters=own, letterhead=head)
    assert (record.letters, record.letterhead) == (own, head)
    assert saved().letterhead == PLAIN


def test_an_operator_brings_words_as_an_administrator_changes_them() -> None:
    organisation, own = Organisation(), {"closing": {"en": "Good bye from {site}."}}
    texts = Texts(letters=own, letterhead=Letterhead(contact="https://demo.example/contact"))
    organisation.enrolment.site(replace(DEMO, texts=texts), organisation.context(OPERATOR), "It has words.")
    assert organisation.settings_store.load(SettingKind.TEXTS, DEMO.key).record == texts


def test_texts_that_were_kept_before_letters_had_words_stay_the_same_bytes() -> None:
    stored = b'{"notice":{"en":"Two years."},"notice_version":"2"}'
    assert msgspec.json.encode(msgspec.json.decode(stored, type=Texts)) == stored


@pytest.mark.parametrize(("text", "pointer", "code"), FAULTS)
def test_what_could_not_be_filled_in_is_refused(text: str, pointer: str, code: str) -> None:
    known = "{name}, {reference}, {site}, {due}" if code == "unknown-placeholder" else None
    assert refused(letters={"question": {"en": text}}) == [Wrong(pointer, code, known)]


def test_a_placeholder_that_this_letter_never_fills_in_is_refused() -> None:
    own = {"acknowledgement": {"tr": "{name}"}, "closing": {"en": "{due}"}, "thanks": {"en": "{due}"}}
    assert [fault.pointer for fault in refused(letters=own)] == [
        "/letters/acknowledgement/tr",
        "/letters/closing/en",
        "/letters/thanks/en",
    ]


def test_words_for_no_letter_to_complainants_or_in_a_language_not_spoken_are_refused() -> None:
    own = {"digest": {"en": "Hello."}, "weather": {"en": "Hello."}, "question": {"de": "Hallo."}}
    head = Letterhead(signature={"de": "Wir"}, sender={"fr": "Nous"})
    assert [(fault.pointer, fault.code) for fault in refused(letters=own, letterhead=head)] == [
        ("/letterhead/sender/fr", "not-spoken"),
        ("/letterhead/signature/de", "not-spoken"),
        ("/letters/digest", "unknown-value"),
        ("/letters/question/de", "not-spoken"),
        ("/letters/weather", "unknown-value"),
    ]


@pytest.mark.parametrize(
    ("accent", "words", "field", "limit"),
    [
        ("#ffcc00", "#ffffff", "accent_text", "#ffffff, #ffcc00; 1.51 < 4.5 → #8f7200"),
        ("#ffcc00", "#000000", "accent", "#ffcc00, #ffffff; 1.51 < 3.0 → #b28f00"),
        ("#0b2545", "#ffffff", "accent", "#0b2545, #1e1e1e; 1.08 < 3.0 → #1f68c2"),
    ],
)
def test_colours_that_cannot_be_told_apart_are_refused(
    accent: str, words: str, field: str, limit: str
) -> None:
    faults = refused(letterhead=Letterhead(accent=accent, accent_text=words))
    assert Wrong(f"/letterhead/{field}", "low-contrast", limit) in faults


def test_contrast_is_that_of_the_guidelines() -> None:
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")
    assert contrast("#123456", "#123456") == 1

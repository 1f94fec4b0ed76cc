"""Letters about disagreement: who looks again, where to go, and what silence means, as it is true."""

import pytest

from tests.mail.letters import OMBUDSMAN, WORDS, Sample, extension
from tests.mail.test_letters import LANGUAGES, SAID, sample_of
from tests.markup import Reading

AGAIN = {
    "en": "A colleague who had no part in this decision",
    "tr": "bu kararda yer almamış bir çalışma arkadaşımız",
}
OUTSIDE = {"en": "a body outside that is independent of us", "tr": "bizden bağımsız bir kuruluşa"}
END = {"en": "we have no further step of our own", "tr": "bizim atabileceğimiz başka bir adım yok"}
LATER = {"en": "Monday 20 April 2026, 18:00", "tr": "20 Nisan 2026 Pazartesi, saat 18.00"}


def said(name: str, language: str) -> str:
    """The text of a letter in one line."""
    return " ".join(sample_of(name, language).rendered().text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "true", "untrue"),
    [
        ("resolution-not_upheld", AGAIN, (OUTSIDE, END)),
        ("resolution-outside", OUTSIDE, (AGAIN, END)),
        ("resolution-review", END, (AGAIN, OUTSIDE)),
    ],
)
def test_a_decision_says_what_follows_on_a_no_at_its_level(
    name: str, true: dict[str, str], untrue: tuple[dict[str, str], ...], language: str
) -> None:
    for way in ("", "-paper"):
        text = said(name + way, language)
        assert true[language] in text
        assert not any(other[language] in text for other in untrue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_decision_says_until_when_an_answer_is_awaited(language: str) -> None:
    assert LATER[language] in said("resolution-upheld", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["resolution-outside", "referral", "extension-outside"])
def test_the_body_outside_is_named_with_all_that_is_known_of_it(name: str, language: str) -> None:
    rendered = sample_of(name, language).rendered()
    for part in (rendered.text, Reading(rendered.html).words):
        for known in (OMBUDSMAN.name, OMBUDSMAN.address, OMBUDSMAN.cost, OMBUDSMAN.time, OMBUDSMAN.note):
            assert known in part
    assert OMBUDSMAN.url in Reading(rendered.html).links


def test_what_is_not_known_of_a_body_outside_is_not_said() -> None:
    text = said("referral-bare", "en")
    assert "Arbitration Committee" in text
    for label in (
        "Address:",
        "Web page:",
        "What it costs you:",
        "Until when you can go there:",
        "Good to know:",
    ):
        assert label not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_later_date_is_named_with_its_reason_and_an_apology(language: str) -> None:
    sorry = {"en": "are sorry", "tr": "özür dileriz"}
    rendered = sample_of("extension", language).rendered()
    assert LATER[language] in rendered.text
    assert sorry[language] in rendered.text
    assert WORDS in rendered.text


def test_the_date_of_an_extension_is_the_one_that_was_asked_for() -> None:
    """And not the one that still holds until the notice was taken."""
    rendered = Sample("", extension(), WORDS).rendered()
    assert SAID["en"]["due"] not in rendered.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_silence_is_explained_before_it_counts(language: str) -> None:
    soon, late = said("reminder", language), said("reminder-late", language)
    no_yes = {"en": "We do not count that as a yes.", "tr": "Sessizliğinizi kabul saymayız."}
    again = {"en": "you need not complain anew", "tr": "yeni bir şikâyette bulunmanız gerekmez"}
    for text in (soon, late):
        assert LATER[language] in text
        assert no_yes[language] in text
        assert again[language] in text
    assert soon != late


def test_a_review_names_its_date_and_what_stands_until_then() -> None:
    assert "You will hear from us by Friday 3 April 2026, 18:00." in said("review", "en")
    assert "Our first response stands until then." in said("review", "en")
    assert "first response" not in said("review-first", "en")


def test_a_referral_says_what_stands_until_then_only_where_something_was_answered() -> None:
    assert "Our response stands until then." in said("referral", "en")
    assert "Our response stands" not in said("referral-bare", "en")


def test_an_extended_promise_says_by_how_much() -> None:
    assert "(30 calendar days, and 15 calendar days more)" in said("message-extended", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["praise", "suggestion", "question"])
def test_thanks_promise_no_date_and_ask_whether_it_is_a_complaint(kind: str, language: str) -> None:
    text = said(f"thanks-{kind}", language)
    assert SAID[language]["due"] not in text
    assert {"en": "If it is a complaint", "tr": "Bu bir şikâyetse"}[language] in text


def test_a_letter_about_praise_calls_it_no_complaint() -> None:
    for name in ("message-feedback", "message-feedback-paper"):
        subject = sample_of(name).rendered().subject
        assert "complaint" not in subject.lower()

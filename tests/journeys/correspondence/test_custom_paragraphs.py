"""A site's own words and look: changed at the desk, tried before they hold, and read in real letters."""

from typing import Any

import pytest

from tests.http import Answer
from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, complain
from tests.local_run import LocalRun

SITE = "demo"
HEAD = {
    "accent": "#2e7d32",
    "accent_text": "#ffffff",
    "sender": {"en": "Demo Care", "tr": "Demo Destek"},
    "signature": {"en": "Jo & Kim\nDemo Care", "tr": "Jo ile Kim\nDemo Destek"},
    "privacy": "https://demo.example/privacy",
}
OWN = {
    "acknowledgement": {"en": "Keep {reference}.\n\nWe write by {due}.", "tr": "{reference} sizde kalsın."},
    "question": {"en": "Dear {name} of {site}"},
}
CHANGE: dict[str, Any] = {"letterhead": HEAD, "letters": OWN}


@pytest.fixture
def administration(moving_run: LocalRun) -> Office:
    return Office(moving_run)


def previewed(staff: Staff, body: dict[str, Any], *, kind: str = "texts", **fields: str) -> Answer:
    asked = {"letter": "acknowledgement", "language": "en"} | fields
    return staff.call("POST", f"/settings/{kind}/{SITE}/preview", asked | body)


@pytest.mark.parametrize(
    ("language", "sender", "expected"),
    [
        ("en", "Demo Care", ("Keep {reference}.", "We write by ", "Jo & Kim\nDemo Care")),
        ("tr", "Demo Destek", ("{reference} sizde kalsın.", "Jo ile Kim\nDemo Destek")),
    ],
)
def test_a_letter_carries_the_words_of_its_site(
    administration: Office, language: str, sender: str, expected: tuple[str, ...]
) -> None:
    administration.does("texts", SITE, CHANGE)
    complaint = complain(administration.run, site=SITE, language=language)
    [mail] = complaint.letters()
    assert mail["headers"]["From"].startswith(sender)
    text = "\n".join(mail["text"].splitlines())
    assert [words for words in expected if words.format(reference=complaint.reference) not in text] == []
    for part in ("text", "html"):
        assert "https://demo.example/privacy" in mail[part]
        assert complaint.reference in mail[part]
    assert "background: #2e7d32; color: #ffffff" in mail["html"]


def test_a_letter_that_was_sent_stays_as_it_was_and_the_next_has_the_words_of_its_day(
    administration: Office,
) -> None:
    administration.does("texts", SITE, CHANGE)
    complaint = complain(administration.run, site=SITE)
    administration.does("texts", SITE, {"letters": {"question": {"en": "Good day {name}"}}})
    Staff(administration.run).does(complaint, "ask", {"text": "Which lamp?"})
    first, second = complaint.letters()
    assert "We write by " in first["text"]
    assert "Good day Ada Yılmaz" in second["text"]


def test_a_preview_shows_the_change_and_keeps_nothing(administration: Office) -> None:
    before = administration.setting("texts", SITE)
    shown = previewed(administration.staff, CHANGE)
    assert shown.status == 200, shown.text
    assert shown.json["from"] == "Demo Care"
    assert "Keep C-7K3M9-QX2HT-7." in shown.json["text"]
    assert 'Keep <span dir="auto">C-7K3M9-QX2HT-7</span>.' in shown.json["html"]
    assert "Jo &amp; Kim\nDemo Care" in shown.json["html"]
    assert shown.json["subject"].endswith("[C-7K3M9-QX2HT-7]")
    assert administration.setting("texts", SITE) == before


def test_a_preview_of_the_site_shows_its_new_name(administration: Office) -> None:
    shown = previewed(
        administration.staff, {"name": "Renamed Ltd"}, kind="site", letter="closing", language="tr"
    )
    assert "Renamed Ltd" in shown.json["text"]
    assert shown.json["language"] == "tr"


WRONG: list[tuple[dict[str, Any], list[str]]] = [
    ({"letters": {"acknowledgement": {"tr": "{name}"}}}, ["/letters/acknowledgement/tr"]),
    (
        {"letters": {"question": {"en": "{name", "tr": "{x.y}"}}},
        ["/letters/question/en", "/letters/question/tr"],
    ),
    ({"letters": {"question": {"nl": "Goedendag"}}}, ["/letters/question/nl"]),
    ({"letters": {"question": {"en": "x" * 1001}}}, ["/letters/question/en"]),
    ({"letters": {"digest": {"en": "Hello"}}}, ["/letters/digest"]),
    ({"letters": {"question": {"en": " "}}}, ["/letters/question/en"]),
    ({"letters": {"question": {"en": ["Hello"]}}}, ["/letters"]),
    ({"letterhead": {"accent": "#ffcc00"}}, ["/letterhead/accent", "/letterhead/accent_text"]),
    ({"letterhead": {"accent": "red; background: url(https://x.example)"}}, ["/letterhead/accent"]),
    ({"letterhead": {"signature": {"nl": "Wij"}}}, ["/letterhead/signature/nl"]),
    ({"letterhead": {"privacy": "javascript:alert(1)"}}, ["/letterhead/privacy"]),
    ({"letterhead": {"contact": "http://demo.example"}}, ["/letterhead/contact"]),
    ({"letterhead": {"logo": "http://x.example/a.png"}}, ["/letterhead/logo"]),
    ({"letterhead": {"logo": "https://x.example/a.png; script-src *"}}, ["/letterhead/logo"]),
]


@pytest.mark.parametrize(("body", "wrong"), WRONG)
def test_what_could_not_be_read_is_refused_where_it_stands(
    administration: Office, body: dict[str, Any], wrong: list[str]
) -> None:
    before = administration.setting("texts", SITE)
    assert sorted(set(pointers(administration.tries("texts", SITE, body)))) == wrong
    assert sorted(set(pointers(previewed(administration.staff, body)))) == wrong
    assert administration.setting("texts", SITE) == before


def test_a_preview_names_a_letter_to_complainants_in_a_language_of_the_site(administration: Office) -> None:
    assert pointers(previewed(administration.staff, {}, letter="digest", language="nl")) == [
        "/language",
        "/letter",
    ]
    assert pointers(previewed(administration.staff, {}, letter="weather")) == ["/letter"]
    assert pointers(administration.staff.call("POST", f"/settings/texts/{SITE}/preview", {})) == [
        "/language",
        "/letter",
    ]


def test_only_administrators_of_the_site_preview_and_only_words(administration: Office) -> None:
    assert previewed(Staff(administration.run, "Kim", "reviewer"), {}).status == 403
    assert previewed(administration.staff, {}, kind="team").status == 404
    elsewhere = administration.adds("admin", sites=("demo-gb",))
    assert previewed(elsewhere, {}).status == 404
    nowhere = {"letter": "closing", "language": "en"}
    assert administration.staff.call("POST", "/settings/texts/no-such/preview", nowhere).status == 404

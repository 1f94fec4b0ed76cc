"""Pieces of pages: drawn once for the same values, in each language apart."""

from datetime import datetime
from pathlib import Path

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from tests.mail.letters import TEMPLATES

PIECE = "{{ say('pages.skip') }} {{ who }}"
PAGE = "{{ 'piece.html' | piece(who=who) }}"


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    (tmp_path / "piece.html").write_text(PIECE)
    (tmp_path / "page.html").write_text(PAGE)
    return Templates(tmp_path, Catalogues(TEMPLATES / "locale"))


def drawn(templates: Templates, language: str, who: object) -> str:
    return templates.fill("page.html", language=language, zone="UTC", who=who)


def test_a_piece_is_of_its_language_and_of_its_values(templates: Templates) -> None:
    english, turkish = (templates.spoken(tag) for tag in ("en", "tr"))
    seen = [drawn(templates, tag, who) for tag in (english, turkish, english) for who in ("Kim", "Deniz")]
    assert len(set(seen)) == 4
    assert seen[:2] == seen[4:]
    assert [line.rpartition(" ")[2] for line in seen[:2]] == ["Kim", "Deniz"]


def test_a_piece_escapes_what_it_is_given_once(templates: Templates) -> None:
    assert drawn(templates, "en", "<b> & co").endswith("&lt;b&gt; &amp; co")


def test_a_piece_takes_only_what_stays_as_it_is(templates: Templates) -> None:
    with pytest.raises(TypeError):
        drawn(templates, "en", ["Kim"])


def test_a_piece_with_what_somebody_wrote_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "piece.html").write_text("{{ said | join }}")
    (tmp_path / "page.html").write_text("{{ 'piece.html' | piece(keep=False, said=said) }}")
    templates = Templates(tmp_path, Catalogues(TEMPLATES / "locale"))
    found = ["My "]
    assert templates.fill("page.html", language="en", zone="UTC", said=found) == "My "
    found.append("lamp.")
    assert templates.fill("page.html", language="en", zone="UTC", said=found) == "My lamp."


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-03-04T06:00Z", "in 1 day"),
        ("2026-03-04T22:00Z", "in 17 hours"),
        ("2026-03-03T22:00Z", "in 1 day"),
        ("2026-03-03T20:00Z", "in 2 days"),
        ("2026-03-07T09:00Z", "2 days ago"),
    ],
)
def test_days_until_a_moment_are_those_of_the_calendar(tmp_path: Path, now: str, text: str) -> None:
    (tmp_path / "page.html").write_text("{{ at | distance(now) }}")
    templates = Templates(tmp_path, Catalogues(TEMPLATES / "locale"))
    moments = {"at": datetime.fromisoformat("2026-03-05T15:00Z"), "now": datetime.fromisoformat(now)}
    assert templates.fill("page.html", language="en", zone="Europe/Istanbul", **moments) == text


def test_a_text_that_is_missing_is_missed_when_the_page_is_filled(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ say('pages.nowhere') }}")
    with pytest.raises(LookupError):
        drawn(Templates(tmp_path, Catalogues(TEMPLATES / "locale")), "en", "")

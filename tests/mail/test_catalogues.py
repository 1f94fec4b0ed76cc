"""Words come in the reader's language, or in English, and never not at all."""

import re
from pathlib import Path

import pytest
import tzdata  # type: ignore[import-untyped]
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.calendars.time_zones import UnknownZone, zone_named
from infrastructure.statics.widget import texts_of

LOCALES = Path(__file__).resolve().parents[2] / "templates/locale"


def test_a_text_is_in_the_language_that_is_asked_for() -> None:
    assert Catalogues(LOCALES).text("tr", "words.remedy.repair") == "Onarım"


@pytest.mark.parametrize("language", ["tlh", "", "../en", "en/../tr"])
def test_a_language_that_there_is_not_speaks_english(language: str) -> None:
    assert Catalogues(LOCALES).text(language, "words.remedy.repair") == "Repair"


def test_a_language_that_lacks_a_domain_speaks_english(tmp_path: Path) -> None:
    for language, domains in (("en", ("words",)), ("tr", ())):
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
        for domain in domains:
            compiled = Path(language, "LC_MESSAGES", f"{domain}.mo")
            (tmp_path / compiled).write_bytes((LOCALES / compiled).read_bytes())
    assert Catalogues(tmp_path).text("tr", "words.remedy.repair") == "Repair"


@pytest.mark.parametrize("msgid", ["words.remedy.nothing", "nothing", "../words"])
def test_an_unknown_msgid_is_an_error(msgid: str) -> None:
    with pytest.raises(LookupError, match=re.escape(msgid)):
        Catalogues(LOCALES).text("tr", msgid)


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("en", 1, "1 hour"),
        ("en", 2, "2 hours"),
        ("en", 1.5, "1.5 hours"),
        ("de", 1, "1 Stunde"),
        ("de", 0, "0 Stunden"),
        ("fr", 2, "2 heures"),
        ("fr", 0, "0 heure"),
        ("es", 1, "1 hora"),
        ("es", 2, "2 horas"),
        ("ar", 1.5, "1.5 ساعة"),
        ("ar", 2, "2 ساعة"),
        ("ar", 3, "3 ساعات"),
        ("ar", 11, "11 ساعة"),
        ("ar", 100, "100 ساعة"),
        ("tr", 1, "1 saat"),
        ("tr", 2, "2 saat"),
    ],
)
def test_a_count_has_its_plural_form(language: str, n: float, text: str) -> None:
    assert Catalogues(LOCALES).count(language, "words.why.hours", n) == text


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0 يوم تقويمي"),
        (1, "يوم تقويمي واحد"),
        (2, "يومان تقويميان"),
        (10, "10 أيام تقويمية"),
        (30, "30 يومًا تقويميًا"),
        (100, "100 يوم تقويمي"),
        (103, "103 أيام تقويمية"),
    ],
)
def test_arabic_counts_in_six_forms(n: int, text: str) -> None:
    assert Catalogues(LOCALES).count("ar", "words.why.calendar_days", n) == text


def test_each_zone_that_a_site_can_have_is_named_in_each_language() -> None:
    catalogues, zones = Catalogues(LOCALES), Path(tzdata.__file__).with_name("zoneinfo")
    files = (str(path.relative_to(zones)) for path in zones.rglob("*") if path.is_file())
    named = {tag: set[str]() for tag in catalogues.languages}
    for zone in filter(is_a_zone, files):
        for tag, cities in named.items():
            cities.add(catalogues.text(tag, f"places.{zone}"))
    assert {"Istanbul", "London"} <= named["en"]
    assert {"İstanbul", "Londra"} <= named["tr"]


def is_a_zone(name: str) -> bool:
    try:
        return zone_named(name).key == name
    except UnknownZone:
        return False


def test_values_are_no_placeholders() -> None:
    catalogues = Catalogues(LOCALES)
    assert catalogues.count("en", "words.why.hours", 3, other="%(n)s") == "3 hours"


@pytest.mark.parametrize("domain", sorted(path.stem for path in LOCALES.glob("fr/*/*.po")))
def test_french_sets_its_signs_apart_wherever_it_is_read(domain: str) -> None:
    """By a space at which no line ends: narrow before `;`, `?` and `!`, whole before a colon."""
    narrow, whole = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
    with (LOCALES / f"fr/LC_MESSAGES/{domain}.mo").open("rb") as compiled:
        found = [text for message in read_mo(compiled) if message.id for text in forms(message)]
    wrong = re.compile(rf"(?<!{narrow})[;?!](?!\S)|(?<!{whole}):(?!\S)|«(?!{whole})|(?<!{whole})»")
    assert [text for text in found if wrong.search(text)] == []


def test_french_in_a_widget_sets_its_signs_apart_too() -> None:
    found = texts_of(LOCALES / "fr/LC_MESSAGES/widget.po")["widget.description"]
    assert found == "Que s’est-il passé\N{NARROW NO-BREAK SPACE}?"


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())

"""Dates in the reader's words: the names of the CLDR, in the order of the language."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.date_formats import DateFormats
from complaints.due_dates.skipped_holidays import SkippedHoliday
from tests.html import Reading
from tests.mail.letters import RECEIVED, TEMPLATES, Sample, letter, promise

CATALOGUES = Catalogues(TEMPLATES / "locale")
SPOKEN = DateFormats(CATALOGUES)
DUE = datetime(2026, 5, 20, 15, 5, tzinfo=UTC).astimezone(ZoneInfo("Europe/Istanbul"))
FEAST = {"tr": "Kurban Bayramı", "en": "Eid al-Adha"}
every_language = pytest.mark.parametrize("language", CATALOGUES.languages)


def feast(day: int) -> SkippedHoliday:
    return SkippedHoliday(date(2026, 5, day), FEAST)


@every_language
def test_months_and_weekdays_are_those_of_the_cldr(language: str) -> None:
    locale = Locale.parse(language, sep="-")
    months, weekdays = locale.months["format"]["wide"], locale.days["format"]["wide"]
    assert CATALOGUES.text(language, "words.months").split("|") == [months[month] for month in range(1, 13)]
    assert CATALOGUES.text(language, "words.weekdays").split("|") == [weekdays[day] for day in range(7)]


@every_language
def test_every_day_of_a_year_is_said_with_its_own_names(language: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]
    assert len({SPOKEN.day(language, day) for day in days}) == 365
    assert len({SPOKEN.weekday(language, day) for day in days}) == 365


@pytest.mark.parametrize(
    ("language", "moment", "day", "weekday", "short", "time"),
    [
        (
            "en",
            "Wednesday 20 May 2026, 18:05",
            "Wednesday 20 May 2026",
            "Wednesday 20 May",
            "20 May",
            "18:05",
        ),
        (
            "de",
            "Mittwoch, 20. Mai 2026, 18:05 Uhr",
            "Mittwoch, 20. Mai 2026",
            "Mittwoch, 20. Mai",
            "20. Mai",
            "18:05 Uhr",
        ),
        (
            "fr",
            "mercredi 20 mai 2026 à 18:05",
            "mercredi 20 mai 2026",
            "mercredi 20 mai",
            "20 mai",
            "18:05",
        ),
        (
            "es",
            "miércoles 20 de mayo de 2026 a las 18:05",
            "miércoles 20 de mayo de 2026",
            "miércoles 20 de mayo",
            "20 de mayo",
            "18:05",
        ),
        (
            "ar",
            "الأربعاء 20 مايو 2026، الساعة 18:05",
            "الأربعاء 20 مايو 2026",
            "الأربعاء 20 مايو",
            "20 مايو",
            "18:05",
        ),
        (
            "tr",
            "20 Mayıs 2026 Çarşamba, saat 18.05",
            "20 Mayıs 2026 Çarşamba",
            "20 Mayıs Çarşamba",
            "20 Mayıs",
            "18.05",
        ),
    ],
)
def test_a_date_is_said_as_long_as_its_reader_needs_it(
    language: str, moment: str, day: str, weekday: str, short: str, time: str
) -> None:
    on = DUE.date()
    assert SPOKEN.moment(language, DUE) == moment
    assert (SPOKEN.day(language, on), SPOKEN.weekday(language, on)) == (day, weekday)
    assert (SPOKEN.day_of_month(language, on), SPOKEN.time(language, DUE)) == (short, time)


@pytest.mark.parametrize(
    ("language", "names", "name"),
    [
        ("tr", FEAST, "Kurban Bayramı"),
        ("de", FEAST, "Eid al-Adha"),
        ("de", {"tr": "Zafer Bayramı"}, "Zafer Bayramı"),
        ("en", {}, None),
    ],
)
def test_a_holiday_has_the_name_that_its_reader_understands(
    language: str, names: dict[str, str], name: str | None
) -> None:
    assert SPOKEN.name(language, names) == name


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(hours=3), "3 hours"),
        (timedelta(hours=1, minutes=20, seconds=1), "1 hour 20 minutes 1 second"),
        (timedelta(), "0 minutes"),
    ],
)
def test_an_amount_of_time_is_said_without_what_is_none_of_it(time: timedelta, text: str) -> None:
    assert SPOKEN.amount("en", time) == text


@pytest.mark.parametrize(
    ("language", "days", "text"),
    [
        ("en", [feast(27)], "27 May (Eid al-Adha)"),
        ("tr", [feast(27), feast(28), feast(29)], "27 Mayıs – 29 Mayıs (Kurban Bayramı)"),
        ("en", [feast(22), feast(25)], "22 May (Eid al-Adha), 25 May (Eid al-Adha)"),
        ("ar", [feast(22), feast(25)], "22 مايو (Eid al-Adha)، 25 مايو (Eid al-Adha)"),
        ("en", [SkippedHoliday(date(2026, 5, 19), {"tr": "Gençlik Bayramı"})], "19 May (Gençlik Bayramı)"),
        ("en", [SkippedHoliday(date(2026, 5, 18)), feast(19)], "18 May, 19 May (Eid al-Adha)"),
        ("en", [], ""),
    ],
)
def test_holidays_are_said_with_their_names(language: str, days: list[SkippedHoliday], text: str) -> None:
    assert SPOKEN.left_out(language, days) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not counted: 27 May – 28 May (Eid al-Adha)"),
        ("tr", "Sayılmayan günler: 27 Mayıs – 28 Mayıs (Kurban Bayramı)"),
    ],
)
def test_a_letter_names_the_days_that_a_promise_leaves_out(language: str, text: str) -> None:
    june = promise(left_out=(feast(27), feast(28)), due=datetime(2026, 6, 3, 15, tzinfo=UTC))
    example = letter(language=language, promises=(june,))
    rendered = Sample("left-out", example, None).rendered()
    assert text in rendered.text
    assert text in Reading(rendered.html).words


def test_a_letter_tells_days_after_the_end_of_a_promise_as_why_it_ends_earlier() -> None:
    early = promise(left_out=(feast(25), feast(27)), due=datetime(2026, 5, 26, 15, tzinfo=UTC))
    text = Sample("earlier", letter(promises=(early,)), None).rendered().text
    assert "Not counted: 25 May (Eid al-Adha)" in text
    assert "Earlier because of a holiday: 27 May (Eid al-Adha)" in text


def test_a_promise_that_was_missed_or_stands_still_names_no_days() -> None:
    left_out = (feast(27),)
    missed = promise(left_out=left_out, due=RECEIVED - timedelta(days=1))
    paused = promise(left_out=left_out, due=None, paused_since=RECEIVED)
    example = letter(promises=(missed, paused))
    assert "Eid al-Adha" not in Sample("missed", example, None).rendered().text

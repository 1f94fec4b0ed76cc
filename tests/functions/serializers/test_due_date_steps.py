"""The calculation of a due moment in words, in each language, with its data beside it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from complaints.adapters import container
from complaints.calendars.durations import Duration, Extension
from complaints.calendars.intervals import Pauses
from complaints.calendars.working_calendar import Calendar
from complaints.case.clock import Clock
from complaints.due_dates.timeline import clock_timeline
from functions.serializers.desk.due_date_steps import steps_view
from functions.serializers.field_types import duration
from infrastructure.cli.due_dates import Vector
from tests.complaints.clocks.test_progress import clock
from tests.complaints.due_dates.test_explanation import istanbul
from tests.complaints.due_dates.test_golden_vectors import VECTORS
from tests.complaints.working_time import at, working_calendar
from tests.installation import Installation

EIGHT_HOURS = clock(length=Duration(8, "business_hours"), started_at=at("2026-03-18T15:00:00+03:00"))


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    container.use_container(Installation("-").world)
    yield
    container.use_container(None)


def told(
    calendar: Calendar, shown: Clock, language: str = "en", **promised: datetime
) -> list[dict[str, Any]]:
    way = clock_timeline(calendar, shown.started_at, shown.length, shown.pauses, shown.added)
    steps = steps_view(
        container.container(), language, replace(shown, **{"due": way.due} | promised), calendar, way
    )
    return [msgspec.to_builtins(step, builtin_types=(date,)) for step in steps]


def texts(calendar: Calendar, length: Duration, start: str, **changed: Any) -> list[str]:
    shown = clock(length=length, started_at=at(start), **changed)
    return [step["text"] for step in told(calendar, shown)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "8 working hours from Wednesday 18 March 2026, 15:00",
                "Wednesday 18 March: 3 hours, from 15:00 to 18:00",
                "Thursday 19 March has other hours: 4 hours, from 09:00 to 13:00",
                "Friday 20 March to Sunday 22 March: Eid al-Fitr",
                "Monday 23 March: 1 hour, from 09:00 to 10:00",
                "Due: Monday 23 March 2026, 10:00",
            ],
        ),
        (
            "ar",
            [
                "8 ساعات عمل ابتداءً من الأربعاء 18 مارس 2026، الساعة 15:00",
                "الأربعاء 18 مارس: 3 ساعات، من 15:00 إلى 18:00",
                "ساعات العمل مختلفة يوم الخميس 19 مارس: 4 ساعات، من 09:00 إلى 13:00",
                "من الجمعة 20 مارس إلى الأحد 22 مارس: Eid al-Fitr",
                "الاثنين 23 مارس: 1 ساعة، من 09:00 إلى 10:00",
                "الموعد النهائي: الاثنين 23 مارس 2026، الساعة 10:00",
            ],
        ),
        (
            "es",
            [
                "8 horas laborables desde el miércoles 18 de marzo de 2026 a las 15:00",
                "El miércoles 18 de marzo: 3 horas, de 15:00 a 18:00",
                "El jueves 19 de marzo tiene otro horario: 4 horas, de 09:00 a 13:00",
                "Del viernes 20 de marzo al domingo 22 de marzo: Eid al-Fitr",
                "El lunes 23 de marzo: 1 hora, de 09:00 a 10:00",
                "Plazo: lunes 23 de marzo de 2026 a las 10:00",
            ],
        ),
        (
            "de",
            [
                "8 Arbeitsstunden ab Mittwoch, 18. März 2026, 15:00 Uhr",
                "Mittwoch, 18. März: 3 Stunden, von 15:00 Uhr bis 18:00 Uhr",
                "Donnerstag, 19. März hat andere Zeiten: 4 Stunden, von 09:00 Uhr bis 13:00 Uhr",
                "Freitag, 20. März bis Sonntag, 22. März: Eid al-Fitr",
                "Montag, 23. März: 1 Stunde, von 09:00 Uhr bis 10:00 Uhr",
                "Frist: Montag, 23. März 2026, 10:00 Uhr",
            ],
        ),
        (
            "fr",
            [
                "8 heures ouvrées à partir du mercredi 18 mars 2026 à 15:00",
                "Le mercredi 18 mars\N{NO-BREAK SPACE}: 3 heures, de 15:00 à 18:00",
                "Le jeudi 19 mars a d’autres horaires\N{NO-BREAK SPACE}: 4 heures, de 09:00 à 13:00",
                "Du vendredi 20 mars au dimanche 22 mars\N{NO-BREAK SPACE}: Eid al-Fitr",
                "Le lundi 23 mars\N{NO-BREAK SPACE}: 1 heure, de 09:00 à 10:00",
                "Échéance\N{NO-BREAK SPACE}: le lundi 23 mars 2026 à 10:00",
            ],
        ),
        (
            "tr",
            [
                "8 çalışma saati, başlangıç: 18 Mart 2026 Çarşamba, saat 15.00",
                "18 Mart Çarşamba: 3 saat, 15.00 – 18.00",
                "19 Mart Perşembe farklı saatlerde açık: 4 saat, 09.00 – 13.00",
                "20 Mart Cuma – 22 Mart Pazar: Ramazan Bayramı",
                "23 Mart Pazartesi: 1 saat, 09.00 – 10.00",
                "Son tarih: 23 Mart 2026 Pazartesi, saat 10.00",
            ],
        ),
    ],
)
def test_staff_read_how_a_due_moment_was_computed(language: str, expected: list[str]) -> None:
    assert [step["text"] for step in told(istanbul(), EIGHT_HOURS, language)] == expected


def test_a_step_has_its_data_beside_its_words() -> None:
    found = told(istanbul(), EIGHT_HOURS)
    assert found[2] | {"text": ""} == {
        "kind": "half_day",
        "text": "",
        "from": date(2026, 3, 19),
        "to": date(2026, 3, 19),
        "begin": "2026-03-19T09:00:00+03:00",
        "end": "2026-03-19T13:00:00+03:00",
        "time": "PT4H",
        "dates": 1,
    }
    assert found[3]["name"] == "Eid al-Fitr"


def test_an_extension_in_its_own_unit_is_told_at_the_start() -> None:
    more = Extension(5, "business_days", needs_notice=False)
    shown = texts(
        working_calendar(), Duration(1, "business_days", "next_day"), "2026-05-11T10:00:00+01:00", added=more
    )
    assert shown == [
        "1 business day, and 5 business days more from Monday 11 May 2026, 10:00",
        "The day itself does not count. The first is Tuesday 12 May",
        "6 business days count, from Tuesday 12 May to Tuesday 19 May",
        "Due when the working day ends: Tuesday 19 May 2026, 18:00",
    ]


def test_pauses_rolls_and_closed_days_are_told() -> None:
    held: Pauses = ((at("2026-05-13T10:00:00+01:00"), at("2026-05-14T10:00:00+01:00")),)
    length = Duration(4, "calendar_days", "next_day", "following")
    assert texts(working_calendar(), length, "2026-05-11T10:00:00+01:00", pauses=held)[2:] == [
        "Tuesday 12 May counts",
        "Wednesday 13 May does not count: the clock was paused",
        "3 days count, from Thursday 14 May to Saturday 16 May",
        "Saturday 16 May to Sunday 17 May: closed",
        "Saturday 16 May is not a business day: on to Monday 18 May",
        "Due with the end of the day: Monday 18 May 2026, 23:59",
    ]


def test_a_promise_that_is_not_what_was_computed_says_that_it_holds() -> None:
    shown = told(istanbul(), EIGHT_HOURS, due=at("2026-03-19T13:00:00+03:00"))
    assert shown[-1]["text"] == "The promised date was Thursday 19 March 2026, 13:00, and it still applies"


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "tr"])
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_every_vector_has_words_for_all_its_steps(vector: Vector, language: str) -> None:
    shown = clock(length=vector.length, started_at=vector.start, pauses=vector.pauses, added=vector.extension)
    found = [step["text"] for step in told(vector.calendar, shown, language)]
    assert len(found) > 2
    assert not [text for text in found if "None" in text or "%(" in text]


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(hours=27, minutes=30), "PT27H30M"),
        (timedelta(seconds=5), "PT5S"),
        (timedelta(), "PT0S"),
    ],
)
def test_an_amount_of_time_is_iso_8601(time: timedelta, text: str) -> None:
    assert duration(time) == text

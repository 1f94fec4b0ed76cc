"""Dates and times in the reader's words, for every surface.

The names of months and weekdays stand in the catalogues, so that an answer to a submission can say a date
without the weight of a library of locales; the tests compare them with those of the CLDR."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from complaints.left_out import LeftOut
from complaints.world.catalogues import FALLBACK, Catalogues

_DAY = timedelta(days=1)


class Spoken:
    """Says moments and dates; the words come from `catalogues`."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def moment(self, language: str, at: datetime) -> str:
        """A moment with its weekday, in the zone that it is in."""
        return self._said(language, "words.format.moment", at)

    def day(self, language: str, on: date) -> str:
        """A date with its weekday."""
        return self._said(language, "words.format.day", on)

    def weekday(self, language: str, on: date) -> str:
        """A date with its weekday, where the year is plain."""
        return self._said(language, "words.format.weekday", on)

    def day_of_month(self, language: str, on: date) -> str:
        """Day and month, where weekday and year are plain."""
        return self._said(language, "words.format.date", on)

    def time(self, language: str, at: datetime) -> str:
        """The time of day, in the zone that it is in."""
        return self._said(language, "words.format.time", at)

    def holiday(self, language: str, day: LeftOut) -> str | None:
        """The name of a holiday, in English where the calendar does not know it in that language."""
        return day.name(language, FALLBACK)

    def left_out(self, language: str, days: Iterable[LeftOut]) -> str:
        """Holidays with their names, those on following days as one; empty where there are none."""
        return ", ".join(self._run(language, run) for run in _runs(language, days))

    def _run(self, language: str, run: list[LeftOut]) -> str:
        first, last = self.day_of_month(language, run[0].on), self.day_of_month(language, run[-1].on)
        days = first if len(run) == 1 else f"{first} – {last}"
        name = self.holiday(language, run[0])
        return f"{days} ({name})" if name else days

    def _said(self, language: str, msgid: str, at: date) -> str:
        text = self._catalogues.text
        values: dict[str, object] = {
            "weekday": text(language, "words.weekdays").split("|")[at.weekday()],
            "day": at.day,
            "month": text(language, "words.months").split("|")[at.month - 1],
            "year": at.year,
        }
        if isinstance(at, datetime):
            values |= {"hour": f"{at.hour:02}", "minute": f"{at.minute:02}"}
        return text(language, msgid, **values)


def _runs(language: str, days: Iterable[LeftOut]) -> Iterator[list[LeftOut]]:
    """Holidays of one name on following days."""
    run: list[LeftOut] = []
    for day in days:
        if run and (day.on - run[-1].on != _DAY or day.name(language) != run[-1].name(language)):
            yield run
            run = []
        run.append(day)
    if run:
        yield run

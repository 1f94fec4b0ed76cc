"""Formats dates and times in the reader's language, for every surface.

The names of months and weekdays are in the catalogues, so that the response to a submission can format a date
without loading a library of locales; the tests compare them with those of the CLDR. Exists for the gate "cold
start of a submission, of the untreated stack's" (`benchmarks/RESULTS.md`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial, reduce

from complaints.adapters.i18n.catalogues import FALLBACK, Catalogues
from complaints.due_dates.skipped_holidays import SkippedHoliday

_DAY = timedelta(days=1)


class DateFormats:
    """Says moments and dates; the words come from `catalogues`."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self._names = lru_cache(maxsize=64)(lambda *which: catalogues.text(*which).split("|"))

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

    def amount(self, language: str, time: timedelta) -> str:
        """An amount of time in hours, minutes and seconds."""
        minutes, seconds = divmod(int(time.total_seconds()), 60)
        parts = zip(("hours", "minutes", "seconds"), (*divmod(minutes, 60), seconds), strict=True)
        text = [self._catalogues.count(language, f"words.why.{unit}", n) for unit, n in parts if n]
        return " ".join(text) or self._catalogues.count(language, "words.why.minutes", 0)

    def name(self, language: str, names: Mapping[str, str]) -> str | None:
        """A name in the reader's language, else in English, else in any that there is."""
        known = (names[tag] for tag in (language, FALLBACK) if tag in names)
        return next(known, None) or next(iter(names.values()), None)

    def city(self, language: str, zone: str) -> str:
        """The city that a time zone is named after. Raises `LookupError` for one that there is not."""
        return self._catalogues.text(language, f"places.{zone}")

    def left_out(self, language: str, days: Iterable[SkippedHoliday]) -> str:
        """Holidays with their names, those on following days as one; empty where there are none."""
        return self.listed(language, [self._run(language, run) for run in _runs(days)])

    def listed(self, language: str, items: Sequence[str]) -> str:
        """Several things as one text; empty where there are none."""
        return reduce(partial(self._pair, language), items) if items else ""

    def _pair(self, language: str, first: str, then: str) -> str:
        return self._catalogues.text(language, "words.format.pair", first=first, then=then)

    def _run(self, language: str, run: list[SkippedHoliday]) -> str:
        first, last = self.day_of_month(language, run[0].on), self.day_of_month(language, run[-1].on)
        days = first if len(run) == 1 else f"{first} – {last}"
        name = self.name(language, run[0].names)
        return f"{days} ({name})" if name else days

    def _said(self, language: str, msgid: str, at: date) -> str:
        values: dict[str, object] = {
            "weekday": self._names(language, "words.weekdays")[at.weekday()],
            "day": at.day,
            "month": self._names(language, "words.months")[at.month - 1],
            "year": at.year,
        }
        if isinstance(at, datetime):
            values |= {"hour": f"{at.hour:02}", "minute": f"{at.minute:02}"}
        return self._catalogues.text(language, msgid, **values)


def _runs(days: Iterable[SkippedHoliday]) -> Iterator[list[SkippedHoliday]]:
    """Holidays of one name on following days."""
    run: list[SkippedHoliday] = []
    for day in days:
        if run and (day.on - run[-1].on != _DAY or day.names != run[-1].names):
            yield run
            run = []
        run.append(day)
    if run:
        yield run

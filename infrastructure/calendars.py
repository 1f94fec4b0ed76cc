"""Writes the national holidays that the product ships as data: `python -m infrastructure.calendars`.

To refresh them: raise `holidays` in pyproject.toml, set `TAKEN_ON` to the day of doing so and `YEARS` to
eight years from last year on, and run the command. Entries that were known before keep the day on which
they became known."""

from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
import msgspec

from complaints.holiday_data import Holiday, Holidays, read_holidays

FOLDER = Path(__file__).parents[1] / "layers/core/python/complaints/data/calendars"
YEARS = range(2025, 2033)
TAKEN_ON = date(2026, 11, 25)
LANGUAGES = {"TR": {"tr": "tr", "en": "en_US"}, "GB-ENG": {"en": "en_GB"}}
"""Per region, the languages of its names here and in the source."""

_HALF_DAY = "13:00"
"""On the eve of both bayrams and on 28 October the holiday begins at 13:00 (Law 2429, articles 1 and 2)."""


def calendar_bytes(region: str, before: Holidays | None) -> bytes:
    """The file of a region, the same bytes for the same source. `before`: what the file held."""
    entries = sorted(_entries(region, before), key=lambda entry: entry.on)
    source = f"holidays {version('holidays')}"
    years = f"{YEARS[0]}-{YEARS[-1]}"
    made = Holidays(region, source, f"{source}, {years}", date(YEARS[-1], 12, 31), tuple(entries))
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def committed(region: str) -> Holidays | None:
    """The holidays of a region as they stand in the project, if they do."""
    file = FOLDER / f"{region}.json"
    return read_holidays(file.read_bytes()) if file.exists() else None


def _entries(region: str, before: Holidays | None) -> Iterator[Holiday]:
    known = {(entry.on, entry.closed_from): entry.known_on for entry in before.entries} if before else {}
    public = _named(region, "public")
    half_days = _named(region, "half_day") if region == "TR" else {}
    for day, names in public.items():
        yield Holiday(day, names, known.get((day, None), TAKEN_ON))
    for day in half_days.keys() - public.keys():
        yield Holiday(day, half_days[day], known.get((day, _HALF_DAY), TAKEN_ON), _HALF_DAY)


def _named(region: str, category: str) -> dict[date, dict[str, str]]:
    country, _, part = region.partition("-")
    names: dict[date, dict[str, str]] = {}
    for language, of_source in LANGUAGES[region].items():
        found = holidays.country_holidays(
            country, subdiv=part or None, years=YEARS, categories=(category,), language=of_source
        )
        for day, name in found.items():
            names.setdefault(day, {})[language] = name
    return names


def write(regions: Iterable[str] = LANGUAGES) -> None:
    """Writes the file of each region anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for region in regions:
        (FOLDER / f"{region}.json").write_bytes(calendar_bytes(region, committed(region)))


if __name__ == "__main__":
    write()

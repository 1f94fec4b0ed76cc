"""Writes the national holidays that the product ships as data: `python -m infrastructure.build.holidays`.

To refresh them: raise `holidays` in pyproject.toml, set `TAKEN_ON` to the day of doing so and `YEARS` to
eight years from last year on, and run the command. Known entries keep the day on which they became known;
new ones became known on `TAKEN_ON`, and make no earlier promise later."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

import holidays
import msgspec
from holidays import HolidayBase

from complaints.calendars.holidays import Country, Holiday, read_country

FOLDER = Path(__file__).parents[2] / "layers/core/python/complaints/data/calendars"
INDEX = FOLDER / "index.json"
YEARS = range(2025, 2033)
TAKEN_ON = date(2026, 11, 25)
LANGUAGES: dict[str, tuple[str, ...]] = {
    "AT": ("de", "en_US"),
    "AU": ("en_AU",),
    "BE": ("nl", "fr", "de", "en_US"),
    "BR": ("pt_BR", "en_US"),
    "CA": ("en_CA", "fr"),
    "CH": ("de", "fr", "it", "en_US"),
    "DE": ("de", "en_US"),
    "DK": ("da", "en_US"),
    "EG": ("ar_EG", "en_US"),
    "ES": ("es", "ca", "en_US"),
    "FI": ("fi", "sv_FI", "en_US"),
    "FR": ("fr", "en_US"),
    "GB": ("en_GB",),
    "GR": ("el", "en_US"),
    "IE": ("en_IE", "ga"),
    "IN": ("en_IN", "hi"),
    "IT": ("it_IT", "en_US"),
    "LU": ("lb", "fr", "de", "en_US"),
    "NL": ("nl", "en_US"),
    "NO": ("no", "en_US"),
    "NP": ("ne", "en_US"),
    "NZ": ("en",),
    "PL": ("pl", "en_US"),
    "PT": ("pt_PT", "en_US"),
    "SE": ("sv", "en_US"),
    "TR": ("tr", "en_US"),
    "US": ("en_US",),
    "ZA": ("en",),
}
"""The countries, each with the languages of its names as the source calls them."""

_WITH_PARTS = frozenset({"AT", "AU", "BR", "CA", "CH", "DE", "ES", "FR", "GB", "IN", "NZ", "US"})
"""Those whose parts have days of their own in the source."""
_BY_ITSELF = {"GB": None, "US": "FED"}
"""What the country without its parts is called; the United Kingdom has no such calendar."""
_PART = re.compile(r"[A-Z0-9]{1,3}")
_HALF_DAY = "13:00"
"""In Türkiye, on the eve of both bayrams and on 28 October, the holiday begins at 13:00 (Law 2429,
articles 1 and 2)."""

Found = tuple[date, str | None]
"""A date, and from when on it is closed."""
Names = tuple[tuple[str, str], ...]


def calendar_bytes(country: str, before: Country | None) -> bytes:
    """The file of a country, an entry a line, the same for the same source. `before`: what the file held."""
    source = f"holidays {version('holidays')}"
    made = Country(
        country=country,
        source=source,
        version=f"{source}, {YEARS[0]}-{YEARS[-1]}",
        first_edition=before.first_edition if before else TAKEN_ON,
        known_until=date(YEARS[-1], 12, 31),
        parts=tuple(_parts(country)),
        entries=tuple(sorted(_entries(country, before), key=lambda entry: (entry.on, entry.parts))),
    )
    return msgspec.json.encode(made).replace(b',{"on"', b',\n{"on"') + b"\n"


def index_bytes(countries: Iterable[Country]) -> bytes:
    """The names of all regions, so that it takes one file to know them."""
    names = sorted(region for country in countries for region in country.regions)
    return msgspec.json.encode(names) + b"\n"


def committed(country: str) -> Country | None:
    """The holidays of a country as they stand in the project, if they do."""
    file = FOLDER / f"{country}.json"
    return read_country(file.read_bytes()) if file.exists() else None


def _parts(country: str) -> Iterator[str]:
    """The whole country, then the parts in ISO 3166-2."""
    by_itself = _BY_ITSELF.get(country, "")
    if by_itself is not None:
        yield by_itself
    if country in _WITH_PARTS:
        of_source = holidays.country_holidays(country).subdivisions
        yield from sorted(part for part in of_source if _PART.fullmatch(part))


def _entries(country: str, before: Country | None) -> Iterator[Holiday]:
    parts = list(_parts(country))
    where: dict[tuple[Found, Names, bool, date | None], list[str]] = defaultdict(list)
    for part in parts:
        known = _known(before, part)
        for (found, names), provisional in _named(country, part).items():
            where[found, names, provisional, known.get(found, TAKEN_ON if before else None)].append(part)
    for ((day, closed_from), names, provisional, known_on), kept_in in where.items():
        of = () if len(kept_in) == len(parts) else tuple(kept_in)
        yield Holiday(day, dict(names), known_on, closed_from, provisional, of)


def _known(before: Country | None, part: str) -> dict[Found, date | None]:
    """When each day of a part became known."""
    if before is None or part not in before.parts:
        return {}
    of_part = (entry for entry in before.entries if not entry.parts or part in entry.parts)
    return {(entry.on, entry.closed_from): entry.known_on for entry in of_part}


def _named(country: str, part: str) -> dict[tuple[Found, Names], bool]:
    """The days of a part with their names, and whether each is only estimated."""
    names: dict[Found, dict[str, str]] = defaultdict(dict)
    estimated: dict[Found, bool] = {}
    for language in LANGUAGES[country]:
        for found, value in _days(country, part, language):
            plain = [without for _, without in value]
            names[found][language.partition("_")[0]] = "; ".join(plain)
            estimated[found] = all(name != without for name, without in value)
    return {(found, tuple(value.items())): estimated[found] for found, value in names.items()}


def _days(country: str, part: str, language: str) -> Iterator[tuple[Found, list[tuple[str, str]]]]:
    """The days of a part, each with its names as the source has them and without remarks on the date."""
    full = _of_source(country, part, "public", language)
    for day in full:
        yield (day, None), [(name, _without_estimate(name, full)) for name in full.get_list(day)]
    if country == "TR":
        half = _of_source(country, part, "half_day", language)
        for day in half.keys() - full.keys():
            yield (day, _HALF_DAY), [(name, name) for name in half.get_list(day)]


def _of_source(country: str, part: str, category: str, language: str) -> HolidayBase:
    part_of_source = None if part == _BY_ITSELF.get(country, "") else part
    spoken = language if language in holidays.country_holidays(country).supported_languages else None
    return holidays.country_holidays(
        country, subdiv=part_of_source, years=YEARS, categories=(category,), language=spoken
    )


def _without_estimate(name: str, of: HolidayBase) -> str:
    """The name without the remark, in whatever language, that its date is estimated."""
    for label, left in (("observed_estimated_label", "observed_label"), ("estimated_label", None)):
        remark = of.tr(getattr(of, label, "")).removeprefix("%s")
        if remark and name.endswith(remark):
            remainder = of.tr(getattr(of, left)).removeprefix("%s") if left else ""
            return name.removesuffix(remark) + remainder
    return name


def write() -> None:
    """Writes the file of each country, and the list of all regions."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for country in LANGUAGES:
        (FOLDER / f"{country}.json").write_bytes(calendar_bytes(country, committed(country)))
    INDEX.write_bytes(index_bytes(read_country((FOLDER / f"{name}.json").read_bytes()) for name in LANGUAGES))


if __name__ == "__main__":
    write()

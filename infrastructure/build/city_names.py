"""The cities that time zones are named after, as the CLDR has them: a catalogue that is made and not written.

They are looked up when the package is built, so that an answer to a submission can name a city without the
weight of a library of locales.
"""

from datetime import UTC, datetime
from pathlib import Path

import tzdata  # type: ignore[import-untyped]
from babel import Locale
from babel.dates import get_timezone_location
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

DOMAIN = "places"
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The date in a compiled catalogue: Babel puts the time of the build where there is none."""
_ZONES = Path(tzdata.__file__).parent / "zones"


def write_places(folder: Path) -> None:
    """Writes `places.mo` for each language below `folder`: `places.` and the name of a zone is the msgid."""
    for catalogues in sorted(folder.glob("*/LC_MESSAGES")):
        cities = _cities(Locale.parse(catalogues.parent.name, sep="-"))
        with (catalogues / f"{DOMAIN}.mo").open("wb") as compiled:
            write_mo(compiled, cities)


def _cities(locale: Locale) -> Catalog:
    catalogue = Catalog(locale, creation_date=UNDATED, revision_date=UNDATED)
    for zone in _ZONES.read_text("utf-8").split():
        catalogue.add(f"{DOMAIN}.{zone}", get_timezone_location(zone, locale=locale, return_city=True))
    return catalogue

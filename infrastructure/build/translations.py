"""`python -m infrastructure.build.translations`: compiles the catalogues of this checkout.

How texts of catalogues are set: translators write plain spaces, what is compiled has those of print.

The cities that time zones are named after, as the CLDR has them: a catalogue that is made and not
written.

They are looked up when the package is built, so that an answer to a submission can name a city without
the weight of a library of locales.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import tzdata  # type: ignore[import-untyped]
from babel import Locale
from babel.dates import get_timezone_location
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

NARROW, WHOLE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
_SPACE = f"[ {NARROW}{WHOLE}]"
_RULES = {
    "fr": (
        (re.compile(rf"{_SPACE}(?=[;?!])"), NARROW),
        (re.compile(rf"{_SPACE}(?=[:»])|(?<=«){_SPACE}"), WHOLE),
    )
}
"""By language: which spaces become which. French sets its signs apart by a space at which no line ends."""


def typeset(catalogue: Catalog) -> Catalog:
    """The catalogue, with the spaces that its language has in print."""
    rules = _RULES.get(str(catalogue.locale), ())
    for message in catalogue:
        if message.id and isinstance(message.string, str):
            message.string = _spaced(message.string, rules)
        elif message.id:
            message.string = tuple(_spaced(form, rules) for form in message.string or ())
    return catalogue


def _spaced(text: str, rules: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for found, space in rules:
        text = found.sub(space, text)
    return text


PLACES = "places"
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The date in a compiled catalogue: Babel puts the time of the build where there is none."""
_ZONES = Path(tzdata.__file__).parent / "zones"


def write_places(folder: Path) -> None:
    """Writes `places.mo` for each language below `folder`: `places.` and the name of a zone is the msgid."""
    for catalogues in sorted(folder.glob("*/LC_MESSAGES")):
        cities = _cities(Locale.parse(catalogues.parent.name, sep="-"))
        with (catalogues / f"{PLACES}.mo").open("wb") as compiled:
            write_mo(compiled, cities)


def _cities(locale: Locale) -> Catalog:
    catalogue = Catalog(locale, creation_date=UNDATED, revision_date=UNDATED)
    for zone in _ZONES.read_text("utf-8").split():
        catalogue.add(f"{PLACES}.{zone}", get_timezone_location(zone, locale=locale, return_city=True))
    return catalogue


LOCALES = Path(__file__).resolve().parents[2] / "templates/locale"
_HOW_THEY_ARE_MADE = Path(__file__)


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write a .mo next to each .po, and the one that has no .po, where what they are made of is newer."""
    for source in sorted(folder.rglob("*.po")):
        if _is_older(source.with_suffix(".mo"), source, _HOW_THEY_ARE_MADE):
            compile_catalogue(source)
    made = [catalogues / f"{PLACES}.mo" for catalogues in folder.glob("*/LC_MESSAGES")]
    if any(_is_older(compiled, _HOW_THEY_ARE_MADE) for compiled in made):
        write_places(folder)


def keep_compiled(folder: Path) -> None:
    """Compiles the catalogues below `folder`, a copy whose sources go, and makes the one that has none."""
    for source in sorted(folder.rglob("*.po")):
        compile_catalogue(source)
        source.unlink()
    write_places(folder)


def compile_catalogue(source: Path) -> Path:
    """Write the .mo file of a gettext catalogue next to it, and return its path.

    Its dates are fixed: Babel puts the time of the build where the source gives none.
    """
    with source.open("rb") as text:
        catalogue = typeset(read_po(text, abort_invalid=True))
    catalogue.creation_date = catalogue.revision_date = UNDATED
    target = source.with_suffix(".mo")
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return target


def _is_older(compiled: Path, *sources: Path) -> bool:
    newest = max(source.stat().st_mtime for source in sources)
    return not compiled.exists() or compiled.stat().st_mtime <= newest


if __name__ == "__main__":
    compile_catalogues()

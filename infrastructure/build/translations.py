"""`python -m infrastructure.build.translations`: compiles the catalogues of this checkout."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from infrastructure.build import city_names, typography
from infrastructure.build.city_names import UNDATED
from infrastructure.build.typography import typeset

LOCALES = Path(__file__).resolve().parents[2] / "templates/locale"
_HOW_TEXTS_ARE_SET = Path(typography.__file__)
_HOW_PLACES_ARE_NAMED = Path(city_names.__file__)


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write a .mo next to each .po, and the one that has no .po, where what they are made of is newer."""
    for source in sorted(folder.rglob("*.po")):
        if _is_older(source.with_suffix(".mo"), source, _HOW_TEXTS_ARE_SET):
            compile_catalogue(source)
    made = [catalogues / f"{city_names.DOMAIN}.mo" for catalogues in folder.glob("*/LC_MESSAGES")]
    if any(_is_older(compiled, _HOW_PLACES_ARE_NAMED) for compiled in made):
        city_names.write_places(folder)


def keep_compiled(folder: Path) -> None:
    """Compiles the catalogues below `folder`, a copy whose sources go, and makes the one that has none."""
    for source in sorted(folder.rglob("*.po")):
        compile_catalogue(source)
        source.unlink()
    city_names.write_places(folder)


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

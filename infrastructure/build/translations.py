"""`python -m infrastructure.build.translations`: compiles the catalogues of this checkout."""

from pathlib import Path

from infrastructure.build import city_names, typography
from infrastructure.package.core_layer import compile_catalogue

LOCALES = Path(__file__).resolve().parents[2] / "templates/locale"
_HOW_TEXTS_ARE_SET = Path(typography.__file__)
_HOW_PLACES_ARE_NAMED = Path(city_names.__file__)


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write a .mo beside each .po, and the one that has no .po, where what they are made of is newer."""
    for source in sorted(folder.rglob("*.po")):
        if _is_older(source.with_suffix(".mo"), source, _HOW_TEXTS_ARE_SET):
            compile_catalogue(source)
    made = [catalogues / f"{city_names.DOMAIN}.mo" for catalogues in folder.glob("*/LC_MESSAGES")]
    if any(_is_older(compiled, _HOW_PLACES_ARE_NAMED) for compiled in made):
        city_names.write_places(folder)


def _is_older(compiled: Path, *sources: Path) -> bool:
    newest = max(source.stat().st_mtime for source in sources)
    return not compiled.exists() or compiled.stat().st_mtime <= newest


if __name__ == "__main__":
    compile_catalogues()

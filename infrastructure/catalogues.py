"""`python -m infrastructure.catalogues`: compiles the catalogues of this checkout."""

from pathlib import Path

from infrastructure.package.core_layer import compile_catalogue
from infrastructure.places import DOMAIN, write_places

LOCALES = Path(__file__).resolve().parent.parent / "templates/locale"


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write a .mo beside each .po that is newer than it, and the catalogue that has no .po, once."""
    for source in sorted(folder.rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
            compile_catalogue(source)
    if len(list(folder.glob(f"*/*/{DOMAIN}.mo"))) < len(list(folder.glob("*/LC_MESSAGES"))):
        write_places(folder)


if __name__ == "__main__":
    compile_catalogues()

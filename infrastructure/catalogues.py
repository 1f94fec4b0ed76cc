"""`python -m infrastructure.catalogues`: compiles the catalogues of this checkout."""

from pathlib import Path

from infrastructure.package.core_layer import compile_catalogue

LOCALES = Path(__file__).resolve().parent.parent / "templates/locale"


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write a .mo beside each .po that is newer than it."""
    for source in sorted(folder.rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime <= source.stat().st_mtime:
            compile_catalogue(source)


if __name__ == "__main__":
    compile_catalogues()

"""`python -m infrastructure.screenshots.letters`: all letters on one page, below build/letters."""

import sys
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from infrastructure.screenshots.example_mail import Shown, every_letter

FOLDER = Path("build/letters")
_HERE = Path(__file__).parent


def write(folder: Path) -> int:
    """Writes the page, each HTML part as `<language>/<kind>.html`, each text next to it; returns how
    many."""
    letters = list(every_letter())
    for letter in letters:
        place = folder / letter.language / letter.kind
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_suffix(".html").write_text(letter.rendered.html, encoding="utf-8")
        place.with_suffix(".txt").write_text(letter.rendered.text, encoding="utf-8")
    (folder / "index.html").write_text(_page(letters), encoding="utf-8")
    (folder / "letters.css").write_bytes((_HERE / "letters.css").read_bytes())
    return len(letters)


def _page(letters: list[Shown]) -> str:
    templates = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    kinds = [(kind, list(of_kind)) for kind, of_kind in groupby(letters, key=lambda letter: letter.kind)]
    return templates.get_template("letters.html").render(kinds=kinds)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print(f"{write(folder)} letters: {folder / 'index.html'}")

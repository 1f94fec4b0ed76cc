"""`python -m infrastructure.screenshots.letters`: all letters on one page, below build/letters."""

import sys
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from complaints.delivery.rendered_letter import Rendered
from infrastructure.screenshots.example_mail import Shown, every_letter
from infrastructure.screenshots.pack_letters import PACKS, PackLetter, every_pack_letter

FOLDER = Path("build/letters")
_HERE = Path(__file__).parent


def write(folder: Path) -> int:
    """Writes the page, each HTML part as `<language>/<kind>.html`, or `<pack>/<kind>.html` for what a law
    asks for, each text next to it; returns how many."""
    letters, of_laws = list(every_letter()), list(every_pack_letter())
    for letter in letters:
        _write(folder / letter.language / letter.kind, letter.rendered)
    for each in of_laws:
        _write(folder / each.pack / each.kind, each.rendered)
    (folder / "index.html").write_text(_page(letters, of_laws), encoding="utf-8")
    (folder / "letters.css").write_bytes((_HERE / "letters.css").read_bytes())
    return len(letters) + len(of_laws)


def _write(place: Path, rendered: Rendered) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.with_suffix(".html").write_text(rendered.html, encoding="utf-8")
    place.with_suffix(".txt").write_text(rendered.text, encoding="utf-8")


def _page(letters: list[Shown], of_laws: list[PackLetter]) -> str:
    templates = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    kinds = [(kind, list(of_kind)) for kind, of_kind in groupby(letters, key=lambda letter: letter.kind)]
    return templates.get_template("letters.html").render(kinds=kinds, of_laws=of_laws, packs=PACKS)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    print(f"{write(folder)} letters: {folder / 'index.html'}")

"""The widget as it is served: one file that websites embed, and one for each language that it loads then.

Modules, style sheets and texts are joined by the bundler. A text that no module asks for is left out, and a
module that asks for one that there is not stops the build.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from gettext import c2py
from pathlib import Path, PurePosixPath

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from infrastructure.statics import bundler
from infrastructure.statics.naming import hashed

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
ALL_FORMS = 200
"""No rule of a language that we speak has a form that no smaller number has."""

Text = str | dict[str, str]
"""A text, or its forms by the plural categories of CLDR."""


def widget_files(templates: Path) -> dict[str, bytes]:
    """The files by their names: `widget.js`, and `widget/<language>.<hash>.js`, all of one hash.

    Templates without a widget have none.
    """
    if not (templates / "widget").exists():
        return {}
    texts = {path.parts[-3]: _texts(path) for path in sorted(templates.glob("locale/*/*/widget.po"))}
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        _lay_out(templates / "widget", stage, texts)
        seconds = _joined(stage, texts)
        whole = b"".join(seconds.values())
        files = {hashed(f"widget/{language}.js", whole): content for language, content in seconds.items()}
        version = PurePosixPath(next(iter(files))).suffixes[0].removeprefix(".")
        return files | {"widget.js": _loader(stage, version)}


def _lay_out(sources: Path, stage: Path, texts: Mapping[str, Mapping[str, Text]]) -> None:
    """The modules with small style sheets, once for the loader and once for each language."""
    shutil.copytree(sources, stage / "loader")
    sheets = [path.name for path in sources.glob("*.css")]
    bundler.bundle(stage / "loader", *sheets, "--outdir=.", "--allow-overwrite")
    for language, said in texts.items():
        shutil.copytree(stage / "loader", stage / language)
        _write_module(stage / language, said)
    msgids = next(iter(texts.values()))
    _write_module(
        stage / "loader", {msgid: {tag: said[msgid] for tag, said in texts.items()} for msgid in msgids}
    )


def _write_module(folder: Path, said: Mapping[str, object]) -> None:
    """The texts as a module that exports each by its msgid: the bundler knows which are asked for."""
    names = {msgid: f"text{number}" for number, msgid in enumerate(said)}
    lines = [
        f"const {names[msgid]} = {json.dumps(text, ensure_ascii=False)};" for msgid, text in said.items()
    ]
    exported = ", ".join(f'{name} as "{msgid}"' for msgid, name in names.items())
    folder.joinpath("messages.js").write_text("\n".join([*lines, f"export {{ {exported} }};"]), "utf-8")


def _joined(stage: Path, languages: Mapping[str, object]) -> dict[str, bytes]:
    """The second part in each language."""
    entries = [f"{language}={language}/dialog.js" for language in languages]
    bundler.bundle(stage, *entries, "--outdir=joined", "--format=esm", "--loader:.css=text")
    return {language: (stage / f"joined/{language}.js").read_bytes() for language in languages}


def _loader(stage: Path, version: str) -> bytes:
    arguments = (
        "--outfile=widget.js",
        "--format=iife",
        "--loader:.css=text",
        f'--define:VERSION="{version}"',
    )
    bundler.bundle(stage, "loader/loader.js", *arguments)
    return (stage / "widget.js").read_bytes()


def _texts(source: Path) -> dict[str, Text]:
    """The texts of a catalogue by their msgids, as the modules fill them in: `{name}` for `%(name)s`."""
    with source.open("rb") as opened:
        catalogue = read_po(opened, abort_invalid=True)
    return {_msgid(message): _text(message, catalogue) for message in catalogue if message.id}


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _text(message: Message, catalogue: Catalog) -> Text:
    """A plural has its forms by category: browsers know that of a number, and not gettext's rule."""
    if isinstance(message.string, str):
        return _open(message.string)
    form, category = c2py(catalogue.plural_expr), Locale.parse(catalogue.locale).plural_form
    return {category(number): _open(message.string[form(number)]) for number in range(ALL_FORMS)}


def _open(text: str) -> str:
    return _PLACEHOLDER.sub(r"{\1}", text).replace("%%", "%")

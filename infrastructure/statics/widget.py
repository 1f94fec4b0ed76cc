"""The widget as it is served: one file that websites embed, and one for each language that it loads then.

Modules, style sheets and texts are joined by the bundler. A text that no module asks for is left out, and
a module that asks for one that there is not stops the build. Each text stands where it is said: a name
for it would be more to load.

Texts of a catalogue as scripts in a browser use them.
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

from infrastructure.build.translations import typeset
from infrastructure.statics import bundler
from infrastructure.statics.fingerprint import hashed

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
ALL_FORMS = 200
"""No rule of a language that we speak has a form that no smaller number has."""

Text = str | dict[str, str]
"""A text, or its forms by the plural categories of CLDR."""


def texts_of(source: Path) -> dict[str, Text]:
    """The texts of a catalogue (`.po`) by their msgids, with `{name}` for `%(name)s`."""
    with source.open("rb") as opened:
        catalogue = typeset(read_po(opened, abort_invalid=True))
    return {_msgid(message): _text(message, catalogue) for message in catalogue if message.id}


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _text(message: Message, catalogue: Catalog) -> Text:
    """A plural has its forms by category: browsers know that of a number, and not gettext's rule."""
    forms = message.string
    if forms is None or isinstance(forms, str):
        return _open(forms or "")
    form, category = c2py(catalogue.plural_expr), Locale.parse(catalogue.locale).plural_form
    return {category(number): _open(forms[form(number)]) for number in range(ALL_FORMS)}


def _open(text: str) -> str:
    return _PLACEHOLDER.sub(r"{\1}", text).replace("%%", "%")


MESSAGES = "messages.js"
_ASKED = re.compile(rf'import{{([^}}]*)}}from"\./{re.escape(MESSAGES)}";')
_NAMED = re.compile(r'"([^"]+)"as ([\w$]+)')


def widget_files(templates: Path) -> dict[str, bytes]:
    """The files by their names: `widget.js`, and `widget/<language>.<hash>.js`, all of one hash.

    Templates without a widget have none.
    """
    if not (templates / "widget").exists():
        return {}
    texts = {path.parts[-3]: texts_of(path) for path in sorted(templates.glob("locale/*/*/widget.po"))}
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        _lay_out(templates / "widget", stage, texts)
        seconds = _seconds(stage, texts)
        whole = b"".join(seconds.values())
        files = {hashed(f"widget/{language}.js", whole): content for language, content in seconds.items()}
        version = PurePosixPath(next(iter(files))).suffixes[0].removeprefix(".")
        return files | {"widget.js": _loader(stage, version)}


def _lay_out(sources: Path, stage: Path, texts: Mapping[str, Mapping[str, Text]]) -> None:
    """The modules with small style sheets, and the texts in all languages for the loader."""
    shutil.copytree(sources, stage, dirs_exist_ok=True)
    sheets = [path.name for path in sources.glob("*.css")]
    bundler.bundle(stage, *sheets, "--outdir=.", "--allow-overwrite")
    msgids = next(iter(texts.values()))
    _write_module(stage, {msgid: {tag: value[msgid] for tag, value in texts.items()} for msgid in msgids})


def _write_module(folder: Path, values: Mapping[str, object]) -> None:
    """The texts as a module that exports each by its msgid: the bundler knows which are asked for."""
    names = {msgid: f"text{number}" for number, msgid in enumerate(values)}
    lines = [
        f"const {names[msgid]} = {json.dumps(text, ensure_ascii=False)};" for msgid, text in values.items()
    ]
    exported = ", ".join(f'{name} as "{msgid}"' for msgid, name in names.items())
    folder.joinpath(MESSAGES).write_text("\n".join([*lines, f"export {{ {exported} }};"]), "utf-8")


def _seconds(stage: Path, texts: Mapping[str, Mapping[str, Text]]) -> dict[str, bytes]:
    """The second part in each language. Raises `KeyError` for a msgid that no catalogue has."""
    how = ("--outfile=joined.js", "--format=esm", "--loader:.css=text", f"--external:./{MESSAGES}")
    bundler.bundle(stage, "dialog.js", *how)
    joined = (stage / "joined.js").read_text("utf-8")
    asked = [named for names in _ASKED.findall(joined) for named in _NAMED.findall(names)]
    (stage / "silent.js").write_text(_ASKED.sub("", joined), "utf-8")
    return {language: _saying(stage, asked, value) for language, value in texts.items()}


def _saying(stage: Path, asked: list[tuple[str, str]], values: Mapping[str, Text]) -> bytes:
    """The modules with each text in place of the name that they have for it."""
    defined = [f"--define:{name}={json.dumps(values[msgid], ensure_ascii=False)}" for msgid, name in asked]
    bundler.bundle(stage, "silent.js", "--outfile=second.js", "--format=esm", *defined)
    return (stage / "second.js").read_bytes()


def _loader(stage: Path, version: str) -> bytes:
    arguments = (
        "--outfile=widget.js",
        "--format=iife",
        "--loader:.css=text",
        f'--define:VERSION="{version}"',
    )
    bundler.bundle(stage, "loader.js", *arguments)
    return (stage / "widget.js").read_bytes()

"""The widget as it is served: one file that websites embed, and one for each language that it loads then.

Modules, style sheets and texts are joined by the bundler. A text that no module asks for is left out, and a
module that asks for one that there is not stops the build.
"""

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from infrastructure.statics import bundler
from infrastructure.statics.naming import hashed
from infrastructure.statics.texts import Text, texts_of


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

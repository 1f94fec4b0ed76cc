"""Writing the static files where a local run serves them from."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infrastructure.statics.manifest import Statics, collect

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
FOLDER = ROOT / "build/statics"
MANIFEST = "statics.json"
"""The manifest's name in the folder of the templates, where pages look for it."""


def make_statics(templates: Path = TEMPLATES, folder: Path = FOLDER) -> None:
    """Writes the files to `folder`, and the manifest to `templates`, where one of their sources is newer.

    Files of before stay: a run that was started earlier still names them.
    """
    manifest = templates / MANIFEST
    if not manifest.exists() or not folder.exists() or _changed(templates) >= manifest.stat().st_mtime:
        found = collect(templates)
        write_files(found, folder)
        _write(manifest, found.listed)


def write_files(statics: Statics, folder: Path) -> None:
    """Writes the files, each at its path below `folder`."""
    for path, content in statics.files.items():
        _write(folder / path, content)


def _changed(templates: Path) -> float:
    """When a source changed last: what is filled in, and what makes files of it."""
    sources = (path for folder in (templates, Path(__file__).parent) for path in _sources(folder))
    return max(path.stat().st_mtime for path in sources)


def _sources(folder: Path) -> Iterator[Path]:
    made = ("*.mo", "*.pyc", "*.pyc.*", ".*", MANIFEST)
    return (path for path in folder.rglob("*") if path.is_file() and not any(map(path.match, made)))


def _write(target: Path, content: bytes) -> None:
    """In one step: others may read it, write the same, or copy the folder, at this moment."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, target)

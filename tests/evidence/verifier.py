"""The verifier as a module, loaded from the one file that a pack brings, and what it says of files."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.evidence.pack_writer import Files

VERIFIER = Path("templates/evidence/verify.py")


def loaded(path: Path = VERIFIER) -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


verifier = loaded()


def put(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code, and the last line."""
    code = verifier.main([str(each) for each in arguments])
    return code, capsys.readouterr().out.strip().splitlines()[-1]

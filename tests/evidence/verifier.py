"""The verifier as a module, loaded from the one file that a pack brings, and what it says of files."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
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


class Bare:
    """The verifier in a process that has nothing of the project: one for many runs."""

    _SERVE = (
        "import contextlib, importlib.util, io, json, sys\n"
        "spec = importlib.util.spec_from_file_location('verify', sys.argv[1])\n"
        "verify = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(verify)\n"
        "for line in sys.stdin:\n"
        "    said = io.StringIO()\n"
        "    with contextlib.redirect_stdout(said):\n"
        "        code = verify.main(json.loads(line))\n"
        "    print(json.dumps([code, said.getvalue()]), flush=True)\n"
    )

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-c", self._SERVE, str(VERIFIER.resolve())]
        self._process = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd="/")

    def __call__(self, *arguments: object) -> tuple[int, str]:
        """The exit code, and all that was said."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps([str(each) for each in arguments]), file=self._process.stdin, flush=True)
        code, told = json.loads(self._process.stdout.readline())
        return code, told

    def close(self) -> None:
        """Ends the process, which ends by itself when it is asked no more."""
        self._process.communicate()

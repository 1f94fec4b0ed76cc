"""The archive of a release works by itself: what its documents and commands tell to run is in it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from infrastructure.deployment.migrations import MIGRATIONS
from infrastructure.package.build import ROOT
from infrastructure.release.archive import COMMANDS, FILES, lay_out_commands, operators_makefile

SITE = re.findall(r"```json\n(.*?)```", Path(ROOT / "docs/deploy.md").read_text("utf-8"), re.DOTALL)[0]
OF_A_CHECKOUT = {"package", "rehearse", "bench", "soak"}
"""What the documents tell of that makes or tries a package, or the product."""

WRITE_A_SITE = """
import sys
from complaints.adapters.dynamodb.table import bind
from infrastructure.cli.admin import write_site

bind(sys.argv[1])
print(write_site(sys.stdin.buffer.read(), "arn:aws:iam::000000000000:user/operator", "The shop opens."))
"""
IMPORT_ALL = "import importlib, sys\nfor name in sys.argv[1:]: print(importlib.import_module(name).__name__)"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "answerable"
    lay_out_commands(ROOT, folder)
    return folder


def run(unpacked: Path, program: str, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=unpacked,
        env={**os.environ, "PYTHONPATH": ".:layers/core/python"},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_first_site_can_be_written_in_its_languages(unpacked: Path, table: str) -> None:
    assert '"languages"' in SITE
    assert "The site shop is written" in run(unpacked, WRITE_A_SITE, table, given=SITE)


def test_every_command_can_be_started(unpacked: Path) -> None:
    makefile = operators_makefile((ROOT / "Makefile").read_text("utf-8"))
    started = [
        "infrastructure.cli.admin",
        *re.findall(r"\$\(RUN\) -m ([\w.]+)", makefile),
        *(each.module for each in MIGRATIONS),
    ]
    assert run(unpacked, IMPORT_ALL, *started).split() == started


def test_what_operators_are_told_to_run_is_there() -> None:
    documents = [ROOT / name for name in FILES if name.startswith("docs/")]
    folders = ("doctor", "deployment", "cli")
    code = [path for each in folders for path in (ROOT / "infrastructure" / each).rglob("*.py")]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    told = {
        name
        for path in (*documents, *code)
        for name in re.findall(r"\bmake ([a-z]+)", path.read_text("utf-8"))
    }
    assert {"deploy", "migrate", "restore", "copy"} <= told
    assert told & targets <= {*COMMANDS, "setup", *OF_A_CHECKOUT}
    named = {name for path in code for name in re.findall(r"docs/[\w/-]+\.md", path.read_text("utf-8"))}
    assert {"docs/backup.md"} <= named <= set(FILES), "a page that the archive does not have"

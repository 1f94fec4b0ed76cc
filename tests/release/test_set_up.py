"""A machine without Python 3.13 is told what it lacks, and is checked as far as it goes."""

import shutil
import subprocess
from pathlib import Path

import pytest

from infrastructure.package.build import ROOT

BASH, SH = shutil.which("bash") or "", shutil.which("sh") or ""


def stub(folder: Path, name: str, status: int = 0) -> None:
    """A program that does nothing but write its name and arguments to `called`, and end with a status."""
    text = f'#!{SH}\necho "{name} $*" >> "{folder}/called"\nexit {status}\n'
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


def run_checks(folder: Path) -> tuple[str, list[str]]:
    """What `.ci/run` says where only the programs in `folder` are, and what it calls."""
    for name in ("make", "curl", "chromium-headless-shell", "apt-get"):
        stub(folder, name)
    (folder / "dirname").symlink_to(shutil.which("dirname") or "")
    done = subprocess.run(
        [BASH, ROOT / ".ci/run"], env={"PATH": str(folder)}, capture_output=True, text=True, check=True
    )
    return done.stdout, (folder / "called").read_text("utf-8").splitlines()


CHECKS = ["make check", "make test", "make rehearse"]


def test_a_debian_without_python_3_13_is_checked_all_the_same(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13", 1)
    stub(tmp_path, "apt-cache", 1)
    said, called = run_checks(tmp_path)
    assert "no Python 3.13" in said
    assert [each for each in called if each.startswith("make")] == CHECKS
    assert not any(each.startswith("apt-get install") for each in called)


def test_a_debian_that_has_it_installs_it(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13", 1)
    stub(tmp_path, "apt-cache")
    _, called = run_checks(tmp_path)
    [installed] = [each for each in called if each.startswith("apt-get install")]
    assert installed.endswith(" python3.13 python3.13-venv")


def test_a_machine_that_has_all_installs_nothing(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13")
    assert [each for each in run_checks(tmp_path)[1] if not each.startswith("python")] == CHECKS


@pytest.mark.parametrize(
    ("python", "oldest", "fitting"),
    [("python3.13", "3.13", "install Python 3.13."), ("python3", "3.11", "install Python 3.11 to 3.13.")],
)
def test_a_missing_python_is_named_with_the_versions_that_fit(
    python: str, oldest: str, fitting: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [SH, ROOT / "infrastructure/setup.sh", str(tmp_path / "env"), oldest, "run.lock"],
        env={"PATH": str(tmp_path), "PYTHON": python, "UV_VERSION": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert fitting in done.stderr
    assert "or later" not in done.stderr

"""A machine without Python 3.13 is told what it lacks, and is checked as far as it goes."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from infrastructure.package.build import ROOT

BASH, SH = shutil.which("bash") or "", shutil.which("sh") or ""


def stub(folder: Path, name: str, status: int = 0) -> None:
    """A program that does nothing but write its name and arguments to `called`, and end with a status."""
    text = f'#!{SH}\necho "{name} $*" >> "{folder}/called"\nexit {status}\n'
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(0o755)


def run_checks(folder: Path, apart: tuple[str, ...] = (), status: int = 0) -> tuple[str, list[str]]:
    """What `.ci/run` says where only the programs in `folder` are, and what it calls; `apart` are there."""
    for name in {"make", "curl", "faketime", "apt-get", "python3"} - set(apart):
        stub(folder, name)
    for name in ("cat", "cut", "dirname", "git", "grep", "mkdir", "sed"):
        (folder / name).symlink_to(shutil.which(name) or "")
    done = subprocess.run(
        [BASH, ROOT / ".ci/run"], env={"PATH": str(folder)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    called = (folder / "called").read_text("utf-8").splitlines()
    asked = [each for each in called if not each.startswith("python")]
    # The last two are at work at the same time.
    calls = [DATES if each.startswith(f"{DATES} ") else each for each in asked]
    return done.stdout, [*calls[:-2], *sorted(calls[-2:])]


def make_that_fails(folder: Path, target: str) -> None:
    """A `make` that writes down what it is asked for, says so, and fails at one target."""
    lines = (f"#!{SH}", f'echo "make $*" >> "{folder}/called"', 'echo "at $1"', f'[ "$1" != "{target}" ]')
    (folder / "make").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "make").chmod(0o755)


FETCH = "make .local/python3.13/ready"
DATES = "make dates"
"""With which dates, the commit decides."""
CHECKS = ["make check", "make test", DATES, "make rehearse"]


def test_a_debian_without_python_3_13_fetches_one_by_uv(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13", 1)
    stub(tmp_path, "apt-cache", 1)
    said, called = run_checks(tmp_path)
    assert [each for each in called if each.startswith("make")] == [FETCH, *CHECKS]
    assert not any(each.startswith("apt-get install") for each in called)
    assert "no Python 3.13" not in said


def test_where_none_can_be_fetched_the_rest_is_checked_all_the_same(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13", 1)
    stub(tmp_path, "apt-cache", 1)
    make_that_fails(tmp_path, FETCH.removeprefix("make "))
    said, called = run_checks(tmp_path, apart=("make",))
    assert "no Python 3.13" in said
    assert [each for each in called if each.startswith("make")] == [FETCH, *CHECKS]


def test_a_debian_that_has_it_installs_it(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13", 1)
    stub(tmp_path, "apt-cache")
    _, called = run_checks(tmp_path)
    [installed] = [each for each in called if each.startswith("apt-get install")]
    assert installed.endswith(" python3.13 python3.13-venv")


def test_a_debian_without_any_python_installs_the_usual_one(tmp_path: Path) -> None:
    stub(tmp_path, "python3", 1)
    stub(tmp_path, "python3.13")
    _, called = run_checks(tmp_path, apart=("python3",))
    [installed] = [each for each in called if each.startswith("apt-get install")]
    assert installed.endswith(" python3 python3-venv")


def test_a_machine_that_has_all_installs_nothing(tmp_path: Path) -> None:
    stub(tmp_path, "python3.13")
    assert run_checks(tmp_path)[1] == CHECKS


@pytest.mark.parametrize("target", ["dates", "rehearse"])
def test_what_fails_of_two_parts_at_once_is_said(target: str, tmp_path: Path) -> None:
    stub(tmp_path, "python3.13")
    make_that_fails(tmp_path, target)
    said, called = run_checks(tmp_path, apart=("make",), status=1)
    assert ("at rehearse" in said, called) == (True, CHECKS)


@pytest.mark.parametrize(("status", "python"), [(0, "python3.13"), (1, "python3")])
def test_an_environment_is_made_by_the_python_of_lambda_where_it_is(
    status: int, python: str, tmp_path: Path
) -> None:
    stub(tmp_path, "python3.13", status)
    assert make_has("PYTHON", tmp_path) == python


@pytest.mark.parametrize(("status", "brings"), [(0, ""), (1, ".venv/ready")])
def test_a_python_of_lambda_that_makes_no_environments_is_brought_as_one_that_is_missing(
    status: int, brings: str, tmp_path: Path
) -> None:
    """pyenv puts one before all others that fails until a version is chosen; Debian's may lack its venv."""
    stub(tmp_path, "python3.13", status)
    assert make_has("BRINGS_PYTHON", tmp_path) == brings


def make_has(variable: str, folder: Path) -> str:
    """The value of a variable of the Makefile where only the programs in `folder` are."""
    asked = [shutil.which("make") or "", f"--eval=said: ; $(info $({variable})) @:", "said"]
    return subprocess.check_output(asked, env={"PATH": str(folder)}, cwd=ROOT, text=True).strip()


def set_up(folder: Path, python: str, oldest: str) -> subprocess.CompletedProcess[str]:
    """What `infrastructure/setup.sh` says where only the programs in `folder` are."""
    return subprocess.run(
        [SH, ROOT / "infrastructure/setup.sh", str(folder / "env"), oldest, "run.lock"],
        env={"PATH": str(folder), "PYTHON": python, "UV_VERSION": "0"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("python", "oldest", "fitting"),
    [("python3.13", "3.13", "install Python 3.13."), ("python3", "3.11", "install Python 3.11 to 3.13.")],
)
def test_a_missing_python_is_named_with_the_versions_that_fit(
    python: str, oldest: str, fitting: str, tmp_path: Path
) -> None:
    done = set_up(tmp_path, python, oldest)
    assert done.returncode == 1
    assert fitting in done.stderr
    assert "or later" not in done.stderr


@pytest.mark.parametrize(("version", "fits"), [("3, 10", 0), ("3, 11", 1), ("3, 13", 1), ("3, 14", 0)])
def test_a_python_that_is_too_old_or_too_new_is_refused(version: str, fits: bool, tmp_path: Path) -> None:
    """Also where the machine has it: some locked packages have nothing ready-made for a newer one."""
    faked = f"import sys; sys.version_info = ({version}, 0); exec(sys.argv[1])"
    told = f'[ "$1" != -c ] || exec {sys.executable} -c "{faked}" "$2"'
    (tmp_path / "python3").write_text(f"#!{SH}\n{told}\necho Python {version}\n", encoding="utf-8")
    (tmp_path / "python3").chmod(0o755)
    done = set_up(tmp_path, "python3", "3.11")
    assert ("Making the virtual environment" in done.stderr) is bool(fits)
    assert ("Python 3.11 to 3.13 is needed" in done.stderr) is not bool(fits)


def test_where_uv_is_it_brings_the_python_that_builds_the_package(tmp_path: Path) -> None:
    stub(tmp_path, "brought")
    told = f'echo "uv $*" >> "{tmp_path}/called"\n[ "$2" != find ] || echo "{tmp_path}/brought"\n'
    (tmp_path / "uv").write_text(f"#!{SH}\n{told}", encoding="utf-8")
    (tmp_path / "uv").chmod(0o755)
    set_up(tmp_path, "python3.13", "3.13")
    called = (tmp_path / "called").read_text("utf-8").splitlines()
    assert called[0] == "uv python install --no-bin 3.13"
    assert f"brought -m venv --clear {tmp_path}/env" in called


@pytest.mark.parametrize(("status", "is_made_anew"), [(0, False), (1, True)])
def test_an_environment_that_is_half_made_or_has_lost_its_python_is_made_anew(
    status: int, is_made_anew: bool, tmp_path: Path
) -> None:
    stub(tmp_path, "python3")
    (tmp_path / "env/bin").mkdir(parents=True)
    stub(tmp_path / "env/bin", "python", status)
    set_up(tmp_path, "python3", "3.11")
    called = (tmp_path / "called").read_text("utf-8").splitlines()
    assert (f"python3 -m venv --clear {tmp_path}/env" in called) is is_made_anew


def test_where_uv_cannot_fetch_it_a_line_says_what_to_install(tmp_path: Path) -> None:
    stub(tmp_path, "uv", 1)
    done = set_up(tmp_path, "python3.13", "3.13")
    assert done.returncode == 1
    assert "install Python 3.13 with its venv package (on Debian from 13 on: python3.13-venv)" in done.stderr
    assert not (tmp_path / "env").exists()


def test_no_other_python_is_fetched(tmp_path: Path) -> None:
    stub(tmp_path, "uv")
    assert set_up(tmp_path, "python3", "3.11").returncode == 1
    assert not (tmp_path / "called").exists()


def test_each_job_on_a_bare_debian_installs_the_python_that_it_needs() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    container = (ROOT / ".devcontainer/Dockerfile").read_text("utf-8").replace("\\\n", " ")
    installs = [line.split() for line in (workflow + container).splitlines() if "apt-get install" in line]
    assert len(installs) == 3
    for words in installs:
        # Debian's python3.13 does not bring the command python3, which makes the virtual environment.
        assert {"python3", "python3-venv"} <= set(words)

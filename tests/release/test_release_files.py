"""What a release holds: commands of operators, licences, advisories as far as they are known, sums."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from infrastructure.package.build import ROOT
from infrastructure.release.advisories import NOT_ASKED, read
from infrastructure.release.archive import COMMANDS, FILES, operators_makefile, sums
from infrastructure.release.bill_of_materials import licences, unlicensed


def component(name: str, *said: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "licenses": list(said)}


BILL = {
    "components": [
        component("Zed", {"expression": "MIT OR Apache-2.0"}),
        component(
            "beta", {"license": {"id": "MIT"}}, {"license": {"name": "License :: OSI Approved :: MIT"}}
        ),
        component("old", {"license": {"name": "License :: OSI Approved :: BSD License"}}),
    ]
}


def test_each_package_is_listed_once_with_its_licence() -> None:
    assert [line.split(maxsplit=2) for line in licences(BILL).splitlines()[2:]] == [
        ["beta", "1.0", "MIT"],
        ["old", "1.0", "BSD License"],
        ["zed", "1.0", "MIT OR Apache-2.0"],
    ]
    assert unlicensed(BILL) == []
    assert unlicensed({"components": [component("bare")]}) == ["bare"]


def test_what_was_not_audited_is_said_clearly() -> None:
    skipped = {"name": "a", "skip_reason": "Dependency not found"}
    assert "NOT CHECKED" in read({"dependencies": [skipped]}).text
    assert "NOT CHECKED" in NOT_ASKED.text


def test_a_known_weakness_is_named_with_what_mends_it() -> None:
    weak = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
    well = {"name": "c", "version": "3", "vulns": []}
    found = read({"dependencies": [weak, well]})
    assert (found.audited, found.found) == (2, ("  b 2: PYSEC-1, mended in 2.1",))
    assert "no known for 1 of 1" in read({"dependencies": [well]}).text


def test_the_archive_has_the_commands_of_operators_and_packages_nothing() -> None:
    text = operators_makefile((ROOT / "Makefile").read_text("utf-8"))
    for name in COMMANDS:
        assert f"\n{name}: setup" in text, name
    assert "infrastructure.package" not in text
    assert all((ROOT / name).is_file() for name in FILES)
    with pytest.raises(LookupError):
        operators_makefile("UV_VERSION := 1\n")


def test_sums_can_be_checked(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"b")
    (tmp_path / "a.zip").write_bytes(b"a")
    lines = sums(tmp_path.iterdir()).splitlines()
    assert lines[0] == f"{hashlib.sha256(b'a').hexdigest()}  a.zip"
    assert len(lines) == 2

"""The package says which release it is of, and which commit."""

import re
from pathlib import Path

from infrastructure.package.build import ROOT
from infrastructure.package.release import release, version
from infrastructure.release.version import version_of
from infrastructure.template.merge import merge_template


def test_the_release_is_the_version_and_the_commit() -> None:
    assert re.fullmatch(re.escape(version_of(ROOT)) + r"(\+[0-9a-f]{12,40})?", release(ROOT))
    assert version(ROOT) == version_of(ROOT)


def test_without_a_checkout_it_is_the_version_alone(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n', encoding="utf-8")
    assert release(tmp_path) == "1.2.3"


def test_every_function_is_told() -> None:
    variables = merge_template("arm64", "1.2.3+abc")["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["ANSWERABLE_RELEASE"] == "1.2.3+abc"

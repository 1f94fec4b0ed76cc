"""The version stands in one place, and a release holds what the changelog says of it."""

import re
from datetime import date

import pytest

from infrastructure.package.build import ROOT
from infrastructure.release.version import cut, version_of, what_changelog_lacks, what_tags_lack

TODAY = date(2026, 3, 4)
BEFORE = "# Changelog\n\n## [Unreleased]\n\nWhat will be 0.1.0.\n\n### Added\n\n- One thing.\n"
AFTER = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-03-04\n\n### Added\n\n- One thing.\n"


def test_what_is_unreleased_becomes_the_section_of_the_version() -> None:
    assert cut(BEFORE, "0.1.0", TODAY) == AFTER
    assert cut(AFTER, "0.1.0", TODAY) == AFTER
    assert what_changelog_lacks(AFTER, "0.1.0") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BEFORE, "no section for 0.1.0"),
        (AFTER.replace(" - 2026-03-04", ""), "has no day"),
        (AFTER.replace("- One thing.", ""), "says no change"),
        (AFTER.replace("[Unreleased]\n", "[Unreleased]\n\n- More.\n"), "under [Unreleased]"),
        (AFTER, "no section for 0.2.0"),
    ],
)
def test_a_changelog_that_is_not_ready_says_why(text: str, said: str) -> None:
    version = "0.2.0" if "0.2.0" in said else "0.1.0"
    [found] = what_changelog_lacks(text, version)
    assert said in found


def test_our_own_changelog_can_be_cut() -> None:
    version = version_of(ROOT)
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert what_changelog_lacks(cut(text, version, TODAY), version) == []


@pytest.mark.parametrize(
    ("tags", "here", "pushed", "said"),
    [
        (["v0.1.0"], [], "", "of another commit"),
        (["v0.1.0", "v0.2.0"], ["v0.2.0"], "v0.2.0", "v0.2.0 was pushed, but pyproject.toml says 0.1.0"),
    ],
)
def test_a_tag_that_is_not_of_this_version_and_commit_says_why(
    tags: list[str], here: list[str], pushed: str, said: str
) -> None:
    assert said in " ".join(what_tags_lack("0.1.0", tags, here, pushed))


def test_a_tag_of_the_commit_that_is_released_is_what_is_meant() -> None:
    assert what_tags_lack("0.1.0", [], [], "") == []
    assert what_tags_lack("0.1.0", ["v0.1.0"], ["v0.1.0"], "v0.1.0") == []


def test_what_make_release_refuses_is_not_published() -> None:
    assert re.findall(r"run: make release.*", (ROOT / ".github/workflows/ci.yml").read_text("utf-8")) == [
        "run: make release"
    ]

"""`docs/threats.md` and the tests name the same threats, by the same numbers."""

import re
from pathlib import Path

import pytest

from tests.guards.documents.documents import ROOT

PAGE = ROOT / "docs/threats.md"
ROW = re.compile(r"^\| (\d+) \| .+ \| (.*) \| (?:`(tests/[^`]+)`)? ?\|$", re.MULTILINE)
CITED = re.compile(r"\btest((?:_s\d+)+)_|(?:[Aa]buse|[Tt]hreat)s?(?: cases?)? (\d+)")
ROWS = {int(number): (answer, test) for number, answer, test in ROW.findall(PAGE.read_text())}


def cited_in(file: Path) -> set[int]:
    """The numbers of threats that a test file names: in the names of tests (`test_s20_…`), or in words."""
    found: set[int] = set()
    for names, number in CITED.findall(file.read_text()):
        found |= {int(each) for each in re.findall(r"\d+", names or number)}
    return found


def test_every_threat_has_a_row_and_none_is_missing_between() -> None:
    assert list(ROWS) == list(range(1, len(ROWS) + 1))


def test_every_threat_that_a_test_names_is_on_the_page() -> None:
    unknown = {
        str(file.relative_to(ROOT)): strangers
        for file in (ROOT / "tests").rglob("test_*.py")
        if file != Path(__file__) and (strangers := cited_in(file) - ROWS.keys())
    }
    assert unknown == {}


@pytest.mark.parametrize("number", ROWS)
def test_every_row_names_a_test_that_shows_it_or_says_not_yet(number: int) -> None:
    answer, test = ROWS[number]
    if not test:
        assert "*not yet*" in answer
        return
    assert number in cited_in(ROOT / test)

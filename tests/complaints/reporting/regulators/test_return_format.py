"""The files of regulators' returns: taken whole or not at all, and each of the shipped ones."""

import json
from datetime import date
from pathlib import Path

import pytest

import complaints
from complaints.reporting.regulators.return_format import ReturnRefused, read_return
from complaints.values.field_types import Cause, RemedyKind

FOLDER = Path(complaints.__file__).parent / "data/returns"
FILES = sorted(FOLDER.iterdir())
FCA, ASIC = FOLDER / "uk-fca-complaints.json", FOLDER / "au-asic-idr.json"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_return_knows_each_kind_of_remedy(file: Path) -> None:
    found = read_return(file.read_bytes())
    assert found.name == file.stem
    assert {*found.redress, *found.not_redress} == {kind.value for kind in RemedyKind}


def test_each_standard_root_cause_has_a_cause_of_the_fca() -> None:
    cause = read_return(FCA.read_bytes()).grouping("cause")
    assert (cause.source, {*cause.codes}) == (("cause",), {each.value for each in Cause})


@pytest.mark.parametrize(
    ("name", "day", "period"),
    [
        ("uk-fca-complaints", "2027-01-01", "2027-01-01 2027-06-30"),
        ("uk-fca-complaints", "2026-12-31", "2026-07-01 2026-12-31"),
        ("nhs-ko41a", "2027-03-31", "2027-01-01 2027-03-31"),
        ("nhs-ko41a", "2016-04-01", "2016-04-01 2016-06-30"),
    ],
)
def test_a_day_is_in_one_period_of_the_regulator(name: str, day: str, period: str) -> None:
    found = read_return((FOLDER / f"{name}.json").read_bytes()).period_of(date.fromisoformat(day))
    assert " ".join(map(str, found)) == period


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_confirmed_only_when_each_source_was_read(file: Path) -> None:
    data = json.loads(file.read_bytes())
    assert not read_return(json.dumps(data).encode()).is_confirmed
    for source in data["sources"]:
        source["confirmed"] = True
    assert read_return(json.dumps(data).encode()).is_confirmed


@pytest.mark.parametrize(
    ("file", "path", "value", "reason"),
    [
        (FCA, ("colour",), "red", "unknown field"),
        (FCA, ("format",), 2, "Invalid enum value 2"),
        (FCA, ("kind",), "letters", "Invalid value 'letters'"),
        (FCA, ("sources", 0, "url"), "javascript:1", "matching regex"),
        (FCA, ("groupings", 0, "codes", "billing"), "gold", "billing is mapped to gold"),
        (FCA, ("groupings", 1, "name"), "product", "two parts have one name"),
        (FCA, ("measures", 1, "name"), "closed", "two parts have one name"),
        (FCA, ("measures", 1, "outcomes"), ["upheld"], "only what is closed"),
        (FCA, ("not_redress",), ["refund"], "refund is redress and is not"),
        (FCA, ("first",), "2027-01-02", "first day of a month"),
        (FCA, ("measures", 1, "by"), ["colour"], "there is no grouping colour"),
        (ASIC, ("columns", 0, "grouping"), "channel", "has a value or a grouping"),
        (ASIC, ("columns", 2, "grouping"), "colour", "there is no grouping colour"),
    ],
)
def test_a_file_that_is_wrong_is_refused(
    file: Path, path: tuple[str | int, ...], value: object, reason: str
) -> None:
    data = part = json.loads(file.read_bytes())
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(ReturnRefused, match=reason):
        read_return(json.dumps(data).encode())


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(ReturnRefused):
        read_return(b"{")

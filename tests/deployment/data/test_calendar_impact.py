"""`make touched`: an operator sees which promises a calendar touches, before and after it changes."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from complaints.values.errors import Invalid
from infrastructure.cli.data.calendar_impact import report
from infrastructure.deployment.open_container import open_container
from tests.builders import ACKNOWLEDGE, TUESDAY
from tests.installation import Installation, opened

DECREE: dict[str, Any] = {
    "days": [{"on": str(TUESDAY.date()), "names": {"en": "Day of mourning", "tr": "Yas günü"}}]
}


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if "promised" in line]


def test_each_promise_that_a_decree_touches_is_a_line(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = {installation.take(f"k-{number}") for number in range(3)}
    installation.take("k-elsewhere", site="demo-tr")
    result = report("demo", DECREE)
    found = lines(capsys)
    assert len(found) == result
    assert {line["reference"] for line in found} == cases
    [first] = [line for line in found if line["clock"] == ACKNOWLEDGE and line["reference"] == min(cases)]
    assert first | {"reference": ""} == {
        "reference": "",
        "clock": ACKNOWLEDGE,
        "change": "later",
        "promised": "2026-02-03T18:00:00+03:00",
        "reckoned": "2026-02-04T18:00:00+03:00",
    }


def test_a_dry_run_changes_nothing(installation: Installation) -> None:
    case = installation.take("k-1")
    before = installation.complaint(case)
    report("demo", DECREE)
    assert installation.complaint(case) == before
    assert report("demo", None) == 0


def test_a_change_that_cannot_be_is_refused_as_it_would_be(installation: Installation) -> None:
    with pytest.raises(Invalid) as refused:
        report("demo", {"removed": [{"on": str(TUESDAY.date())}]})
    assert [wrong.pointer for wrong in refused.value.errors] == ["/removed/0/on"]


def test_nothing_but_the_table_is_asked(installation: Installation, table: str) -> None:
    installation.take("k-1")
    open_container(table)
    assert report("demo", DECREE)

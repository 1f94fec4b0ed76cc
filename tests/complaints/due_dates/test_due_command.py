"""`make due`: vectors of a file are answered one by one, and a bad one stops no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from infrastructure.cli.due_dates import main
from tests.complaints.due_dates.test_golden_vectors import VECTORS

GOLDEN = Path(__file__).with_name("golden.json")


def vector(name: str = "one", **changed: Any) -> dict[str, Any]:
    usual = {
        "name": name,
        "tz": "Europe/Istanbul",
        "windows": {"fri": [["09:00", "18:00"]], "mon": [["09:00", "18:00"]]},
        "start": "2026-05-15T17:30:00+03:00",
        "amount": 1,
        "unit": "business_hours",
        "counting": "exact",
    }
    return usual | changed


def file_of(folder: Path, *vectors: object) -> Path:
    path = folder / "vectors.json"
    path.write_text(json.dumps({"vectors": vectors}))
    return path


def test_every_golden_vector_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(GOLDEN)
    output = capsys.readouterr()
    answers = [json.loads(line) for line in output.out.splitlines()]
    expected = json.loads(GOLDEN.read_text())["vectors"]
    assert (status, output.err, len(answers)) == (0, "", len(VECTORS))
    assert answers == [{"name": each["name"], "due": each["expected_due"]} for each in expected]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"tz": "Europe/Atlantis"}, "no IANA zone"),
        ({"unit": "fortnights"}, "fortnights"),
        ({"amount": 0}, "more than nothing"),
        ({"windows": {}}, "no working time"),
        ({"start": "2026-05-15T17:30:00"}, "offset"),
        ({"amount": 10**13}, "after the year 9999"),
        ({"amount": 10**9, "unit": "hours"}, "after the year 9999"),
    ],
)
def test_a_vector_that_cannot_be_computed_is_named_with_its_reason(
    changed: dict[str, Any], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = file_of(tmp_path, vector("good"), vector("bad", **changed), vector("good too"))
    assert main(file) == 1
    output = capsys.readouterr()
    assert [json.loads(line)["name"] for line in output.out.splitlines()] == ["good", "good too"]
    assert output.err.startswith("bad: ")
    assert reason in output.err


def test_a_vector_without_a_name_is_named_by_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(file_of(tmp_path, vector(), {"tz": 7})) == 1
    assert capsys.readouterr().err.startswith("vector 2: ")


@pytest.mark.parametrize("content", ["", "[]", '{"vectors": 1}'])
def test_a_file_without_vectors_is_named(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "vectors.json"
    file.write_text(content)
    assert main(file) == main(tmp_path / "nothing.json") == 1
    assert capsys.readouterr().err.startswith(f"{file}: ")

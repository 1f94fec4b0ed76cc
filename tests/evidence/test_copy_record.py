"""`make copy`: the record for an auditor, out of an export that DynamoDB made."""

import gzip
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from infrastructure.cli.data.copy_record import KEYS, main, write_copy

AT = "2026-11-28T20:00:00.000Z"
ITEMS = [
    {
        "pk": {"S": "case#C-1"},
        "sk": {"S": "head"},
        "item": {"S": "head"},
        "number": {"N": "1"},
        "state": {"S": "{}"},
        "card": {"S": "Ngozi's parcel"},
    },
    {"pk": {"S": "case#C-1"}, "sk": {"S": "entry#000001"}, "data": {"B": "e30="}, "correlation": {"S": "x"}},
    {"pk": {"S": "private#inbox#demo"}, "sk": {"S": "mail#1"}, "mail": {"B": "e30="}},
    {"pk": {"S": "session#1"}, "sk": {"S": "session"}, "member": {"S": "ruth"}},
    {"pk": {"S": "key#C-1"}, "key": {"B": "a2V5"}},
]


def copied(monkeypatch: pytest.MonkeyPatch, folder: Path, *options: str) -> list[dict[str, Any]]:
    """What is copied of an export."""
    export = folder / "export/AWSDynamoDB/01-ab"
    (export / "data").mkdir(parents=True, exist_ok=True)
    (export / "manifest-summary.json").write_text(json.dumps({"exportTime": AT}))
    (export / "data/x.json.gz").write_bytes(
        gzip.compress("\n".join(json.dumps({"Item": each}) for each in ITEMS).encode())
    )
    out = folder / "out"
    monkeypatch.setattr(sys, "argv", ["copy_record", str(folder / "export"), str(out), *options])
    main()
    assert (
        json.loads((out / "manifest-summary.json").read_text())["exportTime"] == "2026-11-28T20:00:00+00:00"
    )
    assert (out / "record.jsonl.gz").stat().st_mode & 0o077 == 0
    lines = gzip.decompress((out / "record.jsonl.gz").read_bytes()).splitlines()
    return [json.loads(line)["Item"] for line in lines]


def test_what_proves_nothing_is_left_out_and_data_keys_unless_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entry = {name: ITEMS[1][name] for name in ("pk", "sk", "data")}
    head = {name: ITEMS[0][name] for name in ("pk", "sk", "number", "state")}
    assert copied(monkeypatch, tmp_path) == [head, entry]
    assert copied(monkeypatch, tmp_path, "--keys") == [head, entry, ITEMS[4]]


def test_an_export_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["copy_record", str(tmp_path), str(tmp_path / "out")])
    with pytest.raises(SystemExit, match=r"could not be copied.* manifest-summary\.json is missing"):
        main()


def test_a_copy_without_data_keys_has_none_of_an_earlier_one(tmp_path: Path) -> None:
    """Whoever is given it would read all that people wrote."""
    at = datetime.fromisoformat(AT)
    write_copy(ITEMS[:2], ITEMS[4:], at, tmp_path)
    assert (tmp_path / KEYS).exists()
    write_copy(ITEMS[:2], None, at, tmp_path)
    assert not (tmp_path / KEYS).exists()

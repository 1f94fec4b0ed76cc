"""Abuse case 65: what is accepted leaves just one entry, with actor, time, version; what is refused none."""

from typing import Any

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, complain
from tests.local_run import LocalRun

DECISION = {"outcome": "upheld", "reasons": "You are right."}
TRIED: list[tuple[str, str, str, dict[str, Any]]] = [
    ("Deniz", "agent", "decide", DECISION),
    ("Deniz", "agent", "assign", {"to": "Robin"}),
    ("Deniz", "agent", "assign", {"to": "nobody"}),
    ("Kim", "auditor", "note", {"text": "x"}),
    ("Kim", "quality", "note", {"text": "Looked at."}),
    ("Deniz", "agent", "assess", SCALES),
    ("Deniz", "agent", "assess", SCALES | {"severity": 9}),
    ("Deniz", "agent", "assess", SCALES | {"note": "Worse than thought."}),
    ("Deniz", "agent", "find", FINDING | {"note": "Photographs are here."}),
    ("Deniz", "agent", "approve", {}),
    ("Deniz", "agent", "decide", DECISION),
    ("Robin", "reviewer", "approve", {}),
    ("Deniz", "agent", "ask", {"text": "Which one?"}),
    ("Deniz", "agent", "resume", {"reason": "She rang."}),
    ("Deniz", "agent", "destroy", {}),
]
"""What is tried one after the other: some of it is taken, some refused."""


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


def entries(complaint: Complaint) -> list[dict[str, Any]]:
    path = f"/complaints/{complaint.reference}/audit"
    audit = Staff(complaint.run).call("GET", path).json
    assert audit["verifies"]
    return list(audit["entries"])


@pytest.mark.iso10002("4 accountability: cases")
def test_s65_every_command_on_a_case_leaves_one_entry_or_none(complaint: Complaint) -> None:
    """Beside those of machines, which note that a letter was taken meanwhile."""
    taken = 0
    for name, role, verb, body in TRIED:
        before = entries(complaint)
        got = Staff(complaint.run, name, role).tries(complaint, verb, body)
        after = entries(complaint)
        assert after[: len(before)] == before
        new = [entry for entry in after[len(before) :] if entry["facts"][0]["by"]["kind"] != "machine"]
        if got.status != 200:
            assert new == [], (verb, got.text)
            continue
        taken += 1
        [entry] = new
        assert entry["version"] == before[-1]["version"] + 1
        assert all(fact["by"]["id"] == name and fact["at"] for fact in entry["facts"])
    assert 0 < taken < len(TRIED)


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("site", {"agents_extend": True}, 200),
        ("site", {"zone": "Mars/Olympus"}, 422),
        ("team", {"manager": "chief@demo-tr.example"}, 200),
        ("team", {"manager": "nobody"}, 422),
        ("texts", {"notice": {"tr": "Saklarız."}}, 200),
        ("packs", {"packs": ["none-such"]}, 422),
        ("codes", {"put": [{"list": "causes", "code": "training", "labels": {"tr": "Öğretim"}}]}, 200),
        ("codes", {"remove": [{"list": "causes", "code": "training"}]}, 422),
    ],
)
def test_s65_every_change_of_a_setting_leaves_one_entry_or_none(
    local_run: LocalRun, kind: str, body: dict[str, Any], status: int
) -> None:
    administration = Office(local_run)
    before = administration.setting(kind, "demo-tr")
    assert administration.tries(kind, "demo-tr", body).status == status
    after = administration.setting(kind, "demo-tr")
    new = after["history"][len(before["history"]) :]
    assert len(new) == (status == 200)
    for entry in new:
        assert entry["at"]
        assert (entry["by"], entry["version"]) == ("Sam", before["version"] + 1)


def test_s65_a_stale_or_repeated_change_leaves_none(local_run: LocalRun) -> None:
    administration = Office(local_run)
    before = administration.setting("site", "demo-tr")
    for version in (before["version"] - 1, before["version"] + 1):
        assert administration.tries("site", "demo-tr", {}, If_Match=f'"{version}"').status == 412
    assert administration.setting("site", "demo-tr") == before

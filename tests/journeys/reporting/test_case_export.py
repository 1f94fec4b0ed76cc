"""Cases with every field as a file: columns that stay, for those who may, in pages that fit.

Threat 85.
"""

import csv
import io
import json
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from functions.serializers.exports.case_lines import LINES
from functions.serializers.exports.case_record import COLUMNS, OF_PEOPLE
from tests.http import Answer
from tests.journeys.steps import (
    SCALES,
    Complaint,
    Staff,
    address,
    clock,
    complain,
    exported,
    local_date,
    settle,
)
from tests.local_run import LocalRun

STABLE = (
    "reference", "site", "version", "received_at", "channel", "language", "feedback", "kind", "category",
    "told_category", "subcategory", "stage", "level", "assignee", "acknowledged_at", "assessed_at",
    "responded_at", "reviewed_at", "referred_at", "reopened_at", "ended_at", "ended_because", "external_body",
    "severity", "safety", "complexity", "impact", "urgency", "immediate_action", "priority",
    "acknowledge_due", "acknowledge_in_time", "respond_due", "respond_in_time", "missed_deadlines", "cause",
    "outcome", "outcome_code", "decided_at", "decided_by", "approved_by", "decisions", "earlier", "accepted",
    "remedies", "remedies_owed", "messages_received", "attachments", "open_tasks", "actions", "links",
    "parts", "danger_known_at", "danger_known_by", "danger_acted_at",
    "is_vulnerable", "has_needs", "name", "email", "phone", "post", "preferred_way", "represented",
    "relation", "authority", "subject", "description", "product", "order_number", "place", "occurred_on",
    "remedy_sought", "special_needs", "earlier_reference", "taken_elsewhere", "staff_product", "staff_place",
    "tags", "danger_details",
)  # fmt: skip
"""What files have been read by. New ones may be added; none is taken away."""


def asks(run: LocalRun, role: str = "quality", **query: Any) -> Answer:
    return Staff(run, "Kim", role).call("GET", "/export/cases?" + urlencode({"site": "demo"} | query))


def files(run: LocalRun, role: str = "quality", **query: Any) -> list[Answer]:
    """Every file, as the header of each leads to the next one."""
    return exported(Staff(run, "Kim", role), "/export/cases?" + urlencode({"site": "demo"} | query))


def lines_in(file: Answer) -> list[str]:
    """A line ends at a line feed alone: what somebody wrote may hold other separators, as JSON does."""
    return [line for line in file.text.split("\n") if line]


def record_of(complaint: Complaint, role: str = "quality") -> dict[str, Any]:
    found = files(complaint.run, role, format="jsonl")
    records = [json.loads(line) for each in found for line in lines_in(each)]
    return next(dict(each) for each in records if each["reference"] == complaint.reference)


@pytest.fixture(scope="module")
def decided(local_run: LocalRun) -> Complaint:
    complaint = complain(
        local_run,
        complainant={"name": "=cmd", "email": address(), "phone": "+90 555", "preferred_way": "telephone"},
        description=f"One; two\n{uuid.uuid4().hex}",
        order_number="4711",
    )
    rana = Staff(local_run, "Rana", "reviewer")
    rana.does(complaint, "assess", SCALES | {"severity": 2})
    rana.does(complaint, "find", {"finding": "It fell.", "root_cause": "training"})
    remedies = [{"kind": "refund", "amount": "20.00", "currency": "EUR"}, {"kind": "apology"}]
    rana.does(complaint, "decide", {"outcome": "upheld", "reasons": "You are right.", "remedies": remedies})
    rana.does(complaint, "respond")
    settle(local_run)
    return complaint


def test_no_field_that_files_were_read_by_is_taken_away() -> None:
    assert set(STABLE) <= {*COLUMNS, *OF_PEOPLE}


def test_json_lines_hold_every_field_of_a_case(decided: Complaint) -> None:
    record = record_of(decided)
    case = Staff(decided.run, "Rana", "reviewer").case(decided)
    assert set(record) == {*COLUMNS, *OF_PEOPLE, "fields"}
    expected = {
        "stage": "responded",
        "severity": 2,
        "cause": "training",
        "outcome": "upheld",
        "decisions": 1,
        "remedies_owed": 1,
        "acknowledge_in_time": True,
        "respond_in_time": True,
        "name": "=cmd",
        "preferred_way": "telephone",
        "order_number": "4711",
        "description": case["description"],
        "product": None,
    }
    assert {name: record[name] for name in expected} == expected
    assert record["remedies"][0] == {
        "kind": "refund",
        "amount": "20.00",
        "currency": "EUR",
        "by": None,
        "done_on": None,
        "is_done": False,
        "is_owed": True,
        "is_declined": False,
    }


def test_a_sheet_has_the_same_fields_as_columns_and_no_cell_is_a_formula(decided: Complaint) -> None:
    rows: list[dict[str, str]] = []
    for file in files(decided.run):
        assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
        rows += csv.DictReader(io.StringIO(file.text, newline=""))
    row = next(each for each in rows if each["reference"] == decided.reference)
    assert list(row)[: len(STABLE)] == list(STABLE)
    assert (row["name"], row["severity"], row["acknowledge_in_time"]) == ("'=cmd", "2", "true")
    assert row["remedies"] == f"refund 20.00 EUR owed; apology done {local_date(decided.run)}"


def test_what_was_redacted_is_in_no_file(decided: Complaint) -> None:
    complaint = complain(decided.run, order_number="zebra-9")
    Staff(decided.run, "Rana", "reviewer").does(
        complaint, "redact", {"message": 1, "reason": "It names somebody else."}
    )
    record = record_of(complaint)
    assert (record["description"], record["order_number"], record["subject"]) == (None, None, None)


def test_s13_an_auditor_gets_no_personal_data(decided: Complaint) -> None:
    assert set(record_of(decided, "auditor")) == set(COLUMNS)
    assert not [file for file in files(decided.run, "auditor") if decided.email in file.text]


@pytest.mark.parametrize("role", ["agent", "reviewer", "admin"])
def test_who_only_works_on_cases_takes_none_out(local_run: LocalRun, role: str) -> None:
    assert asks(local_run, role).status == 403


def test_a_long_file_goes_on_in_another_and_no_case_is_lost(local_run: LocalRun) -> None:
    long = [complain(local_run, description="😀" * 20_000) for _ in range(15)]
    found = files(local_run, format="jsonl")
    assert len(found) > 1
    assert max(len(each.body) for each in found) < 6 * 1024 * 1024
    listed = [json.loads(line)["reference"] for each in found for line in lines_in(each)]
    assert {each.reference for each in long} <= set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("query", "pointer"),
    [({"format": "json"}, "/format"), ({"cursor": "x"}, "/cursor"), ({"to": "x"}, "/to")],
)
def test_what_cannot_be_is_named(local_run: LocalRun, query: dict[str, Any], pointer: str) -> None:
    got = asks(local_run, **query)
    assert (got.status, [wrong["pointer"] for wrong in got.json["errors"]]) == (422, [pointer])


def lines_of(complaint: Complaint, role: str = "quality", **query: Any) -> list[dict[str, Any]]:
    """The lines of one case, in all files."""
    staff = Staff(complaint.run, "Kim", role)
    found: list[dict[str, Any]] = []
    for file in exported(staff, "/export/histories?" + urlencode({"site": "demo"} | query)):
        assert file.headers["Content-Type"] == "application/jsonl; charset=utf-8"
        found += (json.loads(line) for line in lines_in(file))
    return [line for line in found if line["reference"] == complaint.reference]


@pytest.mark.iso10002("8.1 collection of information: export")
def test_a_whole_case_has_a_line_for_all_that_happened_in_it(decided: Complaint) -> None:
    staff = Staff(decided.run, "Rana", "reviewer")
    due = str(clock(decided.run).date() + timedelta(days=3))
    staff.does(decided, "task", {"text": "Ask the courier.", "to": "Rana", "due": due})
    decided.say("messages", {"text": "Thank you."})
    settle(decided.run)
    lines = lines_of(decided)
    assert [line["record"] for line in lines[:1]] == ["case"]
    assert {*lines[0]} == {*COLUMNS, *OF_PEOPLE, "fields", "record", "merged_into"}
    by_kind = {kind: [line for line in lines if line["record"] == kind] for kind in LINES}
    (message,), (task,), (decision,) = by_kind["message"], by_kind["task"], by_kind["decision"]
    assert (message["sender"], message["text"]) == ("complainant", "Thank you.")
    assert (task["text"], task["answer"], task["asked_by"]) == ("Ask the courier.", None, "Rana")
    assert (decision["reasons"], decision["in_force"], decision["accepted"]) == ("You are right.", True, None)
    assert [(each["kind"], each["amount"], each["state"]) for each in by_kind["remedy"]] == [
        ("refund", "20.00", "offered"),
        ("apology", None, "done"),
    ]
    assert {"acknowledgement", "resolution"} <= {each["kind"] for each in by_kind["letter"]}
    (finding,) = (each for each in by_kind["fact"] if each["fact"] == "FindingRecorded")
    assert (finding["by"], finding["values"]["finding"]) == ("Rana", "It fell.")
    few = lines_of(decided, records="message,remedy")
    assert few == [line for line in lines if line["record"] in ("message", "remedy")]


def test_a_case_that_became_part_of_another_is_told_behind_it(local_run: LocalRun) -> None:
    ada = {"name": "Ada", "email": address()}
    whole = complain(local_run, complainant=ada)
    part = complain(local_run, complainant=ada, description="The same lamp again.")
    staff = Staff(local_run, "Rana", "reviewer")
    staff.does(part, "merge", {"into": whole.reference, "reason": "The same."})
    settle(local_run)
    (line,) = lines_of(part, records="case")
    assert (line["description"], line["merged_into"]) == ("The same lamp again.", whole.reference)


def test_what_was_redacted_is_in_no_line(decided: Complaint) -> None:
    complaint = complain(decided.run, order_number="zebra-9")
    staff = Staff(decided.run, "Rana", "reviewer")
    complaint.say("messages", {"text": "Her name is zebra-Mary."})
    staff.does(complaint, "redact", {"message": 1, "reason": "It names somebody else."})
    number = staff.case(complaint)["messages"][-1]["id"]
    staff.does(complaint, "redact", {"message": number, "reason": "It names somebody else."})
    lines = lines_of(complaint)
    assert "zebra" not in json.dumps(lines)
    assert [line["text"] for line in lines if line["record"] == "message"] == [None]


def test_a_kind_of_line_that_there_is_not_is_named(local_run: LocalRun) -> None:
    got = Staff(local_run, "Kim", "quality").call("GET", "/export/histories?site=demo&records=case,gossip")
    assert (got.status, got.json["errors"][0]["pointer"]) == (422, "/records")

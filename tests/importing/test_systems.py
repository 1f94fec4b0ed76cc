"""Files of other systems as each of them writes it: JSON with the descriptions, or a table without."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from functions.serializers.exports.case_record import COLUMNS, OF_PEOPLE
from infrastructure.importing.mapping_file import Mapping, OwnColumn, read_mapping
from infrastructure.importing.row_mapper import NotTaken, complaint_of
from infrastructure.importing.rows import NoTable, read_rows

REQUESTER = {"id": 9, "name": "Ada Yılmaz", "email": "ada@example.org", "phone": None}
ZENDESK = {
    "id": 17,
    "subject": "Lamp broken",
    "description": "In four pieces.\n\nAda",
    "status": "closed",
    "created_at": "2019-05-06T09:30:00Z",
    "updated_at": "2019-05-20T10:00:00Z",
    "requester_id": 9,
    "custom_fields": [{"id": 360001, "value": "A-1"}, {"id": 360002, "value": None}],
    "tags": ["lamp", "broken"],
    "comments": [{"id": 1, "body": "In four pieces."}, {"id": 2, "body": "Answered."}],
}
FRESHDESK = {
    "id": 18,
    "subject": "Lamp broken",
    "description": "<p>In <b>four</b> pieces.</p>",
    "status": 5,
    "created_at": "2019-05-06T09:30:00Z",
    "updated_at": "2019-06-01T00:00:00Z",
    "requester": REQUESTER | {"mobile": "+90 555"},
    "stats": {"resolved_at": None, "closed_at": "2019-05-20T10:00:00Z"},
    "custom_fields": {"cf_serial": "A-1"},
}
OSTICKET = {
    "number": "100019",
    "subject": "Lamp broken",
    "name": "Ada Yılmaz",
    "email": "ada@example.org",
    "created": "2019-05-06 09:30:00.000000",
    "closed": "2019-05-20 10:00:00.000000",
    "state": "closed",
    "body": "<p>In four pieces.<br />Ada</p>",
}


def bodies(path: Path, mapping: Mapping) -> list[dict[str, Any]]:
    return [complaint_of(row, mapping, "demo", acknowledge=False).body for row in read_rows(path, mapping)]


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


EXPECTED = {
    "site": "demo",
    "complainant": {"name": "Ada Yılmaz", "email": "ada@example.org"},
    "subject": "Lamp broken",
    "received_at": "2019-05-06T09:30:00+00:00",
    "ended_at": "2019-05-20T10:00:00+00:00",
}


def test_the_json_export_of_zendesk_has_one_ticket_on_each_line_with_its_description(tmp_path: Path) -> None:
    lines = [
        ZENDESK | {"requester": REQUESTER},
        ZENDESK | {"id": 18, "status": "open", "requester": REQUESTER},
    ]
    path = written(tmp_path / "tickets.json", "\n".join(json.dumps(line) for line in lines) + "\n")
    first, second = bodies(path, read_mapping("zendesk"))
    assert first == EXPECTED | {"description": "In four pieces.\n\nAda"}
    assert "ended_at" not in second


def test_a_page_of_the_api_of_zendesk_names_requesters_in_another_list(tmp_path: Path) -> None:
    page = {"tickets": [ZENDESK], "users": [REQUESTER, {"id": 10, "name": "Bo"}], "next_page": None}
    path = written(tmp_path / "page.json", json.dumps(page, indent=1))
    assert bodies(path, read_mapping("zendesk")) == [EXPECTED | {"description": "In four pieces.\n\nAda"}]


def test_a_custom_field_becomes_an_own_field_of_the_site(tmp_path: Path) -> None:
    path = written(tmp_path / "t.jsonl", json.dumps(ZENDESK | {"requester": REQUESTER}))
    columns = ("custom_fields.360001",)
    mapping = msgspec.structs.replace(read_mapping("zendesk"), own={"serial": OwnColumn(columns=columns)})
    assert bodies(path, mapping)[0]["fields"] == {"serial": "A-1"}
    words = msgspec.structs.replace(mapping, own={"serial": OwnColumn(columns=columns, values={"B": "b"})})
    with pytest.raises(NotTaken) as refused:
        bodies(path, words)
    assert [flaw.column for flaw in refused.value.flaws] == ["custom_fields.360001"]


def test_the_api_of_freshdesk_gives_html_which_is_read_as_text(tmp_path: Path) -> None:
    path = written(tmp_path / "tickets.json", json.dumps([FRESHDESK]))
    [body] = bodies(path, read_mapping("freshdesk"))
    assert body == EXPECTED | {
        "description": "In four pieces.",
        "complainant": {"name": "Ada Yılmaz", "email": "ada@example.org", "phone": "+90 555"},
    }
    plain = written(tmp_path / "plain.json", json.dumps([FRESHDESK | {"description_text": "a < b"}]))
    assert bodies(plain, read_mapping("freshdesk"))[0]["description"] == "a < b"


def test_the_table_of_freshdesk_has_no_description(tmp_path: Path) -> None:
    table = (
        "Ticket ID,Subject,Status,Created time,Resolved time,Closed time,Full name,Email\n"
        "18,Lamp broken,Closed,2019-05-06 09:30:00,2019-05-20 10:00:00,,Ada Yılmaz,ada@example.org\n"
    )
    [body] = bodies(written(tmp_path / "tickets.csv", table), read_mapping("freshdesk"))
    assert body == EXPECTED | {"description": "Lamp broken"}


def test_the_query_of_osticket_gives_what_the_person_wrote(tmp_path: Path) -> None:
    path = written(tmp_path / "tickets.jsonl", json.dumps(OSTICKET) + "\n")
    assert bodies(path, read_mapping("osticket")) == [EXPECTED | {"description": "In four pieces.\nAda"}]


def test_the_table_of_osticket_has_no_message(tmp_path: Path) -> None:
    table = (
        "Ticket Number,Date Created,Subject,From,From Email,Current Status,Closed Date\n"
        "100019,2019-05-06 09:30:00,Lamp broken,Ada Yılmaz,ada@example.org,Closed,2019-05-20 10:00:00\n"
    )
    [body] = bodies(written(tmp_path / "tickets.csv", table), read_mapping("osticket"))
    assert body == EXPECTED | {"description": "Lamp broken"}


def test_a_table_of_osticket_may_be_separated_by_semicolons(tmp_path: Path) -> None:
    """It writes so for whoever has a language in which numbers have a comma."""
    table = (
        '"Ticket Number";"Date Created";Subject;From;"From Email";Priority;Department;"Current Status";'
        '"Closed Date"\n'
        '100019;"2019-05-06 09:30:00";"Lamp, broken";"Ada Yılmaz";ada@example.org;Normal;Support;Closed;'
        '"2019-05-20 10:00:00"\n'
    )
    [body] = bodies(written(tmp_path / "tickets.csv", table), read_mapping("osticket"))
    assert body == EXPECTED | {"subject": "Lamp, broken", "description": "Lamp, broken"}


def test_the_table_of_zendesk_as_the_account_exports_it(tmp_path: Path) -> None:
    table = (
        "Summation column,Id,Requester,Requester id,Requester external id,Requester email,Requester domain,"
        "Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,Ticket type,Created at,Updated at,"
        "Assigned at,Organization,Due date,Initially assigned at,Solved at,Resolution time\n"
        "1,17,Ada Yılmaz,9,,ada@example.org,example.org,Ada Yılmaz,Bo,Support,Lamp broken,lamp,Closed,Normal,"
        "Mail,Incident,2019-05-06 09:30,2019-05-21 10:00,,,,,2019-05-20 10:00,336\n"
    )
    [body] = bodies(written(tmp_path / "tickets.csv", table), read_mapping("zendesk"))
    assert body == EXPECTED | {"description": "Lamp broken"}


def test_the_table_of_freshdesk_with_its_usual_fields(tmp_path: Path) -> None:
    table = (
        "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,"
        "Closed time,Last update time,Tags,Full name,Title,Email,Work phone,Mobile phone,Language\n"
        "18,Lamp broken,Closed,Low,Portal,Incident,Bo,Support,2019-05-06 09:30:00,2019-05-09 09:30:00,"
        "2019-05-20 10:00:00,2019-05-21 10:00:00,2019-05-21 10:00:00,,Ada Yılmaz,,ada@example.org,,"
        "+90 555,en\n"
    )
    [body] = bodies(written(tmp_path / "tickets.csv", table), read_mapping("freshdesk"))
    person = {"name": "Ada Yılmaz", "email": "ada@example.org", "phone": "+90 555"}
    assert body == EXPECTED | {"description": "Lamp broken", "complainant": person}


FRESHDESK_TABLE = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,"
    "Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),"
    "Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,"
    "First response status,Tags,Survey results,Summary,Equipment ,Full name,Email,Contact ID"
)
"""All fields of a ticket as the export dialog offers them, a custom one, and those of the contact."""


def test_the_table_of_freshdesk_with_all_fields_that_its_dialog_offers(tmp_path: Path) -> None:
    rows = (
        "18,Lamp broken,Closed,Low,Portal,Incident,Bo,Support,2019-05-06 09:30:00,2019-05-09 09:30:00,"
        "2019-05-20 10:00:00,2019-05-21 10:00:00,2019-05-21 10:00:00,2019-05-07 08:00:00,00:00:00,22:30:00,"
        "336:30:00,2,1,SLA Violated,Within SLA,lamp,,,Crane,Ada Yılmaz,ada@example.org,84084194436",
        '19,"It is late, too",Waiting on Third Party,Low,Phone,,No Agent,No Group,2019-05-06 09:30:00,,,,'
        "2019-05-06 09:30:00,,00:00:00,,,0,1,,,,,,,Ada Yılmaz,ada@example.org,84084194436",
    )
    path = written(tmp_path / "tickets.csv", "\n".join((FRESHDESK_TABLE, *rows)))
    mapping = read_mapping("freshdesk")
    own = msgspec.structs.replace(mapping, own={"machine": OwnColumn(columns=("Equipment",))})
    closed, waiting = bodies(path, own)
    assert closed == EXPECTED | {"description": "Lamp broken", "fields": {"machine": "Crane"}}
    assert (waiting["subject"], "ended_at" in waiting) == ("It is late, too", False)
    without = "\n".join((FRESHDESK_TABLE.replace("Email,", ""), rows[0].replace("ada@example.org,", "")))
    [nobody] = bodies(written(tmp_path / "without.csv", without), mapping)
    assert nobody["complainant"] == {"name": "Ada Yılmaz"}, "the import refuses it, and the report says why"


def test_a_page_of_the_api_of_freshdesk_with_all_that_it_says(tmp_path: Path) -> None:
    """Somebody who rang has no address, and a status of the account's own is for a copy of the mapping."""
    rang = FRESHDESK | {
        "cc_emails": [],
        "fwd_emails": [],
        "reply_cc_emails": [],
        "ticket_cc_emails": [],
        "email_config_id": None,
        "group_id": 84000293343,
        "priority": 3,
        "requester_id": 9,
        "responder_id": None,
        "source": 3,
        "spam": False,
        "status": 7,
        "to_emails": None,
        "product_id": None,
        "type": "Issues",
        "due_by": "2019-05-09T09:30:00Z",
        "fr_due_by": "2019-05-07T09:30:00Z",
        "fr_escalated": True,
        "is_escalated": False,
        "description_text": "In four pieces.",
        "tags": ["lamp"],
        "requester": {"id": 9, "name": "Ada Yılmaz", "email": None, "mobile": None, "phone": "+90 555"},
        "stats": dict.fromkeys(("agent_responded_at", "resolved_at", "closed_at", "reopened_at")),
    }
    path = written(tmp_path / "page.json", json.dumps([rang]))
    [body] = bodies(path, read_mapping("freshdesk"))
    assert body["complainant"] == {"name": "Ada Yılmaz", "phone": "+90 555"}
    assert (body["description"], "ended_at" in body) == ("In four pieces.", False)
    own = written(tmp_path / "own.json", json.dumps([rang | {"status": 12}]))
    with pytest.raises(NotTaken):
        bodies(own, read_mapping("freshdesk"))


def test_the_table_of_osticket_with_all_its_columns(tmp_path: Path) -> None:
    """As version 1.18 writes it (`CustomQueue::getExportableFields`): with a byte order mark, and quoted."""
    columns = (
        "Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,"
        "Current Status,Last Updated,SLA Due Date,SLA Plan,Due Date,Closed Date,Overdue,Merged,Linked,"
        "Answered,Agent Assigned,Team Assigned,Thread Count,Reopen Count,Attachment Count,Task Count,Order"
    )
    row = (
        "100019,2019-05-06 09:30:00,Lamp broken,Ada Yılmaz,ada@example.org,Normal,Support,Feedback,Web,"
        "Resolved,2019-05-21 10:00:00,2019-05-08 09:30:00,Default SLA,,2019-05-20 10:00:00,No,No,No,Yes,Bo,,"
        "3,0,1,0,4711"
    )
    mapping = read_mapping("osticket")
    ordered = msgspec.structs.replace(mapping, columns={**mapping.columns, "order_number": ("Order",)})
    [body] = bodies(written(tmp_path / "tickets.csv", f"\ufeff{columns}\n{row}\n"), ordered)
    assert body == EXPECTED | {"description": "Lamp broken", "order_number": "4711"}


def test_the_json_export_of_zendesk_with_all_that_it_says(tmp_path: Path) -> None:
    """It repeats own fields as `fields`, and has answers and notes behind what the person wrote."""
    ticket = ZENDESK | {
        "url": "https://shop.zendesk.com/api/v2/tickets/17.json",
        "external_id": None,
        "via": {
            "channel": "email",
            "source": {"from": {"address": "ada@example.org"}, "to": {}, "rel": None},
        },
        "type": "incident",
        "raw_subject": "{{dc.lamp}}",
        "priority": None,
        "recipient": "help@shop.example",
        "submitter_id": 9,
        "collaborator_ids": [],
        "has_incidents": False,
        "is_public": True,
        "due_at": None,
        "fields": ZENDESK["custom_fields"],
        "satisfaction_rating": {"score": "offered"},
        "allow_attachments": True,
        "generated_timestamp": 1558346400,
        "requester": REQUESTER | {"locale": "tr", "time_zone": "Istanbul", "role": "end-user", "tags": []},
        "submitter": REQUESTER,
        "assignee": {"id": 5, "name": "Bo", "email": "bo@shop.example"},
        "group": {"id": 4, "name": "Support"},
        "metric_set": {"solved_at": "2019-05-20T10:00:00Z", "reopens": 0},
        "updated_at": "2019-06-01T00:00:00Z",
    }
    [body] = bodies(written(tmp_path / "export.jsonl", json.dumps(ticket)), read_mapping("zendesk"))
    assert body == EXPECTED | {"description": "In four pieces.\n\nAda"}


@pytest.mark.parametrize(("word", "expected"), [("yes", True), ("1", True), ("No", None), ("", None)])
def test_a_column_says_whether_somebody_is_in_danger(tmp_path: Path, word: str, expected: object) -> None:
    columns: Any = {**read_mapping("zendesk").columns, "danger": ("hazard",)}
    mapping = msgspec.structs.replace(read_mapping("zendesk"), columns=columns)
    lines = json.dumps(ZENDESK | {"requester": REQUESTER, "hazard": word})
    assert bodies(written(tmp_path / "t.jsonl", lines), mapping)[0].get("danger") is expected
    if word:
        with pytest.raises(NotTaken):
            bodies(written(tmp_path / "u.jsonl", lines.replace(f'"{word}"', '"burnt"')), mapping)


def test_the_mapping_of_our_own_export_names_fields_that_there_are() -> None:
    mapping = read_mapping("answerable")
    named = {name for columns in mapping.columns.values() for name in columns}
    assert named <= {*COLUMNS, *OF_PEOPLE}


def test_of_an_export_of_whole_cases_the_lines_of_cases_are_taken(tmp_path: Path) -> None:
    case = dict.fromkeys((*COLUMNS, *OF_PEOPLE)) | {
        "record": "case",
        "reference": "C-7K3M9-QX2HT-7",
        "stage": "closed",
        "description": "In four pieces.",
        "email": "ada@example.org",
        "received_at": "2019-05-06T09:30:00Z",
        "ended_at": "2019-05-20T10:00:00Z",
    }
    message = {"record": "message", "reference": "C-7K3M9-QX2HT-7", "id": 2, "text": "Thank you."}
    path = written(tmp_path / "lines.jsonl", "\n".join(json.dumps(each) for each in (case, message)))
    [body] = bodies(path, read_mapping("answerable"))
    assert (body["description"], body["ended_at"]) == ("In four pieces.", "2019-05-20T10:00:00+00:00")
    del case["record"]
    assert len(bodies(written(path, json.dumps(case)), read_mapping("answerable"))) == 1


def test_a_long_text_in_html_is_not_cut(tmp_path: Path) -> None:
    """It is refused for its length, which the report says."""
    path = written(tmp_path / "t.jsonl", json.dumps(OSTICKET | {"body": "<p>" + "x" * 300_001}))
    assert len(bodies(path, read_mapping("osticket"))[0]["description"]) > 300_000


@pytest.mark.parametrize("text", ['{"tickets": 7}', '{"users": []}', "7", "[7]", '{"a": ', ""])
def test_a_file_without_records_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoTable, match="cannot be read to its end"):
        list(read_rows(written(tmp_path / "t.json", text), read_mapping("zendesk")))

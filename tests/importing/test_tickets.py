"""What a row of another system becomes, or why it becomes nothing: the mapping says, nothing is guessed."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from infrastructure.importing.mapping_file import PRESETS, Mapping, NoMapping, read_mapping
from infrastructure.importing.row_mapper import Flaw, NotTaken, Ticket, complaint_of
from infrastructure.importing.rows import NoTable, Row, read_rows

ZENDESK = read_mapping("zendesk")
TICKET = {
    "ID": "17",
    "Subject": "Lamp broken",
    "Description": "In four pieces.",
    "Requester": "Ada Yılmaz",
    "Requester email": "ada@example.org",
    "Created at": "2019-05-06T09:30:00Z",
    "Solved at": "",
    "Status": "Open",
}


def taken(mapping: Mapping = ZENDESK, **cells: str) -> Ticket:
    return complaint_of(row(**cells), mapping, "demo", acknowledge=False)


def row(**cells: str) -> Row:
    return Row(2, TICKET | {name.replace("_", " "): text for name, text in cells.items()})


def flaws(cells: dict[str, str], mapping: Mapping = ZENDESK) -> tuple[Flaw, ...]:
    with pytest.raises(NotTaken) as refused:
        taken(mapping, **cells)
    return refused.value.flaws


def changed(**fields: Any) -> Mapping:
    return msgspec.structs.replace(ZENDESK, **fields)


def test_a_row_becomes_what_the_api_takes() -> None:
    assert taken() == Ticket(
        "zendesk/17",
        {
            "site": "demo",
            "complainant": {"name": "Ada Yılmaz", "email": "ada@example.org"},
            "subject": "Lamp broken",
            "description": "In four pieces.",
            "received_at": "2019-05-06T09:30:00+00:00",
        },
    )


def test_nobody_is_written_to_unless_it_is_asked_for() -> None:
    assert "acknowledge" not in taken().body
    assert complaint_of(row(), ZENDESK, "demo", acknowledge=True).body["acknowledge"] is True


def test_an_ended_ticket_keeps_both_dates() -> None:
    body = taken(Status="Closed", Solved_at="2019-05-20 10:00:00 +0200").body
    assert body["ended_at"] == "2019-05-20T10:00:00+02:00"


def test_an_open_ticket_has_no_end_whatever_its_dates_say() -> None:
    assert "ended_at" not in taken(Solved_at="2019-05-20T10:00:00Z").body


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-05-06 09:30", "2019-05-06T09:30:00+03:00"),
        ("06.05.2019 09:30", "2019-05-06T09:30:00+03:00"),
        ("2019-05-06T09:30:00Z", "2019-05-06T09:30:00+00:00"),
    ],
)
def test_a_date_without_an_offset_is_one_of_the_zone_of_the_mapping(text: str, moment: str) -> None:
    local = changed(zone="Europe/Istanbul", dates=("iso", "%d.%m.%Y %H:%M"))
    assert taken(local, Created_at=text).body["received_at"] == moment


def test_a_subject_that_is_too_long_is_whole_in_the_description() -> None:
    long = "word " * 60
    body = taken(Subject=long).body
    assert len(body["subject"]) == 200
    assert body["description"].startswith(long.strip())
    assert body["description"].endswith("In four pieces.")


def test_words_of_the_other_system_are_mapped_to_ours() -> None:
    with_codes = changed(
        columns={**ZENDESK.columns, "category": ("Topic",), "occurred_on": ("Day",)},
        values={"category": {"Parcel": "delivery.damaged"}},
        always={"language": "tr"},
    )
    body = taken(with_codes, Topic="Parcel", Day="2019-05-04").body
    assert (body["category"], body["language"], body["occurred_on"]) == (
        "delivery.damaged",
        "tr",
        "2019-05-04",
    )
    assert flaws({"Topic": "Weather"}, with_codes) == (
        Flaw("Topic", "The mapping does not say what “Weather” is here."),
    )


def test_every_reason_of_a_row_is_named_at_once() -> None:
    found = flaws({"ID": "", "Created_at": "yesterday", "Status": "Odd"})
    assert [flaw.column for flaw in found] == [
        "Created at or Created or Requested or created_at",
        "ID or Id or id or Ticket ID",
        "Status or status",
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"Status": "Suspended"}, "The mapping leaves out what is “Suspended”."),
        ({"Status": "Closed"}, "It is “Closed”, and no date says since when."),
        ({"ID": "tür"}, "There is no id in ASCII letters by which to know it again."),
    ],
)
def test_what_is_left_out_says_why(cells: dict[str, str], reason: str) -> None:
    assert [flaw.reason for flaw in flaws(cells)] == [reason]


def test_a_row_of_the_export_of_an_account_has_no_description_and_plain_dates() -> None:
    exported = {
        "Summation column": "1",
        "Id": "17",
        "Requester": "Ada Yılmaz",
        "Requester id": "360001",
        "Requester email": "ada@example.org",
        "Subject": "Lamp broken",
        "Status": "Solved",
        "Created at": "2019-05-06 09:30",
        "Updated at": "2019-05-09 08:00",
        "Solved at": "2019-05-08 10:00",
    }
    ticket = complaint_of(Row(2, exported), changed(zone="Europe/Istanbul"), "demo", acknowledge=False)
    assert ticket.key == "zendesk/17"
    assert ticket.body["complainant"] == {"name": "Ada Yılmaz", "email": "ada@example.org"}
    assert ticket.body["description"] == "Lamp broken"
    assert ticket.body["received_at"] == "2019-05-06T09:30:00+03:00"
    assert ticket.body["ended_at"] == "2019-05-08T10:00:00+03:00"


def test_a_row_of_django_helpdesk_becomes_one_too() -> None:
    dumped = Row(
        2,
        {
            "id": "5",
            "title": "Lamp",
            "description": "Broken.",
            "submitter_email": "ada@example.org",
            "created": "2019-05-06 09:30:00.123456+00",
            "modified": "2019-05-08 10:00:00+00",
            "status": "4",
        },
    )
    body = complaint_of(dumped, read_mapping("django-helpdesk"), "demo", acknowledge=False).body
    assert (body["received_at"], body["ended_at"]) == (
        "2019-05-06T09:30:00+00:00",
        "2019-05-08T10:00:00+00:00",
    )


@pytest.mark.parametrize("preset", sorted(path.stem for path in PRESETS.glob("*.json")))
def test_each_preset_can_be_read(preset: str) -> None:
    assert read_mapping(preset).source == preset


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"zone": 1}'])
def test_a_mapping_that_cannot_be_says_why(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(text, "utf-8")
    with pytest.raises(NoMapping, match="cannot be"):
        read_mapping(str(path))


def test_a_mapping_that_there_is_not_names_those_that_there_are() -> None:
    with pytest.raises(NoMapping, match="django-helpdesk, freshdesk, osticket, zendesk"):
        read_mapping("otrs")


def test_rows_have_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text('ID,Subject,Created at,Status\n1,"two\nlines",x,Open\n,,,\n2,b,x,New\n', "utf-8-sig")
    assert [(each.number, each.cells["ID"]) for each in read_rows(path, ZENDESK)] == [(2, "1"), (4, "2")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "It has: nothing"), ("ID,Subject\n", "no column Created at or"), ('ID,"x', "cannot be read")],
)
def test_a_file_that_is_no_such_table_says_why(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(NoTable, match=reason):
        list(read_rows(path, ZENDESK))


def test_a_row_that_is_longer_than_the_table_is_not_cut(tmp_path: Path) -> None:
    """A comma that was not quoted: the end of a complaint would be lost."""
    path = tmp_path / "tickets.csv"
    path.write_text("ID,Created at,Status,Description\n1,2019-05-06,Open,Broken, in four\n2,x,Open,b,,\n")
    broken, blank = read_rows(path, ZENDESK)
    with pytest.raises(NotTaken) as refused:
        complaint_of(broken, ZENDESK, "demo", acknowledge=False)
    assert refused.value.flaws[-1] == Flaw("", "“in four” stands behind the last column of the table.")
    assert not blank.nameless

"""Members by CSV: row by row, each refusal with its number, nothing that a single command would not do."""

import pytest

from complaints.settings.importing.members_csv import LONGEST, MOST_ROWS, RowPlan, planned, read_rows
from complaints.settings.member_commands import (
    ChangeMember,
    DeactivateMember,
    SendInvitation,
)
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Role
from tests.builders import DEMO
from tests.settings_stores import OPERATOR, Organisation, change_member

HEADER = "name,email,roles,sites"
ADA = f"Ada Yılmaz,ada@demo.example,agent,{DEMO.key}"


def plans(organisation: Organisation, *rows: str, header: str = HEADER) -> list[RowPlan]:
    return list(planned(read_rows("\n".join((header, *rows))), "The team grows.", organisation.context()))


def told(
    organisation: Organisation, *rows: str, header: str = HEADER
) -> list[tuple[int, str, tuple[Wrong, ...]]]:
    return [(each.number, each.outcome, each.errors) for each in plans(organisation, *rows, header=header)]


@pytest.fixture
def organisation() -> Organisation:
    """Sam administers, Grace and Gone have addresses, and Gone has left."""
    organisation = Organisation()
    for name in ("grace", "gone"):
        organisation.does(
            change_member(Role.AGENT, name=name.title(), email=f"{name}@demo.example"), name, OPERATOR
        )
    organisation.does(DeactivateMember(reason="Left."), "gone", OPERATOR)
    organisation.does(change_member(Role.ADMIN, name="Sam", email="sam@demo.example"), "sam", OPERATOR)
    return organisation


def test_each_row_is_new_changed_the_same_or_refused_under_its_number(organisation: Organisation) -> None:
    rows = (
        ADA,
        f"Grace,GRACE@demo.example,agent reviewer,{DEMO.key}",
        f"Sam,sam@demo.example,admin,{DEMO.key}",
        "",
        f"Gone,gone@demo.example,agent,{DEMO.key}",
        "Nobody,nobody,king,elsewhere",
        ADA,
        "Short,short@demo.example",
        f"Long,long@demo.example,agent,{DEMO.key},en",
        "Marks,marks@demo.example,|,|",
    )
    assert told(organisation, *rows) == [
        (2, "new", ()),
        (3, "changed", ()),
        (4, "same", ()),
        (6, "refused", (Wrong("/email", "deactivated"),)),
        (7, "refused", (Wrong("/roles", "unknown-value"),)),
        (8, "refused", (Wrong("/email", "twice"),)),
        (9, "refused", (Wrong("", "missing-cells"),)),
        (10, "refused", (Wrong("", "missing-cells"),)),
        (11, "refused", (Wrong("/roles", "missing"), Wrong("/sites", "missing"))),
    ]
    new, changed, *_ = plans(organisation, *rows)
    assert isinstance(new.command, SendInvitation)
    assert isinstance(changed.command, ChangeMember)
    assert (new.command.letter_language, changed.setting) == (DEMO.language, "grace")
    organisation.does(new.command, "i-1")
    assert told(organisation, ADA) == [(2, "same", ())]
    assert told(organisation, ADA.replace("agent", "auditor")) == [
        (2, "refused", (Wrong("/email", "is-invited"),))
    ]


def test_a_row_is_judged_by_the_rules_of_its_command_after_the_rows_above_it(
    organisation: Organisation,
) -> None:
    """Abuse case 101: rights that nobody may give or take alone are not given by a file either."""
    assert told(
        organisation, f"Sam,sam@demo.example,agent,{DEMO.key}", "Ada,ada@demo.example,agent,other"
    ) == [
        (2, "refused", (Wrong("/roles", "yourself"),)),
        (3, "refused", (Wrong("/sites", "not-your-site"),)),
    ]


def test_spreadsheets_write_semicolons_tabs_marks_and_quotes() -> None:
    for text in (
        "\ufeffName;E-Mail\n".replace("E-Mail", "Email;Roles;Sites")
        + '"Öz, Ada";ada@demo.example;agent;demo\r\n',
        "name\temail\troles\tsites\nÖz, Ada\tada@demo.example\tagent\tdemo\n",
        'name,email,roles,sites,,\n"Öz, Ada",ada@demo.example,agent,demo,,',
    ):
        [row] = read_rows(text)
        assert row.cells["name"] == "Öz, Ada"
        assert row.number == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1"])
def test_s101_a_cell_that_a_spreadsheet_would_run_is_refused(organisation: Organisation, cell: str) -> None:
    row = f"{cell},ada@demo.example,agent,{DEMO.key}"
    assert told(organisation, row) == [(2, "refused", (Wrong("/name", "formula"),))]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", [Wrong("/csv", "missing")]),
        ("x" * (LONGEST + 1), [Wrong("/csv", "too-long", LONGEST)]),
        (f'{HEADER}\n"open', [Wrong("/csv/2", "not-csv")]),
        (
            "name,email,rights",
            [
                Wrong("/csv/1", "unknown-column", "rights"),
                Wrong("/csv/1", "missing-column", "roles"),
                Wrong("/csv/1", "missing-column", "sites"),
            ],
        ),
        (f"{HEADER},name", [Wrong("/csv/1", "twice")]),
        ("\n".join([HEADER, *["a,b,c,d"] * (MOST_ROWS + 1)]), [Wrong("/csv", "too-many", MOST_ROWS)]),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(text: str, wrong: list[Wrong]) -> None:
    with pytest.raises(Invalid) as refused:
        read_rows(text)
    assert list(refused.value.errors) == wrong

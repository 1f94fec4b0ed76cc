"""No form of a case ends in a failure of ours, whatever stands in its fields."""

import pytest

from complaints.handling.staff_commands import STAFF_COMMANDS
from functions.desk.case.command_forms.fields import names_of
from tests.journeys.steps import FINDING, SCALES, Staff, complain
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk

ODD = (
    "",
    "0",
    "-1",
    "9" * 400,
    "0001-01-01T00:00",
    "9999-12-31T23:59:59.999999+14:00",
    "10000-01-01",
    "true",
    "\x01\x7f\u202e\ufffe",
    "{}[]<b>&amp;%s%(x)s{{7*7}}",
    "é" * 21_000,
)


@pytest.fixture(scope="module")
def kim(local_run: LocalRun) -> CaseDesk:
    """A reviewer in front of a case that was looked into."""
    complaint = complain(local_run)
    staff = Staff(local_run)
    staff.does(complaint, "assess", SCALES)
    staff.does(complaint, "find", FINDING)
    return CaseDesk(local_run, complaint)


@pytest.mark.parametrize("verb", STAFF_COMMANDS)
def test_no_form_ends_in_a_failure_of_ours(kim: CaseDesk, verb: str) -> None:
    usual = {"form": kim.desk.token(), "site": "demo", "version": "4", "once": "x"}
    for odd in ODD:
        for step in ("", "back"):
            fields = usual | dict.fromkeys(names_of(verb), odd) | {"step": step}
            got = kim.desk.post(f"{kim.path}/commands/{verb}", list(fields.items()))
            assert got.status < 500, (odd[:40], step)


@pytest.mark.parametrize("field", ["site", "version", "once", "step"])
def test_nothing_beside_the_fields_does_either(kim: CaseDesk, field: str) -> None:
    usual = {"form": kim.desk.token(), "site": "demo", "version": "1", "once": "x", "text": "x"}
    for odd in ODD:
        got = kim.desk.post(f"{kim.path}/commands/note", list((usual | {field: odd}).items()))
        assert got.status < 500, odd[:40]

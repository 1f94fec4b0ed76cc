"""What is late is said: to the owner before it is due, to the team at due, to the manager a day after."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import SCALES, Complaint, Staff, complain, go_to, moment
from tests.local_run import LocalRun, running

A_WHILE = timedelta(minutes=10)
"""Before a moment that must not come yet: the clock goes on by itself, and the schedule runs each minute."""
LONG = timedelta(days=14)
"""In any two weeks there is a business day, whatever holidays they hold."""

SITE = "demo-tr"
"""A site that promises an acknowledgement and a response, and no news between the two."""

LADDER = ["deniz@staff.example", "ekip@demo-tr.example", "mudur@demo-tr.example"]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[LocalRun]:
    """A run of this story's own: its clock is moved."""
    with running(tmp_path / "data") as run:
        yield run


@pytest.fixture
def complaint(run: LocalRun) -> Complaint:
    """A complaint that is acknowledged, assigned, and then left alone."""
    complaint = complain(run, site=SITE)
    Staff(run).does(complaint, "assign", {"to": "Deniz"})
    return complaint


def told(complaint: Complaint) -> list[str]:
    """Who among staff got letters about the complaint, in their order."""
    staff = [mail for mail in complaint.run.mails() if mail["to"] != complaint.email]
    assert all(complaint.reference in mail["subject"] for mail in staff)
    return [mail["to"] for mail in staff]


def respond_due(complaint: Complaint) -> datetime:
    return moment(complaint.promise()["due"])


@pytest.mark.iso10002("5.3 responsibility and authority: late")
def test_each_rung_is_climbed_when_its_moment_comes_and_no_earlier(complaint: Complaint) -> None:
    run, due = complaint.run, respond_due(complaint)
    go_to(run, due - A_WHILE)
    assert told(complaint) == LADDER[:1]
    go_to(run, due + timedelta(seconds=1))
    assert told(complaint) == LADDER[:2]
    go_to(run, due + timedelta(hours=23))
    assert told(complaint) == LADDER[:2]
    go_to(run, due + LONG)
    assert told(complaint) == LADDER
    assert Staff(run).queue("overdue")[0]["reference"] == complaint.reference


def test_an_escalation_is_mailed_once_however_often_the_schedule_runs(complaint: Complaint) -> None:
    run = complaint.run
    go_to(run, respond_due(complaint) + LONG)
    for _ in range(3):
        run.call("POST", "/_local/clock", {"advance": "PT1M"})
    assert told(complaint) == LADDER


def test_a_late_schedule_says_each_thing_once(complaint: Complaint) -> None:
    run = complaint.run
    go_to(run, respond_due(complaint) + LONG, late=True)
    assert sorted(told(complaint)) == sorted(LADDER)
    for _ in range(3):
        run.call("POST", "/_local/clock", {"advance": "PT1M"})
    assert len(told(complaint)) == len(LADDER)


def test_what_was_answered_in_time_is_never_escalated(complaint: Complaint) -> None:
    run, deniz = complaint.run, Staff(complaint.run)
    due = respond_due(complaint)
    deniz.decides(complaint)
    deniz.does(complaint, "respond")
    complaint.view()
    go_to(run, due + LONG)
    assert told(complaint) == []


def test_a_promise_that_stands_still_is_not_late(complaint: Complaint) -> None:
    run, due = complaint.run, respond_due(complaint)
    Staff(run).does(complaint, "ask", {"text": "Which one?"})
    go_to(run, due - timedelta(days=10))
    assert told(complaint) == []
    complaint.say("messages", {"text": "The red one."})
    assert respond_due(complaint) > due
    go_to(run, due + timedelta(hours=1))
    assert LADDER[1] not in told(complaint)


def test_without_an_owner_the_team_is_reminded(run: LocalRun) -> None:
    complaint = complain(run, site=SITE)
    go_to(run, respond_due(complaint) - A_WHILE)
    assert told(complaint) == LADDER[1:2]


def test_the_letter_says_what_is_late_but_nothing_of_the_person(complaint: Complaint) -> None:
    run = complaint.run
    go_to(run, respond_due(complaint) + timedelta(seconds=1))
    letter = run.mails(LADDER[1])[-1]
    assert (
        f"/desk/complaints/{complaint.reference}" in letter["text"] or complaint.reference in letter["text"]
    )
    for typed in ("zebra", "Ada", complaint.email, complaint.access, "Parcel"):
        assert typed not in letter["text"] + letter["html"] + letter["subject"]


def test_whoever_wishes_so_has_one_mail_a_day_when_work_begins(run: LocalRun) -> None:
    Office(run).does("member", "Deniz", {"digest": True})
    complaints = [complain(run) for _ in range(2)]
    for complaint in complaints:
        Staff(run).does(complaint, "assign", {"to": "Deniz"})
        Staff(run).does(complaint, "assess", SCALES)
    go_to(run, respond_due(complaints[0]) - timedelta(hours=1))
    mails = run.mails("deniz@staff.example")
    sent = [parsedate_to_datetime(mail["headers"]["Date"]) for mail in mails]
    assert sent
    assert len({moment.date() for moment in sent}) == len(sent)
    local = [moment.astimezone(ZoneInfo("Europe/Istanbul")) for moment in sent]
    assert {moment.time().isoformat() for moment in local} == {"09:00:00"}
    for complaint in complaints:
        assert complaint.reference in mails[-1]["text"]
        assert [mail["subject"] for mail in mails if complaint.reference in mail["subject"]] == []


def test_quality_management_may_have_an_address_of_its_own(run: LocalRun) -> None:
    administration, address = Office(run), "quality@demo.example"
    assert administration.does("team", "demo", {"quality": address})["record"]["quality"] == address
    assert administration.does("team", "demo", {"quality": None})["record"]["quality"] is None
    assert pointers(administration.tries("team", "demo", {"quality": "nobody"})) == ["/quality"]

"""Letters that do not arrive: the desk sees what came back, and a dead address is written to no more."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, keep_midnight_away, moment
from tests.local_run import LocalRun


@pytest.fixture
def kim(moving_run: LocalRun) -> Staff:
    return Staff(moving_run, "Kim")


def written_to(run: LocalRun, box: str) -> Complaint:
    """Somebody complains whose mailbox is one of the simulator's, and nobody else's in this run."""
    email = f"{box}+{uuid4().hex}@simulator.amazonses.com"
    return complain(run, complainant={"name": "Ada", "email": email})


def letters(staff: Staff, complaint: Complaint) -> list[dict[str, Any]]:
    items = staff.call("GET", f"/complaints/{complaint.reference}/letters").json["items"]
    return [item for item in items if item["to"] == "complainant"]


def test_a_letter_that_arrives_is_seen_to_have_arrived(moving_run: LocalRun, kim: Staff) -> None:
    (letter,) = letters(kim, complain(moving_run))
    assert (letter["state"], letter["fate"], letter["doubtful"]) == ("sent", "delivered", False)


@pytest.mark.parametrize(("box", "fate"), [("bounce", "failed"), ("complaint", "unwanted")])
def test_s32_a_dead_address_is_shown_and_gets_no_more_mail(
    moving_run: LocalRun, kim: Staff, box: str, fate: str
) -> None:
    complaint = written_to(moving_run, box)
    (letter,) = letters(kim, complaint)
    assert (letter["state"], letter["fate"]) == ("failed", fate)
    assert kim.case(complaint)["failed_letters"] == [letter["id"]]
    before = len(complaint.letters())
    kim.does(complaint, "message", {"text": "We have asked the courier."})
    assert letters(kim, complaint)[-1]["state"] == "to_print"
    assert len(complaint.letters()) == before


def test_a_mail_that_came_back_still_acknowledged_in_time(moving_run: LocalRun) -> None:
    """A clock measures when the mail service took the letter."""
    assert written_to(moving_run, "bounce").view()["stage"] == "acknowledged"


def test_a_full_mailbox_gets_the_same_letter_again_some_hours_later(moving_run: LocalRun, kim: Staff) -> None:
    complaint = written_to(moving_run, "full")
    assert letters(kim, complaint)[0]["state"] == "waiting"
    go_to(moving_run, clock(moving_run) + timedelta(days=2))
    first, *again = complaint.letters()
    assert len(again) == 4
    assert {each["text"] for each in again} == {first["text"]}
    assert letters(kim, complaint)[0]["state"] == "failed"


def test_s68_a_mailbox_is_not_flooded_in_anothers_name(moving_run: LocalRun, kim: Staff) -> None:
    """Every complaint is taken; its acknowledgement waits once five others left that day."""
    keep_midnight_away(moving_run)
    box = uuid4().hex
    spellings = [f"{box}+{number}@example.org" for number in range(3)]
    spellings += [f"{box[:number]}.{box[number:]}@example.org" for number in range(1, 4)]
    taken = [complain(moving_run, complainant={"name": "Ada", "email": email}) for email in spellings]
    assert [len(complaint.letters()) for complaint in taken] == [1] * 5 + [0]
    (held,) = letters(kim, taken[-1])
    assert held["state"] == "waiting"
    assert moment(held["waits_until"]) > clock(moving_run)
    assert taken[-1].view()["stage"] == "received"
    go_to(moving_run, clock(moving_run) + timedelta(days=1))
    assert len(taken[-1].letters()) == 1

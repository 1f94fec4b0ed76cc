"""A danger to somebody over HTTP: whoever must know is told at once; it stands out until it was acted on."""

from collections.abc import Iterator

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import SCALES, Staff, address, clock, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

BURNED = "It caught fire and burned my hand."
DETAILS = "My daughter sleeps beside it."


@pytest.fixture(scope="module")
def contact(local_run: LocalRun) -> Iterator[str]:
    """The site's safety contact while these tests last."""
    office, contact = Office(local_run), address()
    office.does("team", "demo", {"safety": contact})
    yield contact
    office.does("team", "demo", {"safety": None})


def alarms(run: LocalRun, to: str) -> list[str]:
    settle(run)
    return [mail["subject"] for mail in run.mails(to)]


@pytest.mark.iso10002("7.5 initial assessment: danger")
def test_it_caught_fire_and_burned_my_hand(local_run: LocalRun, contact: str) -> None:
    """From the first mail to the recorded action, by the API and on the page in two languages."""
    team = Office(local_run).setting("team")["record"]
    complaint = complain(local_run, description=BURNED, danger=True, danger_details=DETAILS)
    about = f"Somebody may be in danger [{complaint.reference}]"
    for to in (contact, team["team"], team["manager"]):
        assert alarms(local_run, to).count(about) == 1
    staff = Staff(local_run)
    case = staff.case(complaint)
    assert (case["danger"]["known_by"], case["danger"]["acted_at"]) == ("told", None)
    assert (case["details"]["danger"], case["details"]["danger_details"]) == (True, DETAILS)
    assert case["danger"]["known_at"] == case["received_at"]
    [running] = [each for each in case["clocks"] if each["clock"] == "immediate_action"]
    assert (running["started_at"], running["stopped_at"]) == (case["received_at"], None)
    [row] = [item for item in staff.queue("open") if item["reference"] == complaint.reference]
    assert (row["is_danger"], row["priority"]) == (True, 3)
    staff.does(complaint, "assess", SCALES | {"safety": 3, "immediate_action": 2})
    kim = CaseDesk(local_run, complaint)
    assert "Danger: no immediate action is recorded" in words(kim.page())
    assert "Tehlike: kayıtlı acil önlem yok" in words(CaseDesk(local_run, complaint, "Kaya").page("?lang=tr"))
    page = kim.does("secure", action="She unplugged it and keeps it outside.")
    assert "The immediate action is recorded." in page
    assert "Danger: no immediate action is recorded" not in page
    case = staff.case(complaint)
    assert case["danger"]["acted_at"] is not None
    [stopped] = [each for each in case["clocks"] if each["clock"] == "immediate_action"]
    assert stopped["in_time"] is True
    assert "secure" not in case["allowed_commands"]
    data = complaint.call("GET", "/data").json["complaint"]
    assert (data["danger"], data["danger_details"]) == (True, DETAILS)
    assert "unplugged" not in staff.call("GET", f"/complaints/{complaint.reference}/audit").text


def test_a_danger_seen_by_classifying_alarms_and_starts_its_clock_then(
    local_run: LocalRun, contact: str
) -> None:
    complaint, staff = complain(local_run), Staff(local_run)
    known_from = clock(local_run)
    staff.does(complaint, "classify", {"category": "product.unsafe", "reason": "The cord was bare."})
    assert f"Somebody may be in danger [{complaint.reference}]" in alarms(local_run, contact)
    case = staff.case(complaint)
    assert case["danger"]["known_by"] == "category"
    [running] = [each for each in case["clocks"] if each["clock"] == "immediate_action"]
    assert running["started_at"] >= known_from.isoformat()[:19]


def test_words_about_a_danger_are_a_danger_that_was_told(local_run: LocalRun, contact: str) -> None:
    complaint = complain(local_run, danger_details=DETAILS)
    assert f"Somebody may be in danger [{complaint.reference}]" in alarms(local_run, contact)

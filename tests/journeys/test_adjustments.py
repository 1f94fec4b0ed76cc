"""Adjustments are noted at the desk, shown before each contact, obeyed, and in the data of the person."""

from tests.journeys.steps import Staff, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

SIGNS = "Turkish sign language"
BEFORE = "Before you contact the person:"


def test_what_a_person_needs_is_shown_before_each_contact(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run))
    assert BEFORE not in words(kim.page())
    page = kim.follow(kim.send("adjust", adjustment="interpreter", needed="true", details=SIGNS))
    assert "The adjustment is saved." in page
    shown = f"{BEFORE} An interpreter: {SIGNS}"
    forms = words(kim.page())
    assert forms.count(shown) >= 2, "in the forms that write to the person"
    assert "An interpreter" in words(kim.send("message", text="When may we call?"))


def test_large_print_makes_letters_large(local_run: LocalRun) -> None:
    complaint, staff = complain(local_run), Staff(local_run)
    staff.does(complaint, "message", {"text": "Small."})
    staff.does(complaint, "adjust", {"adjustment": "large_print", "needed": True})
    staff.does(complaint, "message", {"text": "Large."})
    settle(local_run)
    small, large = (letter["html"] for letter in complaint.letters()[-2:])
    assert ("font: 1em/1.5" in small, "font: 1.5em/1.5" in large) == (True, True)


def test_the_person_takes_it_away_with_all_data_and_staff_find_it_in_the_case(local_run: LocalRun) -> None:
    complaint, staff = complain(local_run), Staff(local_run)
    staff.does(complaint, "adjust", {"adjustment": "call_times", "needed": True, "details": "Mornings"})
    noted = [{"kind": "call_times", "details": "Mornings"}]
    data = complaint.call("GET", "/data").json
    assert data["complaint"]["adjustments"] == noted
    assert "adjustment_noted" in [each["event"] for each in data["happened"]]
    assert staff.case(complaint)["complainant"]["adjustments"] == noted

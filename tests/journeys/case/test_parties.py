"""Who acts for somebody shows authority, and whoever is complained about is heard."""

import pytest

from tests.journeys.reporting.test_case_export import record_of
from tests.journeys.steps import Staff, address, complain, settle
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words

OPEN = "The authority of the representative is not checked"
UNHEARD = "There is no account yet of the person or unit complained about"


@pytest.mark.iso10002("4 accessibility: others")
def test_a_representative_is_marked_until_somebody_checked_the_authority(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run, on_behalf_of={"name": "Bob Okafor"}))
    assert OPEN in words(kim.page())
    page = kim.does("represent", authority="checked", evidence="Power of attorney of 2 March.")
    assert "The representation is recorded." in page
    assert OPEN not in page
    assert "checked: Kim" in page
    assert "Power of attorney of 2 March." in page
    [case] = [Staff(local_run).case(kim.complaint)["authority"]]
    assert (case["step"], case["by"], case["holds"]) == ("checked", "Kim", True)


def test_the_person_sees_for_whom_they_act_as_it_was_corrected(local_run: LocalRun) -> None:
    complaint = complain(local_run, on_behalf_of={"name": "Bob Okafor"})
    Staff(local_run).does(complaint, "represent", {"represented": "Robert Okafor"})
    assert complaint.view()["on_behalf_of"]["name"] == "Robert Okafor"
    assert complaint.call("GET", "/data").json["on_behalf_of"]["name"] == "Robert Okafor"


def test_authority_points_and_who_complains_too_are_in_the_download_and_the_export(
    local_run: LocalRun,
) -> None:
    complaint = complain(local_run, on_behalf_of={"name": "Bob Okafor"})
    deniz, evidence = Staff(local_run), "Power of attorney of 2 March."
    deniz.does(complaint, "represent", {"authority": "received"})
    checked = {"authority": "checked", "until": "2031-03-31", "evidence": evidence}
    deniz.does(complaint, "represent", checked)
    deniz.does(complaint, "point", {"text": "The box was wet.", "category": "delivery.damaged"})
    deniz.does(complaint, "add_complainant", {"name": "Eve Okafor", "letters": "none"})
    deniz.does(complaint, "adjust", {"adjustment": "interpreter", "needed": True, "details": "Kurdish"})
    deniz.does(complaint, "classify", {"order_number": "4711-A"})
    data = complaint.call("GET", "/data").json
    assert [(each["step"], each["until"], each["evidence"]) for each in data["authority"]] == [
        ("received", None, None),
        ("checked", "2031-03-31", evidence),
    ]
    assert "Deniz" not in str(data)
    assert [each["text"] for each in data["points"]] == ["The box was wet."]
    assert data["joint"] == [{"name": "Eve Okafor", "letters": "none"}]
    assert data["complaint"]["classified"]["order_number"] == "4711-A"
    record = record_of(complaint)
    authority = [record[f"authority_{part}"] for part in ("step", "by", "until", "evidence")]
    assert authority == ["checked", "Deniz", "2031-03-31", evidence]
    assert [(each["category"], each["text"]) for each in record["points"]] == [
        ("delivery.damaged", "The box was wet.")
    ]
    assert (record["joint_complainants"], record["joint"][0]["name"]) == (1, "Eve Okafor")
    assert record["adjustments"] == [{"kind": "interpreter", "details": "Kurdish"}]
    hidden = record_of(complaint, "auditor")
    assert hidden["authority_step"] == "checked"
    assert not [word for word in ("wet", "Eve", "Kurdish", evidence) if word in str(hidden)]


@pytest.mark.iso10002("4 objectivity: side")
def test_whoever_is_complained_about_is_asked_for_their_side(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run))
    page = kim.does("name_respondent", name="Depot North", kind="unit")
    assert UNHEARD in page
    assert "Depot North" in page
    assert "Asked for their account on" in kim.does("record_side", respondent="r1")
    page = kim.does("record_side", respondent="r1", side="The driver says that nobody opened.")
    assert UNHEARD not in page
    [case] = Staff(local_run).case(kim.complaint)["respondents"]
    assert (case["name"], case["side"]) == ("Depot North", "The driver says that nobody opened.")
    assert "Depot North" not in kim.complaint.call("GET", "/data").text


def test_several_people_complain_and_each_gets_the_letters_that_were_agreed(local_run: LocalRun) -> None:
    complaint, staff, box = complain(local_run), Staff(local_run), address()
    bob = {"name": "Bob Okafor", "email": box, "letters": "all"}
    staff.does(complaint, "add_complainant", bob)
    staff.does(complaint, "message", {"text": "New cups are on their way."})
    settle(local_run)
    [copy] = local_run.mails(box)
    assert "New cups are on their way." in copy["text"]
    assert "Bob Okafor" in copy["text"]
    assert "/status/" not in copy["text"], "the page is the complainant's"
    [joint] = staff.case(complaint)["joint"]
    assert (joint["name"], joint["email"], joint["letters"]) == ("Bob Okafor", box, "all")
    assert box in words(CaseDesk(local_run, complaint).page())
    assert box not in complaint.call("GET", "/data").text

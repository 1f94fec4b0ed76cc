"""Adjustments are noted at the desk, shown before each contact, obeyed, and in the data of the person."""

from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.settings.administration import pointers
from tests.journeys.steps import Staff, address, complain, form, settle, submit
from tests.local_run import LocalRun
from tests.pages.case_page_client import CaseDesk, words
from tests.pages.desk_client import FORM_TYPE
from tests.pages.form_client import Sender

SIGNS = "Turkish sign language"
BEFORE = "Before you contact the person:"


@pytest.mark.iso10002("4 accessibility: needs")
def test_what_a_person_needs_is_shown_before_each_contact(local_run: LocalRun) -> None:
    kim = CaseDesk(local_run, complain(local_run))
    assert BEFORE not in words(kim.page())
    page = kim.follow(kim.send("adjust", adjustment="interpreter", needed="true", details=SIGNS))
    assert "The adjustment is saved." in page
    shown = f"{BEFORE} An interpreter: {SIGNS}"
    assert shown in words(kim.page()), "in the form that writes to the person"
    assert f"{BEFORE} An interpreter" in words(kim.form("ask"))
    assert "An interpreter" in words(kim.send("message", text="When may we call?"))


def test_whoever_complains_says_at_once_what_is_needed(local_run: LocalRun) -> None:
    complaint = complain(local_run, adjustments=["large_print", "no_telephone"])
    settle(local_run)
    assert "font: 1.5em/1.5" in complaint.letters()[0]["html"]
    noted = Staff(local_run).case(complaint)["complainant"]["adjustments"]
    assert [each["kind"] for each in noted] == ["large_print", "no_telephone"]
    refused = submit(local_run, form(adjustments=["gold"]))
    assert (refused.status, pointers(refused)) == (422, ["/adjustments"])


def test_the_form_without_a_script_asks_for_it(local_run: LocalRun) -> None:
    sender = Sender(local_run)
    page = sender.follow(sender.send(**{"needs.extra_time": "yes"}))
    status = next(link for link in Reading(page.text).links if "/status/C-" in link and "done" not in link)
    contact = sender.look(status.removeprefix(local_run.url).replace("?", "/contact?", 1))
    assert "No longer needed: Extra time to answer" in words(contact)


def test_the_person_says_later_what_is_needed_and_what_no_longer_is(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    path = f"/status/{complaint.reference}"
    typed = {"t": complaint.access, "adjustment": "interpreter", "once": "1"}

    def send(**more: str) -> Answer:
        sent = urlencode(typed | more).encode()
        return local_run.call("POST", f"{path}/adjustments", sent, Content_Type=FORM_TYPE)

    links = Reading(local_run.open_link(f"{path}?t={complaint.access}").text).links
    assert [link for link in links if link.endswith("#needs")]
    refused = send()
    assert (refused.status, 'id="details-wrong"' in refused.text) == (422, True)
    for _ in range(2):
        assert send(details="Kurdish").status == 303
    page = words(local_run.open_link(f"{path}?t={complaint.access}&done=adjusted"))
    assert "What you need is noted." in page
    noted = [{"kind": "interpreter", "details": "Kurdish"}]
    assert Staff(local_run).case(complaint)["complainant"]["adjustments"] == noted
    complaint.say("adjustments", {"adjustment": "interpreter", "needed": False})
    assert Staff(local_run).case(complaint)["complainant"]["adjustments"] == []


def test_an_open_call_becomes_a_mail_once_the_person_wants_no_calls(local_run: LocalRun) -> None:
    who = {"email": address(), "phone": "+90 555 000 00 00", "preferred_way": "telephone"}
    complaint, kim = complain(local_run, complainant=who), Staff(local_run, "Kim", "reviewer")
    kim.does(complaint, "message", {"text": "We rang the courier about your cups."})
    assert [(each["state"], each["call"]) for each in kim.case(complaint)["tasks"]] == [("open", "message")]
    before = len(complaint.letters())
    complaint.say("adjustments", {"adjustment": "no_telephone", "needed": True})
    settle(local_run)
    assert [each["state"] for each in kim.case(complaint)["tasks"]] == ["cancelled"]
    [mail] = complaint.letters()[before:]
    assert "We rang the courier about your cups." in mail["text"]
    assert "because nobody may call the complainant" in words(CaseDesk(local_run, complaint).page())


@pytest.mark.iso10002("4 accessibility: needs")
def test_large_print_makes_letters_large(local_run: LocalRun) -> None:
    complaint, staff = complain(local_run), Staff(local_run)
    staff.does(complaint, "message", {"text": "Small."})
    settle(local_run)
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


def test_a_merged_case_obeys_what_was_needed_and_answers_what_was_asked_in_the_other(
    local_run: LocalRun,
) -> None:
    ada, staff = {"name": "Ada", "email": address()}, Staff(local_run)
    whole, part = complain(local_run, complainant=ada), complain(local_run, complainant=ada)
    staff.does(part, "adjust", {"adjustment": "large_print", "needed": True})
    staff.does(part, "adjust", {"adjustment": "interpreter", "needed": True, "details": SIGNS})
    staff.does(part, "point", {"text": "It came late.", "category": "delivery.late"})
    staff.does(part, "merge", {"into": whole.reference, "reason": "The same lamp."})
    staff.does(whole, "message", {"text": "We look into both."})
    settle(local_run)
    assert "font: 1.5em/1.5" in whole.letters()[-1]["html"]
    needed = staff.case(whole)["complainant"]["adjustments"]
    assert {each["kind"]: each["details"] for each in needed} == {"large_print": None, "interpreter": SIGNS}
    assert [each["text"] for each in staff.case(whole)["points"]] == ["It came late."]

"""Who else is at a case: told to whoever is there too, and to nobody who may not see the case."""

from datetime import timedelta
from typing import Any

from tests.journeys.steps import Complaint, Staff, clock, complain, go_to, still
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


def announce(staff: Staff, complaint: Complaint, **fields: Any) -> list[dict[str, Any]]:
    got = staff.call("POST", f"/complaints/{complaint.reference}/presence", fields)
    assert got.status == 200, got.text
    return list(got.json["others"])


def test_each_learns_of_the_others_and_the_case_stays_as_it_is(local_run: LocalRun) -> None:
    deniz, robin = Staff(local_run), Staff(local_run, "Robin", "reviewer")
    complaint = complain(local_run)
    before = still(deniz.case(complaint))
    assert announce(deniz, complaint) == []
    assert announce(robin, complaint, writing=True) == [{"member": "Deniz", "writing": False}]
    assert announce(deniz, complaint) == [{"member": "Robin", "writing": True}]
    assert announce(deniz, complain(local_run)) == []
    assert still(deniz.case(complaint)) == before
    assert deniz.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"] is True


def test_a_page_gets_it_as_a_line_in_the_readers_language(local_run: LocalRun) -> None:
    complaint = complain(local_run)
    announce(Staff(local_run, "Robin", "reviewer"), complaint, writing=True)
    desk = signed_in(local_run, "Deniz", "agent")
    address = f"/desk/cases/{complaint.reference}/presence"
    assert f'data-address="{address}"' in desk.get(f"/desk/cases/{complaint.reference}").text
    answer = desk.post(address, [("form", desk.token())])
    assert (answer.status, answer.text) == (200, "Robin is writing")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert desk.post(f"{address}?lang=de", [("form", desk.token())]).text == "Robin schreibt"
    assert desk.post(address, []).status in (403, 422)


def test_s96_what_a_page_says_by_itself_keeps_no_session_alive(moving_run: LocalRun) -> None:
    complaint = complain(moving_run)
    desk = signed_in(moving_run)
    form = [("form", desk.token())]
    go_to(moving_run, clock(moving_run) + timedelta(minutes=5))
    answer = desk.post(f"/desk/cases/{complaint.reference}/presence", form)
    assert (answer.status, answer.headers.get_all("Set-Cookie")) == (200, None)
    assert desk.get(f"/desk/cases/{complaint.reference}").headers.get_all("Set-Cookie")


def test_what_is_sent_is_read_strictly_and_an_unknown_case_is_not_found(local_run: LocalRun) -> None:
    deniz, complaint = Staff(local_run), complain(local_run)
    path = f"/complaints/{complaint.reference}/presence"
    wrong = deniz.call("POST", path, {"writing": "yes"})
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/writing")
    assert deniz.call("POST", "/complaints/C-ZZZZZ-ZZZZZ-A/presence", {}).status == 404

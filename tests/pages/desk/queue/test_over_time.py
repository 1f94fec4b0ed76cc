"""The queue of the desk once time has passed, among few cases: each that is open takes part in it."""

from datetime import timedelta

from tests.journeys.steps import SCALES, Staff, complain, go_to, moment
from tests.local_run import LocalRun
from tests.pages.desk_client import listed, signed_in


def test_an_aim_that_was_missed_makes_a_case_late_neither_in_the_queue_nor_on_its_page(
    moving_run: LocalRun,
) -> None:
    complaint, deniz = complain(moving_run, site="demo-gb"), Staff(moving_run)
    deniz.does(complaint, "assess", SCALES)
    clocks = deniz.case(complaint)["clocks"]
    go_to(moving_run, moment(next(each["due"] for each in clocks if each["clock"] == "early_resolution")))
    moving_run.call("POST", "/_local/clock", {"advance": "PT2M"})
    desk = signed_in(moving_run)
    row = listed(desk.get("/desk?site=demo-gb&limit=100")).split(f"/desk/cases/{complaint.reference}")[1]
    assert "Overdue by" not in row.split("</tr>")[0]
    page = listed(desk.get(f"/desk/cases/{complaint.reference}"))
    assert "this time has passed" in page
    assert "Overdue" not in page.split('id="clocks"')[1].split("</section>")[0]


def test_a_promise_that_was_missed_while_we_wait_for_an_answer_is_overdue(moving_run: LocalRun) -> None:
    """Only the clocks that their pack lets pause stand still: an assessment is promised all the same."""
    complaint, deniz = complain(moving_run), Staff(moving_run)
    asked = deniz.does(complaint, "ask", {"text": "Which lamp?"})
    go_to(moving_run, moment(asked["due"]) - timedelta(minutes=10))
    assert complaint.reference in [row["reference"] for row in deniz.queue("due_soon", limit=100)]
    moving_run.call("POST", "/_local/clock", {"advance": "PT11M"})
    for queue in ("overdue", "awaiting_complainant"):
        text = listed(signed_in(moving_run).get(f"/desk?queue={queue}&limit=100"))
        row = text.split(f"/desk/cases/{complaint.reference}")[1].split("</tr>")[0]
        assert "Overdue by" in row


def test_what_is_late_says_so(moving_run: LocalRun) -> None:
    complaint = complain(moving_run)
    go_to(moving_run, moment(complaint.promise()["due"]) + timedelta(seconds=1))
    desk = signed_in(moving_run)
    text = listed(desk.get("/desk?queue=overdue&limit=100"))
    row = text.split(f"/desk/cases/{complaint.reference}")[1].split("</tr>")[0]
    assert '<time class="due late"' in row
    assert "Overdue by" in row
    assert '<span class="due late">Overdue by' in listed(desk.get(f"/desk/cases/{complaint.reference}"))

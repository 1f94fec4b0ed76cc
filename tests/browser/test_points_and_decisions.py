"""A complaint of two points with two decisions, on a phone: what staff and the complainant see of it."""

from playwright.sync_api import Browser

from tests.browser.page_checks import is_too_wide, small_targets, violations
from tests.browser.signing_in import signed_in
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, complain, settle
from tests.local_run import LocalRun

PHONE = {"width": 390, "height": 844}
REFUND = {"kind": "refund", "amount": "99.80", "currency": "EUR"}
MORE = {"kind": "refund", "amount": "20", "currency": "EUR"}


MOST_HEIGHT = 5_000
"""Pixels of a case with points, decisions and redress at a phone, as it opens."""


def reviewed(run: LocalRun) -> Complaint:
    """Kim answered two points; that was refused, and Robin adds money to one of them."""
    complaint = complain(run)
    kim, robin = Staff(run, "Kim", "reviewer"), Staff(run, "Robin", "reviewer")
    cups = {"point": "1", "outcome": "upheld", "reasons": "Not padded.", "remedies": [REFUND]}
    late = {"point": "2", "outcome": "not_upheld", "reasons": "It was in time."}
    for verb, body in (
        ("assess", SCALES),
        ("point", {"text": "Two cups are broken.", "remedy_sought": "New cups."}),
        ("point", {"text": "The parcel came late.", "category": "delivery.late"}),
        ("find", FINDING | {"point": "1"}),
        ("answer_point", cups),
        ("answer_point", late),
        ("decide", {"outcome": "partly_upheld", "reasons": "One of two."}),
        ("respond", {}),
    ):
        kim.does(complaint, verb, body)
    settle(run)
    complaint.say("answer", {"accepts": False, "reason": "It was late for me."})
    for verb, body in (
        ("answer_point", late | {"outcome": "upheld", "remedies": [MORE]}),
        ("decide", {"outcome": "upheld", "reasons": "Both, then.", "earlier_decision": "add"}),
        ("respond", {}),
    ):
        robin.does(complaint, verb, body)
    settle(run)
    return complaint


def test_axe_finds_nothing_in_points_decisions_and_redress(browser: Browser, local_run: LocalRun) -> None:
    complaint = reviewed(local_run)
    with signed_in(browser, local_run, f"/desk/cases/{complaint.reference}", viewport=PHONE) as page:
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)
        assert page.locator("section[aria-labelledby=points] .small").all_inner_texts() == ["Arrived late"]
        assert page.evaluate("() => document.documentElement.scrollHeight") < MOST_HEIGHT
        page.goto(str(complaint.receipt["status_url"]))
        assert (violations(page), small_targets(page), is_too_wide(page)) == ([], [], False)

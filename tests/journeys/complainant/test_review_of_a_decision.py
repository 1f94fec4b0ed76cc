"""A review adds money: both decisions, all that they promise and the words of refusal stay in sight."""

from typing import Any

from tests.html import Reading
from tests.journeys.steps import Complaint, Staff, complain, settle
from tests.pages.page_client import Page

FIRST = {"kind": "refund", "amount": "99.80", "currency": "EUR"}
MORE = {"kind": "refund", "amount": "20", "currency": "EUR"}
DISAGREES: dict[str, Any] = {"accepts": False, "reason": "The delivery costs are missing."}


def reviewed(deniz: Staff, robin: Staff, **chosen: object) -> Complaint:
    """Deniz promised a refund, which was refused; Robin looked at it again and told what comes of it."""
    complaint = complain(deniz.run)
    deniz.decides(complaint, FIRST)
    deniz.does(complaint, "respond")
    settle(deniz.run)
    complaint.say("answer", DISAGREES)
    decision = {"outcome": "upheld", "reasons": "The costs are yours, too."} | chosen
    robin.does(complaint, "decide", decision)
    robin.does(complaint, "respond")
    settle(robin.run)
    return complaint


def words_on_the_page(complaint: Complaint, **query: str) -> str:
    """What the person reads on the page that the link of the letters opens."""
    return Reading(Page(complaint.run, complaint.receipt).open(**query).text).words


def money(lines: list[dict[str, Any]]) -> list[str]:
    return [line["remedy"]["amount"] for line in lines if line["owed"]]


def test_money_of_both_decisions_is_owed_wherever_somebody_looks(deniz: Staff, robin: Staff) -> None:
    complaint = reviewed(deniz, robin, remedies=[MORE], earlier_decision="add")
    view, case = complaint.view(), deniz.case(complaint)
    data = complaint.call("GET", "/data").json
    for text in (view, data):
        assert [each["reasons"] for each in text["decisions"]] == [
            "You are right.",
            "The costs are yours, too.",
        ]
        assert text["decision"] == text["decisions"][-1]
        assert text["decisions"][0]["answer"]["reason"] == DISAGREES["reason"]
    for text in (view, data, case):
        assert money(text["redress"]["lines"]) == ["99.80", "20"]
        total = {"currency": "EUR", "promised": "119.80", "done": "0", "owed": "119.80"}
        assert text["redress"]["totals"] == [total]
    assert [each["decided_by"] for each in case["earlier_decisions"]] == ["Deniz"]
    words = words_on_the_page(complaint)
    for expected in (
        "You are right.",
        "The costs are yours, too.",
        DISAGREES["reason"],
        "€99.80",
        "€20",
        "€119.80",
    ):
        assert expected in words
    resolution = complaint.letters()[-1]["text"]
    assert "Our earlier response stands, and this one is added to it." in resolution
    assert "€99.80" in resolution.partition("What we promised before and will still do")[2]


def test_each_of_two_refunds_is_paid_by_itself(deniz: Staff, robin: Staff) -> None:
    complaint = reviewed(deniz, robin, remedies=[MORE])
    complaint.say("answer", {"accepts": True})
    closing = complaint.letters()[-1]["text"]
    assert "€99.80" in closing
    assert "€20" in closing
    first, second = deniz.case(complaint)["redress"]["lines"]
    day = complaint.view()["received_at"][:10]
    redress = deniz.does(complaint, "remedied", {"remedy": second["id"], "done_on": day})["redress"]
    assert [(each["state"], each["done_on"]) for each in redress["lines"]] == [
        ("accepted", None),
        ("done", day),
    ]
    assert redress["totals"] == [{"currency": "EUR", "promised": "119.80", "done": "20", "owed": "99.80"}]
    deniz.does(complaint, "remedied", {"remedy": first["id"], "done_on": day})
    assert money(complaint.view()["redress"]["lines"]) == []


def test_a_decision_that_is_replaced_stays_in_sight_and_is_owed_no_more(deniz: Staff, robin: Staff) -> None:
    complaint = reviewed(deniz, robin, remedies=[MORE], earlier_decision="replace")
    first, second = complaint.view()["decisions"]
    assert (first["in_force"], second["in_force"]) == (False, True)
    assert [line["state"] for line in complaint.view()["redress"]["lines"]] == ["ended", "offered"]
    assert "no longer: a later response took its place" in words_on_the_page(complaint)
    resolution = complaint.letters()[-1]["text"]
    assert "This response takes the place of our earlier one." in resolution
    assert "€99.80" not in resolution


def test_a_withdrawal_in_the_review_keeps_the_promised_refund_everywhere(deniz: Staff) -> None:
    """The question, the page, the letter and the desk say that it is still owed."""
    complaint = complain(deniz.run)
    deniz.decides(complaint, FIRST)
    deniz.does(complaint, "respond")
    settle(deniz.run)
    complaint.say("answer", DISAGREES)
    assert complaint.view()["stage"] == "assessed"
    question = words_on_the_page(complaint, ask="withdraw")
    assert "give no response" not in question
    assert "The response that we gave you stands." in question
    assert "€99.80" in question.partition("What we promised you, we still do")[2]
    complaint.say("withdrawal", {})
    settle(deniz.run)
    words = words_on_the_page(complaint)
    assert "€99.80" in words
    assert "no longer" not in words
    letter = complaint.letters()[-1]["text"]
    assert "€99.80" in letter.partition("What we still do")[2]
    assert money(deniz.case(complaint)["redress"]["lines"]) == ["99.80"]
    assert "remedied" in deniz.case(complaint)["allowed_commands"]


def test_who_upholds_and_pays_more_is_told_what_to_choose(deniz: Staff, robin: Staff) -> None:
    complaint = reviewed(deniz, robin, remedies=[], earlier_decision="uphold")
    assert money(complaint.view()["redress"]["lines"]) == ["99.80"]
    complaint.say("answer", {"accepts": True})
    robin.does(complaint, "reopen", {"reason": "Something was left out."})
    more = {"outcome": "upheld", "reasons": "x", "remedies": [MORE], "earlier_decision": "uphold"}
    got = robin.tries(complaint, "decide", more)
    assert (got.status, got.json["errors"][0]["pointer"]) == (422, "/remedies")

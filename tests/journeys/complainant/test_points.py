"""One complaint about two things: each is answered, and what was sought stands beside what is given."""

from tests.html import Reading
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, complain, settle

CUPS = {"text": "Two cups are broken.", "category": "product.defective", "remedy_sought": "New cups."}
LATE = {"text": "The parcel came late.", "category": "delivery.late"}
REFUND = {"kind": "refund", "amount": "20", "currency": "EUR"}
GOODWILL = {"kind": "goodwill_gesture", "amount": "5", "currency": "EUR"}


def in_two_points(deniz: Staff) -> Complaint:
    complaint = complain(deniz.run)
    deniz.does(complaint, "assess", SCALES)
    for point in (CUPS, LATE):
        deniz.does(complaint, "point", point)
    deniz.does(complaint, "find", FINDING | {"point": "1"})
    return complaint


def answered(deniz: Staff) -> Complaint:
    """The cups are paid for, the parcel was in time, and something is added for the trouble."""
    complaint = in_two_points(deniz)
    cups = {"point": "1", "outcome": "upheld", "reasons": "They were not padded.", "remedies": [REFUND]}
    late = {"point": "2", "outcome": "not_upheld", "reasons": "It came on the promised day."}
    for point in (cups, late):
        deniz.does(complaint, "answer_point", point)
    decision = {"outcome": "partly_upheld", "reasons": "One of two.", "remedies": [GOODWILL]}
    deniz.does(complaint, "decide", decision)
    deniz.does(complaint, "respond")
    settle(deniz.run)
    return complaint


def test_the_decision_answers_point_by_point(deniz: Staff) -> None:
    complaint = answered(deniz)
    view = complaint.view()
    [decision] = view["decisions"]
    cups, late = decision["points"]
    assert cups == {
        "id": "1",
        "text": CUPS["text"],
        "remedy_sought": "New cups.",
        "outcome": "upheld",
        "reasons": "They were not padded.",
        "remedies": [REFUND],
    }
    assert (late["outcome"], late["remedy_sought"], late["remedies"]) == ("not_upheld", None, [])
    assert complaint.call("GET", "/data").json["decisions"] == view["decisions"]
    assert [(line["remedy"]["amount"], line.get("point")) for line in view["redress"]["lines"]] == [
        ("5", None),
        ("20", "1"),
    ]
    assert view["redress"]["totals"][0]["owed"] == "25"


def test_letter_and_page_say_it_in_the_same_order(deniz: Staff) -> None:
    complaint = answered(deniz)
    letter = complaint.letters()[-1]
    path = str(complaint.receipt["status_url"]).partition("/status/")[2]
    page = Reading(complaint.run.open_link(f"/status/{path}").text).words
    found = ("Point 1", "Two cups are broken.", "You asked for: New cups.", "We uphold this point.")
    then = ("They were not padded.", "€20", "Point 2", "We do not uphold this point.", "promised day", "€5")
    for words in (letter["text"], Reading(letter["html"]).words, page):
        places = [" ".join(words.split()).find(each) for each in (*found, *then)]
        assert -1 not in places, (*found, *then)[places.index(-1)]
        assert places == sorted(places)


def test_a_letter_that_answers_one_point_anew_calls_it_by_its_own_number(deniz: Staff) -> None:
    complaint = answered(deniz)
    complaint.say("answer", {"accepts": False})
    kim = Staff(deniz.run, "Kim", "reviewer")
    anew = {"point": "2", "outcome": "upheld", "reasons": "It came a day late."}
    kim.does(complaint, "answer_point", anew)
    kim.does(complaint, "decide", {"outcome": "upheld", "reasons": "Both.", "earlier_decision": "add"})
    kim.does(complaint, "respond")
    settle(deniz.run)
    letter = complaint.letters()[-1]
    for words in (letter["text"], Reading(letter["html"]).words):
        assert ("Point 2" in words, "Point 1" in words) == (True, False)


def test_staff_see_what_is_open_and_what_was_found(deniz: Staff) -> None:
    complaint = in_two_points(deniz)
    case = deniz.case(complaint)
    cups, late = case["points"]
    assert (cups["text"], cups["finding"], cups["root_cause"]) == (
        CUPS["text"],
        FINDING["finding"],
        FINDING["root_cause"],
    )
    assert (late["category"], late["outcome"], late["told"]) == ("delivery.late", None, False)
    assert "decide" not in case["allowed_commands"]
    early = deniz.tries(complaint, "decide", {"outcome": "upheld", "reasons": "x"})
    assert (early.status, early.json["rule"]) == (409, "points-unanswered")


def test_a_complaint_about_one_thing_looks_as_it_always_did(deniz: Staff) -> None:
    complaint = complain(deniz.run)
    deniz.decides(complaint, REFUND)
    deniz.does(complaint, "respond")
    assert "points" not in complaint.view()["decision"]
    assert "points" not in deniz.case(complaint)

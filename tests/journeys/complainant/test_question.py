"""The organisation needs something: it asks, the promise stands still, and runs on with the answer."""

import pytest

from tests.journeys.steps import Staff, complain, moment
from tests.local_run import LocalRun


@pytest.fixture
def deniz(local_run: LocalRun) -> Staff:
    return Staff(local_run)


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "We have a question about your complaint"), ("tr", "Şikâyetinizle ilgili bir sorumuz var")],
)
def test_a_question_is_mailed_in_the_language_of_the_complaint(
    local_run: LocalRun, deniz: Staff, language: str, title: str
) -> None:
    complaint = complain(local_run, language=language)
    deniz.does(complaint, "ask", {"text": "Which number is on the box?"})
    letter = complaint.letters()[-1]
    assert title in letter["text"]
    assert "Which number is on the box?" in letter["text"]


def test_while_a_question_is_open_the_promise_stands_still(local_run: LocalRun, deniz: Staff) -> None:
    complaint = complain(local_run)
    before = complaint.promise()
    deniz.does(complaint, "ask", {"text": "Which number is on the box?"})
    paused = complaint.promise()
    assert paused["due"] is None
    assert moment(paused["paused_since"]) >= moment(complaint.receipt["received_at"])
    assert complaint.view()["stage"] == "awaiting_complainant"
    complaint.say("messages", {"text": "It is 0042."})
    after = complaint.promise()
    assert "paused_since" not in after
    assert moment(after["due"]) >= moment(before["due"])


@pytest.mark.iso10002("7.6 investigation: asks")
def test_the_answer_puts_the_case_back_where_it_was_and_is_news(local_run: LocalRun, deniz: Staff) -> None:
    complaint = complain(local_run)
    deniz.does(complaint, "ask", {"text": "Which number is on the box?"})
    assert complaint.reference in {item["reference"] for item in deniz.queue("awaiting_complainant")}
    complaint.say("messages", {"text": "It is 0042."})
    case = deniz.case(complaint)
    assert (case["stage"], case["has_news"]) == ("acknowledged", True)
    assert [(message["from"], message["text"]) for message in case["messages"]] == [
        ("organisation", "Which number is on the box?"),
        ("you", "It is 0042."),
    ]
    assert complaint.reference not in {item["reference"] for item in deniz.queue("awaiting_complainant")}


def test_staff_go_on_without_an_answer(local_run: LocalRun, deniz: Staff) -> None:
    complaint = complain(local_run)
    deniz.does(complaint, "ask", {"text": "Which number is on the box?"})
    assert deniz.tries(complaint, "decide", {"outcome": "upheld", "reasons": "x"}).status == 409
    case = deniz.does(complaint, "resume", {"reason": "We found it ourselves."})
    assert case["stage"] == "acknowledged"
    assert complaint.promise()["due"]


def test_the_complaint_may_be_written_to_at_any_time(local_run: LocalRun, deniz: Staff) -> None:
    complaint = complain(local_run)
    assert complaint.say("messages", {"text": "One thing more."})["messages"][-1]["from"] == "you"
    deniz.does(complaint, "message", {"text": "Thank you, we have it."})
    assert "Thank you, we have it." in complaint.letters()[-1]["text"]
    assert deniz.case(complaint)["has_news"] is False

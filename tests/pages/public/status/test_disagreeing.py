"""The page of somebody who does not agree: a reason, somebody else, a body outside, and what stays open."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.html import Reading
from tests.journeys.steps import clock, go_to
from tests.local_run import LocalRun
from tests.pages.page_client import OnThePage

A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)
OMBUDSMAN = ("Demo Ombudsman", "https://ombudsman.example", "1 Fair Street, Istanbul")


@pytest.fixture
def status_page(local_run: LocalRun) -> OnThePage:
    """The page of a complaint that was answered."""
    page = OnThePage(local_run)
    page.decide("not_upheld")
    return page


def steps(status_page: OnThePage) -> list[str]:
    """The steps of the page in one line each."""
    listed = status_page.open().text.partition('<ol class="steps">')[2].partition("</ol>")[0]
    found = [" ".join(re.sub("<[^>]*>", " ", step).split()) for step in listed.split("</li>")]
    return [step for step in found if step]


def present(status_page: OnThePage) -> list[str]:
    """The steps at which the complaint is now."""
    current = re.findall(r'<li[^>]*aria-current="step"[^>]*>(.*?)</li>', status_page.open().text, re.DOTALL)
    found = [" ".join(re.sub("<[^>]*>", " ", step).split()) for step in current]
    return [re.split(" Now|: done", step)[0] for step in found]


def test_a_response_can_be_refused_with_a_reason(status_page: OnThePage) -> None:
    assert "Somebody who had no part in it will then look at it again." in status_page.words()
    refused = status_page.refuse()
    assert refused.status == 303
    words = Reading(status_page.follow(refused).text).words
    assert "You have told us that you do not accept our response." in words
    assert "Somebody who had no part in any decision on your complaint is looking at it now." in words
    with pytest.raises(StopIteration):
        status_page.hidden("refuse")


def test_a_response_can_be_refused_without_a_reason(status_page: OnThePage) -> None:
    assert status_page.refuse(" ").status == 303
    assert "is looking at it now" in status_page.words()


def test_a_reason_that_is_too_long_is_said_at_its_field(status_page: OnThePage) -> None:
    text, expected = "x" * 20_001, "Shorten your reasons to 20,000"
    got = status_page.refuse(text)
    page = Reading(got.text)
    fields = {attributes["id"]: attributes for tag, attributes in page.elements if tag == "textarea"}
    assert got.status == 422
    assert page.words.count(expected) == 2
    assert "#refusal" in page.links
    assert text in page.words
    assert fields["refusal"]["aria-describedby"] == "refusal-hint refusal-wrong"
    assert "aria-invalid" not in fields["text"]


def test_a_double_press_is_one_refusal(status_page: OnThePage) -> None:
    fields = status_page.hidden("refuse") | {"text": "No."}
    assert [status_page.send(fields).status for _ in range(2)] == [303, 303]
    assert "is looking at it now" in status_page.words()


def test_the_steps_show_the_levels(status_page: OnThePage) -> None:
    status_page.refuse()
    assert present(status_page) == ["Looked at again"]
    status_page.decide(name="Robin")
    assert present(status_page) == ["Answered after the review"]
    status_page.refuse()
    assert present(status_page) == ["Open to an external body"]


def test_the_body_outside_is_named_before_and_after_the_last_refusal(status_page: OnThePage) -> None:
    assert "Demo Ombudsman" not in status_page.words()
    status_page.refuse()
    status_page.decide("not_upheld", "Robin")
    assert "you can then go to this body" in status_page.words()
    status_page.refuse()
    page = Reading(status_page.open().text)
    for known in (*OMBUDSMAN, "Free of charge", "Within one year"):
        assert known in page.words
    assert "It stays open with us until they have decided." in " ".join(page.words.split())


def test_s22_the_page_links_to_no_other_host(status_page: OnThePage) -> None:
    """Its address holds the token: the address of the body outside is text to copy."""
    status_page.refuse()
    status_page.decide("not_upheld", "Robin")
    status_page.refuse()
    links = Reading(status_page.open().text).links
    assert [link for link in links if not link.startswith(("/", "#", "tel:"))] == []


def test_the_last_word_of_a_body_outside_is_said(status_page: OnThePage) -> None:
    status_page.refuse()
    status_page.decide("not_upheld", "Robin")
    status_page.refuse()
    now = clock(status_page.run).isoformat()
    status_page.does("record", {"event": "external_decided", "at": now, "evidence": "A letter."}, "Robin")
    assert "Your complaint is closed. The external body has decided." in status_page.words()


def test_the_promise_of_the_review_is_told_from_the_one_that_was_kept(status_page: OnThePage) -> None:
    """The review begins later than the case did, which a quick machine would put into one second."""
    go_to(status_page.run, clock(status_page.run) + A_SECOND)
    status_page.refuse()
    words = status_page.words()
    assert words.index("Response done in time") < words.index("Response after the review by ")


def test_a_first_decision_stays_until_there_is_another(status_page: OnThePage) -> None:
    status_page.refuse()
    assert "We do not agree with your complaint." in status_page.words()
    status_page.decide(name="Robin")
    assert "You are right, and we uphold your complaint." in status_page.words()


def test_a_remedy_that_was_done_is_marked_and_its_date_kept(status_page: OnThePage) -> None:
    status_page.send(status_page.hidden("answer"))
    assert "Remedy by " in status_page.words()
    day = clock(status_page.run).astimezone(ZoneInfo("Europe/Istanbul")).date().isoformat()
    status_page.does("remedied", {"remedy": "refund", "done_on": day})
    assert "Refund: €49.90 (done)" in status_page.words()
    assert "Remedy done in time" in status_page.words()


def test_a_complaint_that_is_taken_up_again_says_so_and_shows_both_promises(status_page: OnThePage) -> None:
    status_page.send(status_page.hidden("answer"))
    status_page.does("reopen", {"reason": "New pictures."})
    words = status_page.words()
    assert "We have reopened your complaint." in words
    assert words.index("Response done in time") < words.index("Response by ")
    assert present(status_page) == ["Reopened"]


def test_a_later_date_is_shown_with_its_reason(local_run: LocalRun) -> None:
    status_page = OnThePage(local_run)
    status_page.does("extend", {"clock": "respond", "reason": "The courier is slow."})
    local_run.call("POST", "/_local/settle")
    assert "(30 calendar days, and 15 calendar days more)" in status_page.words()
    assert "(30 takvim günü ve 15 takvim günü ek süre)" in status_page.words(lang="tr")


def test_one_of_two_remedies_is_declined_on_the_page(local_run: LocalRun) -> None:
    status_page = OnThePage(local_run)
    scales = ("severity", "safety", "complexity", "impact", "urgency", "immediate_action")
    refund = {"kind": "refund", "amount": "49.90", "currency": "EUR"}
    decision = {"outcome": "upheld", "reasons": "You are right.", "remedies": [refund, {"kind": "repair"}]}
    status_page.does("assess", dict.fromkeys(scales, 1) | {"note": "Looked at."})
    status_page.does("find", {"finding": "Packed badly.", "root_cause": "training"})
    status_page.does("decide", decision)
    status_page.does("respond", {})
    local_run.call("POST", "/_local/settle")
    ids = [
        str(attributes["value"])
        for _, attributes in Reading(status_page.open().text).elements
        if attributes.get("name") == "remedy"
    ]
    assert len(ids) == 2
    declined = status_page.send(status_page.hidden("decline_remedy") | {"remedy": ids[1]})
    page = Reading(status_page.follow(declined).text).words
    assert "You declined it." in page
    assert "(no longer: you declined it)" in page
    with pytest.raises(StopIteration):
        status_page.hidden("decline_remedy")
    assert (
        status_page.send(status_page.hidden("answer") | {"action": "decline_remedy", "remedy": ids[1]}).status
        == 409
    )


def test_silence_is_said_before_and_after_it_counts(moving_run: LocalRun) -> None:
    status_page = OnThePage(moving_run)
    status_page.decide()
    assert "Please tell us by " in status_page.words()
    assert "If we hear nothing, we remind you and then close your complaint." in status_page.words()
    go_to(moving_run, clock(moving_run) + 29 * A_DAY)
    go_to(moving_run, clock(moving_run) + 3 * A_DAY)
    assert "closed, because we did not hear from you. You can still answer" in status_page.words()
    assert "If we hear nothing" not in status_page.words()
    status_page.refuse()
    assert (
        "Somebody who had no part in any decision on your complaint is looking at it now."
        in status_page.words()
    )


def test_the_page_disagrees_in_turkish_too(status_page: OnThePage) -> None:
    assert "Yanıtı reddet" in status_page.words(lang="tr")
    status_page.refuse()
    assert "hiçbir kararda yer almamış biri değerlendiriyor" in status_page.words(lang="tr")


@pytest.mark.parametrize("kind", ["praise", "suggestion", "question"])
def test_the_page_of_feedback_calls_it_no_complaint_until_it_is_one(local_run: LocalRun, kind: str) -> None:
    status_page = OnThePage(local_run, feedback=kind)
    assert "Your message" in status_page.words()
    assert "What we promised" not in status_page.words()
    assert present(status_page) == ["Received"]
    assert len(steps(status_page)) == 2
    converted = status_page.send(status_page.hidden("convert"))
    assert "We handle it as a complaint now." in Reading(status_page.follow(converted).text).words
    assert "You will hear from us by" in status_page.words()
    assert "Your complaint" in status_page.words()

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
def there(local_run: LocalRun) -> OnThePage:
    """The page of a complaint that was answered."""
    page = OnThePage(local_run)
    page.decide("not_upheld")
    return page


def steps(there: OnThePage) -> list[str]:
    """The steps of the page in one line each."""
    listed = there.open().text.partition('<ol class="steps">')[2].partition("</ol>")[0]
    found = [" ".join(re.sub("<[^>]*>", " ", step).split()) for step in listed.split("</li>")]
    return [step for step in found if step]


def present(there: OnThePage) -> list[str]:
    """The steps at which the complaint is now."""
    current = re.findall(r'<li[^>]*aria-current="step"[^>]*>(.*?)</li>', there.open().text, re.DOTALL)
    found = [" ".join(re.sub("<[^>]*>", " ", step).split()) for step in current]
    return [re.split(" Now|: done", step)[0] for step in found]


def test_a_response_can_be_refused_with_a_reason(there: OnThePage) -> None:
    assert "Somebody who had no part in it will then look at it again." in there.words()
    refused = there.refuse()
    assert refused.status == 303
    words = Reading(there.follow(refused).text).words
    assert "You have told us that you do not accept our response." in words
    assert "Somebody who had no part in any decision on your complaint is looking at it now." in words
    with pytest.raises(StopIteration):
        there.hidden("refuse")


def test_a_response_can_be_refused_without_a_reason(there: OnThePage) -> None:
    assert there.refuse(" ").status == 303
    assert "is looking at it now" in there.words()


def test_a_reason_that_is_too_long_is_said_at_its_field(there: OnThePage) -> None:
    text, said = "x" * 20_001, "Shorten your reasons to 20,000"
    got = there.refuse(text)
    page = Reading(got.text)
    fields = {attributes["id"]: attributes for tag, attributes in page.elements if tag == "textarea"}
    assert got.status == 422
    assert page.words.count(said) == 2
    assert "#refusal" in page.links
    assert text in page.words
    assert fields["refusal"]["aria-describedby"] == "refusal-hint refusal-wrong"
    assert "aria-invalid" not in fields["text"]


def test_a_double_press_is_one_refusal(there: OnThePage) -> None:
    fields = there.hidden("refuse") | {"text": "No."}
    assert [there.send(fields).status for _ in range(2)] == [303, 303]
    assert "is looking at it now" in there.words()


def test_the_steps_show_the_levels(there: OnThePage) -> None:
    there.refuse()
    assert present(there) == ["Looked at again"]
    there.decide(name="Robin")
    assert present(there) == ["Answered after the review"]
    there.refuse()
    assert present(there) == ["Open to an external body"]


def test_the_body_outside_is_named_before_and_after_the_last_refusal(there: OnThePage) -> None:
    assert "Demo Ombudsman" not in there.words()
    there.refuse()
    there.decide("not_upheld", "Robin")
    assert "you can then go to this body" in there.words()
    there.refuse()
    page = Reading(there.open().text)
    for known in (*OMBUDSMAN, "Free of charge", "Within one year"):
        assert known in page.words
    assert "It stays open with us until they have decided." in " ".join(page.words.split())


def test_s22_the_page_links_to_no_other_host(there: OnThePage) -> None:
    """Its address holds the token: the address of the body outside is text to copy."""
    there.refuse()
    there.decide("not_upheld", "Robin")
    there.refuse()
    links = Reading(there.open().text).links
    assert [link for link in links if not link.startswith(("/", "#", "tel:"))] == []


def test_the_last_word_of_a_body_outside_is_said(there: OnThePage) -> None:
    there.refuse()
    there.decide("not_upheld", "Robin")
    there.refuse()
    now = clock(there.run).isoformat()
    there.does("record", {"event": "external_decided", "at": now, "evidence": "A letter."}, "Robin")
    assert "Your complaint is closed. The external body has decided." in there.words()


def test_the_promise_of_the_review_is_told_from_the_one_that_was_kept(there: OnThePage) -> None:
    """The review begins later than the case did, which a quick machine would put into one second."""
    go_to(there.run, clock(there.run) + A_SECOND)
    there.refuse()
    words = there.words()
    assert words.index("Response done in time") < words.index("Response after the review by ")


def test_a_first_decision_stays_until_there_is_another(there: OnThePage) -> None:
    there.refuse()
    assert "We do not agree with your complaint." in there.words()
    there.decide(name="Robin")
    assert "You are right, and we uphold your complaint." in there.words()


def test_a_remedy_that_was_done_is_marked_and_its_date_kept(there: OnThePage) -> None:
    there.send(there.hidden("answer"))
    assert "Remedy by " in there.words()
    day = clock(there.run).astimezone(ZoneInfo("Europe/Istanbul")).date().isoformat()
    there.does("remedied", {"remedy": "refund", "done_on": day})
    assert "Refund: €49.90 (done)" in there.words()
    assert "Remedy done in time" in there.words()


def test_a_complaint_that_is_taken_up_again_says_so_and_shows_both_promises(there: OnThePage) -> None:
    there.send(there.hidden("answer"))
    there.does("reopen", {"reason": "New pictures."})
    words = there.words()
    assert "We have reopened your complaint." in words
    assert words.index("Response done in time") < words.index("Response by ")
    assert present(there) == ["Reopened"]


def test_a_later_date_is_shown_with_its_reason(local_run: LocalRun) -> None:
    there = OnThePage(local_run)
    there.does("extend", {"clock": "respond", "reason": "The courier is slow."})
    local_run.call("POST", "/_local/settle")
    assert "(30 calendar days, and 15 calendar days more)" in there.words()
    assert "(30 takvim günü ve 15 takvim günü ek süre)" in there.words(lang="tr")


def test_one_of_two_remedies_is_declined_on_the_page(local_run: LocalRun) -> None:
    there = OnThePage(local_run)
    scales = ("severity", "safety", "complexity", "impact", "urgency", "immediate_action")
    refund = {"kind": "refund", "amount": "49.90", "currency": "EUR"}
    decision = {"outcome": "upheld", "reasons": "You are right.", "remedies": [refund, {"kind": "apology"}]}
    there.does("assess", dict.fromkeys(scales, 1) | {"note": "Looked at."})
    there.does("find", {"finding": "Packed badly.", "root_cause": "training"})
    there.does("decide", decision)
    there.does("respond", {})
    local_run.call("POST", "/_local/settle")
    ids = [
        str(told["value"]) for _, told in Reading(there.open().text).elements if told.get("name") == "remedy"
    ]
    assert len(ids) == 2
    declined = there.send(there.hidden("decline_remedy") | {"remedy": ids[1]})
    page = Reading(there.follow(declined).text).words
    assert "You declined it." in page
    assert "(no longer: you declined it)" in page
    with pytest.raises(StopIteration):
        there.hidden("decline_remedy")
    assert there.send(there.hidden("answer") | {"action": "decline_remedy", "remedy": ids[1]}).status == 409


def test_silence_is_said_before_and_after_it_counts(moving_run: LocalRun) -> None:
    there = OnThePage(moving_run)
    there.decide()
    assert "Please tell us by " in there.words()
    assert "If we hear nothing, we remind you and then close your complaint." in there.words()
    go_to(moving_run, clock(moving_run) + 29 * A_DAY)
    go_to(moving_run, clock(moving_run) + 3 * A_DAY)
    assert "closed, because we did not hear from you. You can still answer" in there.words()
    assert "If we hear nothing" not in there.words()
    there.refuse()
    assert "Somebody who had no part in any decision on your complaint is looking at it now." in there.words()


def test_the_page_disagrees_in_turkish_too(there: OnThePage) -> None:
    assert "Yanıtı reddet" in there.words(lang="tr")
    there.refuse()
    assert "hiçbir kararda yer almamış biri değerlendiriyor" in there.words(lang="tr")


@pytest.mark.parametrize("kind", ["praise", "suggestion", "question"])
def test_the_page_of_feedback_calls_it_no_complaint_until_it_is_one(local_run: LocalRun, kind: str) -> None:
    there = OnThePage(local_run, feedback=kind)
    assert "Your message" in there.words()
    assert "What we promised" not in there.words()
    assert present(there) == ["Received"]
    assert len(steps(there)) == 2
    converted = there.send(there.hidden("convert"))
    assert "We handle it as a complaint now." in Reading(there.follow(converted).text).words
    assert "You will hear from us by" in there.words()
    assert "Your complaint" in there.words()

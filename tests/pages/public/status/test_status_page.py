"""The page of one complaint: opened by the link, changed by forms, closed to everybody else."""

from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.local_run import LocalRun
from tests.pages.desk_client import form_of
from tests.pages.page_client import OnThePage


@pytest.fixture
def status_page(local_run: LocalRun) -> OnThePage:
    return OnThePage(local_run)


def test_the_link_opens_the_page(status_page: OnThePage) -> None:
    got = status_page.open()
    page = Reading(got.text)
    assert got.status == 200
    assert page.open == []
    assert page.tags.count("h1") == 1
    assert status_page.complaint["reference"] in page.words
    assert "You will hear from us by" in page.words
    assert "Lamp <b>broken</b>" in page.words
    assert any(attributes.get("aria-current") == "step" for _, attributes in page.elements)
    assert all("datetime" in attributes for tag, attributes in page.elements if tag == "time")


def test_the_page_shows_the_details_that_were_told(local_run: LocalRun) -> None:
    found = OnThePage(
        local_run, order_number="4711-<A>", place="Kadıköy branch", danger_details="It smokes <b>"
    )
    words = Reading(found.open().text).words
    assert "Order or contract number 4711-<A>" in " ".join(words.split())
    assert "Kadıköy branch" in words
    assert "It smokes <b>" in words
    assert "Product or service" not in words


def test_the_page_is_kept_by_nobody_and_tells_nobody(status_page: OnThePage) -> None:
    headers = status_page.open().headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_s20_every_wrong_link_looks_the_same(status_page: OnThePage) -> None:
    other = OnThePage(status_page.run).complaint["access"]
    own = status_page.complaint["access"]
    wrong = [
        status_page.run.call("GET", f"{status_page.path}?t={token}")
        for token in (other, own[:-1], own.lower(), "")
    ]
    wrong.append(status_page.run.call("GET", status_page.path))
    wrong.append(status_page.run.call("GET", f"/status/C-ZZZZZ-ZZZZZ-A?t={own}"))
    wrong.append(status_page.run.call("GET", f"/status/nothing?t={own}"))
    assert {(got.status, got.text, got.headers["Cache-Control"]) for got in wrong} == {
        (404, wrong[0].text, "no-store")
    }


def test_s24_opening_a_link_changes_nothing(status_page: OnThePage) -> None:
    status_page.open(ask="withdraw", done="withdraw", action="withdraw")
    assert "withdraw" in status_page.hidden("withdraw", status_page.open(ask="withdraw"))["action"]
    assert "You will hear from us by" in Reading(status_page.open().text).words


def test_a_message_is_taken_and_shown(status_page: OnThePage) -> None:
    sent = status_page.send(status_page.hidden("add") | {"text": "One more <i>thing</i>.\r\nThe box too."})
    assert sent.status == 303
    page = Reading(status_page.follow(sent).text)
    assert "We have your message." in page.words
    assert "One more <i>thing</i>.\nThe box too." in page.words


def test_a_double_press_is_one_message(status_page: OnThePage) -> None:
    fields = status_page.hidden("add") | {"text": "zebra"}
    assert [status_page.send(fields).status for _ in range(2)] == [303, 303]
    changed = status_page.send(fields | {"text": "tiger"})
    words = Reading(status_page.follow(changed).text).words
    assert (words.count("zebra"), words.count("tiger")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "value"), [(" ", "Write your message"), ("x" * 20_001, "Shorten your message")]
)
def test_a_wrong_message_is_said_and_kept(status_page: OnThePage, text: str, value: str) -> None:
    got = status_page.send(status_page.hidden("add") | {"text": text})
    page = Reading(got.text)
    assert got.status == 422
    assert "<title>Error: " in got.text
    assert page.words.count(value) == 2
    assert "#text" in page.links
    assert text in page.words
    field = next(attributes for tag, attributes in page.elements if tag == "textarea")
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "text-hint text-wrong")


def test_a_wrong_form_is_said_in_the_language_in_which_it_was_read(status_page: OnThePage) -> None:
    got = status_page.send(status_page.hidden("add", status_page.open(lang="ar")) | {"text": ""})
    page = Reading(got.text)
    assert dict(page.elements)["html"]["lang"] == "ar"
    # To switch now would lose what was typed.
    assert not [attributes for tag, attributes in page.elements if tag == "a" and "hreflang" in attributes]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"t": "of-another"}, 404), ({"action": "dance"}, 422), ({"text": "x" * 300_000}, 413)],
    ids=["a link that ended", "no form of ours", "too much"],
)
def test_what_fails_is_said_in_the_language_in_which_it_was_read(
    status_page: OnThePage, wrong: dict[str, str], status: int
) -> None:
    page = status_page.open(lang="tr")
    fields, action = form_of(page, "?lang=tr")
    form = {"Content_Type": "application/x-www-form-urlencoded", "Accept_Language": "de"}
    got = status_page.run.call("POST", action, urlencode(dict(fields) | wrong).encode(), **form)
    assert got.status == status
    assert dict(Reading(got.text).elements)["html"]["lang"] == "tr"


def test_a_reason_to_withdraw_that_is_too_long_stays_where_it_was_asked_for(status_page: OnThePage) -> None:
    reason = "x" * 20_001
    got = status_page.send(
        status_page.hidden("withdraw", status_page.open(ask="withdraw")) | {"text": reason}
    )
    page = Reading(got.text)
    assert got.status == 422
    assert "<title>Error: Withdraw" in got.text
    assert "#text" in page.links
    assert reason in page.words
    assert status_page.hidden("withdraw", got)["action"] == "withdraw"
    with pytest.raises(StopIteration):
        status_page.hidden("add", got)


def test_a_response_is_shown_and_can_be_accepted(status_page: OnThePage) -> None:
    status_page.decide()
    page = Reading(status_page.open().text)
    for text in ("You are right, and we uphold your complaint.", "Refund: €49.90", "Accept the response"):
        assert text in page.words
    accepted = status_page.send(status_page.hidden("answer"))
    after = Reading(status_page.follow(accepted).text)
    assert "Your complaint is closed." in after.words
    assert "You have accepted our response." in after.words


def test_withdrawing_asks_once_more(status_page: OnThePage) -> None:
    with pytest.raises(StopIteration):
        status_page.hidden("withdraw")
    asked = status_page.open(ask="withdraw")
    assert "Withdraw your complaint?" in Reading(asked.text).words
    after = status_page.follow(status_page.send(status_page.hidden("withdraw", asked) | {"text": ""}))
    assert "You have withdrawn your complaint." in Reading(after.text).words
    assert "There is nothing left to do here." in Reading(after.text).words


def test_what_is_no_longer_possible_is_said_on_the_page(status_page: OnThePage) -> None:
    fields = status_page.hidden("add") | {"text": "Too late"}
    status_page.send(status_page.hidden("withdraw", status_page.open(ask="withdraw")))
    got = status_page.send(fields)
    assert got.status == 409
    assert "This is no longer possible." in Reading(got.text).words
    assert "What you typed\nToo late" in Reading(got.text).words


def test_a_survey_that_is_not_open_is_refused_as_such_however_it_is_filled_in(status_page: OnThePage) -> None:
    got = status_page.send(status_page.hidden("add") | {"action": "survey", "text": "Slow", "easy": "6"})
    assert got.status == 409
    assert "This is no longer possible." in Reading(got.text).words
    assert "What you typed\nSlow" in Reading(got.text).words
    # No page may name a field that it does not have.
    assert not [link for link in Reading(got.text).links if link in ("#easy", "#respect", "#survey")]


def test_a_question_is_shown_while_the_time_stands_still(status_page: OnThePage) -> None:
    status_page.api_client.command(status_page.complaint, "Kim", "ask", {"text": "Which lamp?"})
    words = Reading(status_page.open().text).words
    for text in ("We have a question for you", "Your answer to our question", "the time is paused since"):
        assert text in words
    asked = words.partition("What we would like to know")[2]
    assert asked.lstrip().startswith("Which lamp?")
    assert "Until you answer, the time for our response is paused." in asked.partition("The steps")[0]
    status_page.send(status_page.hidden("add") | {"text": "The red one."})
    assert "What we would like to know" not in status_page.words()


def test_the_page_says_how_else_the_organisation_is_reached(status_page: OnThePage) -> None:
    assert "+90 212 000 00 00" in status_page.words().partition("Other ways to reach us")[2]


def test_the_page_is_turkish_when_asked_for(status_page: OnThePage) -> None:
    page = Reading(status_page.open(lang="tr").text)
    assert dict(page.elements)["html"]["lang"] == "tr"
    assert "30 takvim günü" in page.words
    assert status_page.hidden("add", status_page.open(lang="tr"))["lang"] == "tr"


def test_a_form_that_the_page_does_not_have_changes_nothing(status_page: OnThePage) -> None:
    assert status_page.send(status_page.hidden("add") | {"action": "close", "text": "x"}).status == 422
    assert status_page.send({"action": "add", "text": "x"}).status == 404
    plain = status_page.run.call("POST", status_page.path, b"{}", Content_Type="application/json")
    assert plain.status == 415
    assert plain.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_page_may_speak_to_where_files_are_kept_while_one_can_be_sent(status_page: OnThePage) -> None:
    elsewhere = f"connect-src 'self' http://localhost:{status_page.run.port};"
    shown = status_page.open()
    assert elsewhere in shown.headers["Content-Security-Policy"]
    taken = status_page.run.call("GET", "/v1/form?site=demo").json["files"]["types"]
    offered = [attributes for tag, attributes in Reading(shown.text).elements if "accept" in attributes]
    assert [each["accept"] for each in offered] == [",".join(taken)]
    status_page.send(status_page.hidden("withdraw", status_page.open(ask="withdraw")))
    assert "connect-src 'self';" in status_page.open().headers["Content-Security-Policy"]


def test_the_last_messages_are_shown_and_all_of_them_when_asked_for(status_page: OnThePage) -> None:
    for number in range(21):
        status_page.does("message", {"text": f"Message number {number}."})
    page = Reading(status_page.open().text)
    assert "Message number 0." not in page.words
    assert "Message number 20." in page.words
    assert any("&all=1#messages" in link for link in page.links)
    whole = Reading(status_page.open(all="1").text)
    assert [f"Message number {number}." in whole.words for number in range(21)] == [True] * 21
    assert not any("&all=1" in link for link in whole.links)

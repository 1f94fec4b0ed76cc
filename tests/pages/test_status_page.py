"""The page of one complaint: opened by the link, changed by forms, closed to everybody else."""

from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.local_run import LocalRun
from tests.pages.desk_client import form_of
from tests.pages.page_client import OnThePage


@pytest.fixture
def there(local_run: LocalRun) -> OnThePage:
    return OnThePage(local_run)


def test_the_link_opens_the_page(there: OnThePage) -> None:
    got = there.open()
    page = Reading(got.text)
    assert got.status == 200
    assert page.open == []
    assert page.tags.count("h1") == 1
    assert there.complaint["reference"] in page.words
    assert "You will hear from us by" in page.words
    assert "Lamp <b>broken</b>" in page.words
    assert any(attributes.get("aria-current") == "step" for _, attributes in page.elements)
    assert all("datetime" in attributes for tag, attributes in page.elements if tag == "time")


def test_the_page_shows_the_details_that_were_told(local_run: LocalRun) -> None:
    told = OnThePage(
        local_run, order_number="4711-<A>", place="Kadıköy branch", danger_details="It smokes <b>"
    )
    words = Reading(told.open().text).words
    assert "Order or contract number 4711-<A>" in " ".join(words.split())
    assert "Kadıköy branch" in words
    assert "It smokes <b>" in words
    assert "Product or service" not in words


def test_the_page_is_kept_by_nobody_and_tells_nobody(there: OnThePage) -> None:
    headers = there.open().headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex"


def test_s20_every_wrong_link_looks_the_same(there: OnThePage) -> None:
    other = OnThePage(there.run).complaint["access"]
    own = there.complaint["access"]
    wrong = [there.run.call("GET", f"{there.path}?t={token}") for token in (other, own[:-1], own.lower(), "")]
    wrong.append(there.run.call("GET", there.path))
    wrong.append(there.run.call("GET", f"/status/C-ZZZZZ-ZZZZZ-A?t={own}"))
    wrong.append(there.run.call("GET", f"/status/nothing?t={own}"))
    assert {(got.status, got.text, got.headers["Cache-Control"]) for got in wrong} == {
        (404, wrong[0].text, "no-store")
    }


def test_s24_opening_a_link_changes_nothing(there: OnThePage) -> None:
    there.open(ask="withdraw", done="withdraw", action="withdraw")
    assert "withdraw" in there.hidden("withdraw", there.open(ask="withdraw"))["action"]
    assert "You will hear from us by" in Reading(there.open().text).words


def test_a_message_is_taken_and_shown(there: OnThePage) -> None:
    sent = there.send(there.hidden("add") | {"text": "One more <i>thing</i>.\r\nThe box too."})
    assert sent.status == 303
    page = Reading(there.follow(sent).text)
    assert "We have your message." in page.words
    assert "One more <i>thing</i>.\nThe box too." in page.words


def test_a_double_press_is_one_message(there: OnThePage) -> None:
    fields = there.hidden("add") | {"text": "zebra"}
    assert [there.send(fields).status for _ in range(2)] == [303, 303]
    changed = there.send(fields | {"text": "tiger"})
    words = Reading(there.follow(changed).text).words
    assert (words.count("zebra"), words.count("tiger")) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"), [(" ", "Write your message"), ("x" * 20_001, "Shorten your message")]
)
def test_a_wrong_message_is_said_and_kept(there: OnThePage, text: str, said: str) -> None:
    got = there.send(there.hidden("add") | {"text": text})
    page = Reading(got.text)
    assert got.status == 422
    assert "<title>Error: " in got.text
    assert page.words.count(said) == 2
    assert "#text" in page.links
    assert text in page.words
    field = next(attributes for tag, attributes in page.elements if tag == "textarea")
    assert (field["aria-invalid"], field["aria-describedby"]) == ("true", "text-hint text-wrong")


def test_a_wrong_form_is_said_in_the_language_in_which_it_was_read(there: OnThePage) -> None:
    got = there.send(there.hidden("add", there.open(lang="ar")) | {"text": ""})
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
    there: OnThePage, wrong: dict[str, str], status: int
) -> None:
    page = there.open(lang="tr")
    fields, action = form_of(page, "?lang=tr")
    form = {"Content_Type": "application/x-www-form-urlencoded", "Accept_Language": "de"}
    got = there.run.call("POST", action, urlencode(dict(fields) | wrong).encode(), **form)
    assert got.status == status
    assert dict(Reading(got.text).elements)["html"]["lang"] == "tr"


def test_a_reason_to_withdraw_that_is_too_long_stays_where_it_was_asked_for(there: OnThePage) -> None:
    reason = "x" * 20_001
    got = there.send(there.hidden("withdraw", there.open(ask="withdraw")) | {"text": reason})
    page = Reading(got.text)
    assert got.status == 422
    assert "<title>Error: Withdraw" in got.text
    assert "#text" in page.links
    assert reason in page.words
    assert there.hidden("withdraw", got)["action"] == "withdraw"
    with pytest.raises(StopIteration):
        there.hidden("add", got)


def test_a_response_is_shown_and_can_be_accepted(there: OnThePage) -> None:
    there.decide()
    page = Reading(there.open().text)
    for said in ("You are right, and we uphold your complaint.", "Refund: €49.90", "Accept the response"):
        assert said in page.words
    accepted = there.send(there.hidden("answer"))
    after = Reading(there.follow(accepted).text)
    assert "Your complaint is closed." in after.words
    assert "You have accepted our response." in after.words


def test_withdrawing_asks_once_more(there: OnThePage) -> None:
    with pytest.raises(StopIteration):
        there.hidden("withdraw")
    asked = there.open(ask="withdraw")
    assert "Withdraw your complaint?" in Reading(asked.text).words
    after = there.follow(there.send(there.hidden("withdraw", asked) | {"text": ""}))
    assert "You have withdrawn your complaint." in Reading(after.text).words
    assert "There is nothing left to do here." in Reading(after.text).words


def test_what_is_no_longer_possible_is_said_on_the_page(there: OnThePage) -> None:
    fields = there.hidden("add") | {"text": "Too late"}
    there.send(there.hidden("withdraw", there.open(ask="withdraw")))
    got = there.send(fields)
    assert got.status == 409
    assert "This is no longer possible." in Reading(got.text).words
    assert "What you typed\nToo late" in Reading(got.text).words


def test_a_survey_that_is_not_open_is_refused_as_such_however_it_is_filled_in(there: OnThePage) -> None:
    got = there.send(there.hidden("add") | {"action": "survey", "text": "Slow", "easy": "6"})
    assert got.status == 409
    assert "This is no longer possible." in Reading(got.text).words
    assert "What you typed\nSlow" in Reading(got.text).words
    # No page may name a field that it does not have.
    assert not [link for link in Reading(got.text).links if link in ("#easy", "#respect", "#survey")]


def test_a_question_is_shown_while_the_time_stands_still(there: OnThePage) -> None:
    there.api_client.command(there.complaint, "Kim", "ask", {"text": "Which lamp?"})
    words = Reading(there.open().text).words
    for said in ("We have a question for you", "Your answer to our question", "the time is paused since"):
        assert said in words
    asked = words.partition("What we would like to know")[2]
    assert asked.lstrip().startswith("Which lamp?")
    assert "Until you answer, the time for our response is paused." in asked.partition("The steps")[0]
    there.send(there.hidden("add") | {"text": "The red one."})
    assert "What we would like to know" not in there.words()


def test_the_page_says_how_else_the_organisation_is_reached(there: OnThePage) -> None:
    assert "+90 212 000 00 00" in there.words().partition("Other ways to reach us")[2]


def test_the_page_is_turkish_when_asked_for(there: OnThePage) -> None:
    page = Reading(there.open(lang="tr").text)
    assert dict(page.elements)["html"]["lang"] == "tr"
    assert "30 takvim günü" in page.words
    assert there.hidden("add", there.open(lang="tr"))["lang"] == "tr"


def test_a_form_that_the_page_does_not_have_changes_nothing(there: OnThePage) -> None:
    assert there.send(there.hidden("add") | {"action": "close", "text": "x"}).status == 422
    assert there.send({"action": "add", "text": "x"}).status == 404
    plain = there.run.call("POST", there.path, b"{}", Content_Type="application/json")
    assert plain.status == 415
    assert plain.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_page_may_speak_to_where_files_are_kept_while_one_can_be_sent(there: OnThePage) -> None:
    elsewhere = f"connect-src 'self' http://localhost:{there.run.port};"
    shown = there.open()
    assert elsewhere in shown.headers["Content-Security-Policy"]
    taken = there.run.call("GET", "/v1/form?site=demo").json["files"]["types"]
    offered = [attributes for tag, attributes in Reading(shown.text).elements if "accept" in attributes]
    assert [each["accept"] for each in offered] == [",".join(taken)]
    there.send(there.hidden("withdraw", there.open(ask="withdraw")))
    assert "connect-src 'self';" in there.open().headers["Content-Security-Policy"]


def test_the_last_messages_are_shown_and_all_of_them_when_asked_for(there: OnThePage) -> None:
    for number in range(21):
        there.does("message", {"text": f"Message number {number}."})
    page = Reading(there.open().text)
    assert "Message number 0." not in page.words
    assert "Message number 20." in page.words
    assert any("&all=1#messages" in link for link in page.links)
    whole = Reading(there.open(all="1").text)
    assert [f"Message number {number}." in whole.words for number in range(21)] == [True] * 21
    assert not any("&all=1" in link for link in whole.links)

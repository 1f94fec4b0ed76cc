"""The form of a website without JavaScript, sent with something wrong: it is said, and nothing is lost."""

from datetime import timedelta

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.local_run import LocalRun
from tests.pages.form_client import FORM, Sender, field, fields_of, words

MARKUP = '"><script>alert(1)</script>'
TYPED = {
    "email": "not an address",
    "phone": "+90 555",
    "post": MARKUP,
    "description": f"  First line\r\n{MARKUP}",
    "name": MARKUP,
    "subject": "Lamp & <i>shade</i>",
    "category": "delivery.damaged",
    "occurred_on": "yesterday",
    "remedy_sought": "A new lamp.",
    "order_number": MARKUP,
    "taken_elsewhere": MARKUP,
    "special_needs": "Large print",
    "behalf_relation": "daughter",
}


@pytest.fixture
def sender(local_run: LocalRun) -> Sender:
    return Sender(local_run)


def summary(page: Answer) -> str:
    """What the box on top says."""
    inside = page.text.partition('<div role="alert">')[2].partition("</div>")[0]
    return " ".join(Reading(inside).words.split())


@pytest.mark.parametrize(
    ("name", "typed", "text"),
    [
        ("email", {"email": ""}, "Tell us one way to reach you: email, telephone or post."),
        ("email", {"email": "ada"}, "Enter an email address like name@example.org."),
        ("preferred_way", {"preferred_way": "post"}, "Give us the address or number for the way you choose."),
        ("preferred_way", {"preferred_way": "in_person"}, "Choose one of the values that are offered."),
        ("description", {"description": " \r\n "}, "Tell us what went wrong"),
        ("category", {"category": "no.such"}, "Choose one of the values that are offered."),
        ("occurred_on", {"occurred_on": "yesterday"}, "Enter a date like 2026-03-04."),
        ("occurred_on", {"occurred_on": "2999-01-01"}, "Enter a date that is not in the future."),
        ("behalf_name", {"behalf_relation": "son"}, "Enter the name of the person you complain for."),
        ("feedback", {"feedback": "rant"}, "Choose one of the values that are offered."),
        ("consent", {"consent": ""}, "Please confirm that you have read the privacy notice."),
        ("subject", {"subject": "x" * 212}, "Shorten “Subject” to 200 characters at most: 12 too many."),
        (
            "name",
            {"name": "🙂" * 201},
            "Shorten “Your name” to 200 characters at most: 1 too many.",
        ),
        ("post", {"post": "x" * 2_001}, "Shorten “Postal address” to 2,000 characters at most: 1 too many."),
        ("description", {"description": "é" * 20_001}, "to 20,000 characters at most: 1 too many."),
    ],
)
def test_what_is_wrong_is_said_on_top_and_beside_its_field(
    sender: Sender, name: str, typed: dict[str, str], text: str
) -> None:
    got = sender.send(**typed)
    page = Reading(got.text)
    assert got.status == 422
    assert page.open == []
    assert "<title>Error: Make a complaint" in got.text
    assert text in summary(got)
    assert f"#{name}" in page.links
    element = field(got, name)
    assert f"{name}-wrong" in (element["aria-describedby"] or "").split()
    assert text in got.text.partition(f'id="{name}-wrong"')[2].partition("</p>")[0]
    assert element.get("aria-invalid") == "true"


def test_everything_that_was_typed_is_kept_and_markup_stays_text(sender: Sender) -> None:
    got = sender.post(fields_of(sender.page) | TYPED | {"feedback": "question"})
    stored = fields_of(got)
    assert {name: stored[name] for name in TYPED} == TYPED
    checked = [attributes["value"] for _, attributes in Reading(got.text).elements if "checked" in attributes]
    assert checked == ["question"]
    assert "script" not in Reading(got.text).tags


def test_every_wrong_field_is_named_at_once_in_the_order_of_the_form(sender: Sender) -> None:
    got = sender.post(fields_of(sender.page) | TYPED)
    links = [link for link in Reading(got.text).links if link.startswith("#")]
    assert links == ["#main", "#email", "#occurred_on", "#behalf_name", "#consent"]


def test_what_is_folded_away_is_shown_when_something_stands_in_it(sender: Sender) -> None:
    folds = [attributes for tag, attributes in Reading(sender.page.text).elements if tag == "details"]
    assert ["open" in told for told in folds] == [False, False, False, False]
    got = sender.send(phone="1", behalf_name=" ", behalf_relation="son", consent="")
    folds = [attributes for tag, attributes in Reading(got.text).elements if tag == "details"]
    assert ["open" in told for told in folds] == [True, False, False, True]


def test_a_wrong_form_offers_no_link_that_would_lose_what_was_typed(sender: Sender) -> None:
    assert "nav" not in Reading(sender.send(consent="").text).tags


def test_a_form_that_was_mended_is_taken_at_once(sender: Sender) -> None:
    shown = sender.send(consent="")
    assert sender.send_again(shown, consent="yes").status == 303


def test_the_longest_text_is_taken_in_the_heaviest_letters(sender: Sender) -> None:
    assert sender.send(description="🙂" * 20_000).status == 303


def test_a_trap_that_a_browser_filled_in_is_emptied_and_told(sender: Sender) -> None:
    shown = sender.send(website="https://robot.example")
    assert shown.status == 422
    assert "A hidden field was filled in" in summary(shown)
    assert "robot.example" not in shown.text
    assert sender.send_again(shown, consent="yes").status == 303


def test_a_form_that_was_sent_faster_than_a_person_can_is_kept_and_shown_again(sender: Sender) -> None:
    got = sender.send(**sender.stamp(timedelta(hours=-1)), description="zebra")
    assert got.status == 422
    assert "That was very quick." in summary(got)
    assert fields_of(got)["description"] == "zebra"


@pytest.mark.parametrize("which", ["old", "none", "forged", "of another site"])
def test_a_form_whose_stamp_is_no_good_is_shown_again_with_a_good_one(sender: Sender, which: str) -> None:
    bad = {
        "old": sender.stamp(timedelta(hours=25)),
        "none": {"stamp": ""},
        "forged": {"stamp": sender.stamp()["stamp"].swapcase()},
        "of another site": Sender(sender.run, "demo-tr").stamp(),
    }
    shown = sender.send(**bad[which], description="zebra")
    assert shown.status == 422
    assert "This page was open for a long time." in summary(shown)
    again = sender.send_again(shown, consent="yes")
    assert again.status == 303 if which == "old" else "That was very quick." in summary(again)


def test_what_was_taken_with_an_old_stamp_is_found_again(sender: Sender) -> None:
    """Who goes back after a day and sends the same form has one complaint."""
    first = sender.send(**sender.stamp(key="one"))
    late = sender.send(**sender.stamp(timedelta(hours=30), key="one"))
    assert (late.status, late.headers["Location"]) == (303, first.headers["Location"])


def test_too_much_at_once_has_a_page_that_says_what_to_do(sender: Sender) -> None:
    got = sender.send(description="x" * 300_000)
    assert got.status == 413
    for text in ("This is too long", "go back in your browser", "+90 212 000 00 00"):
        assert text in words(got)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"{}", "application/json", 415), (b"a=%ff", FORM, 400), (b"a&" * 300, FORM, 400)],
)
def test_what_no_form_sends_is_answered_by_a_page(
    sender: Sender, body: bytes, kind: str, status: int
) -> None:
    got = sender.run.call("POST", sender.path, body, Content_Type=kind)
    assert got.status == status
    assert "This did not work" in words(got)


def test_a_form_for_a_site_that_there_is_not_is_answered_by_a_page(sender: Sender) -> None:
    assert sender.send(site="nobody").status == 404

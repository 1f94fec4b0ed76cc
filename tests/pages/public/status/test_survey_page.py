"""The survey on the page of a complaint: no script, no account, and nothing is rated by opening it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.html import Reading
from tests.local_run import LocalRun, running
from tests.pages.page_client import OnThePage

MARKS = {"easy": "5", "respect": "4", "understood": "2", "time": "1"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of this module's own: its clock is moved."""
    folder: Path = tmp_path_factory.mktemp("survey")
    with running(folder / "data") as run:
        yield run


@pytest.fixture
def status_page(run: LocalRun) -> OnThePage:
    """Closed, and asked by mail."""
    page = OnThePage(run)
    page.decide()
    page.send(page.hidden("answer"))
    run.call("POST", "/_local/clock", {"advance": "P14D"})
    return page


def form(page: OnThePage, **query: str) -> dict[str, str]:
    """What the form of the survey brings along, with no choice made."""
    fields = page.hidden("survey", page.open(**query))
    return {name: value for name, value in fields.items() if name not in (*MARKS, "outcome")}


def chosen(html: str) -> dict[str, str]:
    """Which choices are made on a page."""
    inputs = [attributes for tag, attributes in Reading(html).elements if tag == "input"]
    return {str(each["name"]): str(each["value"]) for each in inputs if "checked" in each}


def test_s24_opening_the_page_chooses_nothing_and_answers_nothing(status_page: OnThePage) -> None:
    first = status_page.open(action="survey", easy="5", done="survey")
    assert chosen(first.text) == {}
    assert "survey" in status_page.hidden("survey", status_page.open())["action"]
    page = Reading(first.text)
    assert page.open == []
    assert page.tags.count("fieldset") == 5
    assert page.tags.count("input") - page.tags.count("form") * 4 == 25


@pytest.mark.parametrize(
    ("language", "thanks"), [("en", "We have your answers."), ("tr", "Yanıtlarınızı aldık.")]
)
def test_it_is_answered_by_a_form_and_is_gone_then(
    status_page: OnThePage, language: str, thanks: str
) -> None:
    fields = form(status_page, lang=language) | MARKS | {"text": "Three <b>calls</b>."}
    sent = status_page.send(fields)
    assert sent.status == 303
    words = Reading(status_page.follow(sent).text).words
    assert thanks in words
    assert "calls" not in words
    with pytest.raises(StopIteration):
        status_page.hidden("survey")


def test_what_is_missing_is_said_and_all_that_was_typed_is_kept(status_page: OnThePage) -> None:
    got = status_page.send(
        form(status_page) | {"easy": "5", "time": "1", "outcome": "3", "text": "Three <b>calls</b>."}
    )
    page = Reading(got.text)
    assert got.status == 422
    assert {"#respect", "#understood"} <= set(page.links)
    assert not {"#easy", "#time", "#outcome"} & set(page.links)
    assert page.words.count("Choose an answer to: I was treated fairly and with respect.") == 2
    tied = {
        attributes["id"]: attributes.get("aria-describedby")
        for tag, attributes in page.elements
        if tag == "fieldset"
    }
    assert (tied["respect"], tied["easy"]) == ("respect-wrong", None)
    assert chosen(got.text) == {"easy": "5", "time": "1", "outcome": "3"}
    assert "Three <b>calls</b>." in page.words


def test_a_text_that_is_too_long_and_a_choice_that_there_is_not_are_said(status_page: OnThePage) -> None:
    got = status_page.send(form(status_page) | MARKS | {"easy": "6", "text": "x" * 2_001})
    assert got.status == 422
    assert {"#easy", "#survey"} <= set(Reading(got.text).links)


def test_a_second_answer_is_refused_and_a_second_press_is_not(status_page: OnThePage) -> None:
    fields = form(status_page) | MARKS
    assert [status_page.send(fields).status for _ in range(2)] == [303, 303]
    refused = status_page.send(fields | {"easy": "1"})
    assert refused.status == 409
    assert "This is no longer possible." in Reading(refused.text).words


def test_who_does_not_want_to_be_asked_presses_a_button(status_page: OnThePage) -> None:
    sent = status_page.send(status_page.hidden("decline_survey"))
    assert "We do not ask you about it any more." in Reading(status_page.follow(sent).text).words
    with pytest.raises(StopIteration):
        status_page.hidden("survey")

"""The page of a complaint that became part of another: the old link opens the one that goes on."""

import pytest

from tests.html import Reading
from tests.http import Answer
from tests.journeys.linked_cases.duplicates import merge, texts, twins
from tests.journeys.steps import Complaint, Staff
from tests.local_run import LocalRun
from tests.pages.page_client import Page

SAYS = {"en": "goes on here, as part of this one", "tr": "bu şikâyetin parçası olarak sürüyor"}


@pytest.fixture
def pair(local_run: LocalRun) -> tuple[Complaint, Complaint]:
    """Two complaints of one person, the first of which is part of the second."""
    source, target = twins(local_run)
    merge(Staff(local_run), source, target)
    return source, target


def page_of(complaint: Complaint) -> Page:
    """The page that the link of a complaint's letters opens."""
    return Page(complaint.run, complaint.receipt)


@pytest.mark.parametrize("language", SAYS)
def test_the_old_link_opens_the_complaint_that_goes_on(
    pair: tuple[Complaint, Complaint], language: str
) -> None:
    source, target = pair
    page = page_of(source).open(lang=language)
    assert page.status == 200
    assert SAYS[language] in page.text
    assert source.reference in page.text
    assert target.reference in page.text
    assert SAYS[language] not in page_of(target).open(lang=language).text


def test_what_is_written_on_the_old_page_lands_in_the_complaint_that_goes_on(
    pair: tuple[Complaint, Complaint],
) -> None:
    source, target = pair
    page = page_of(source)
    sent = page.send(page.hidden("add") | {"text": "And the lid."})
    assert sent.status == 303
    assert "And the lid." in page.follow(sent).text
    assert texts(target.view()) == ["And the lid."]


def test_the_old_page_leads_to_pages_that_its_link_opens(pair: tuple[Complaint, Complaint]) -> None:
    source, _ = pair
    page = page_of(source)

    def led(answer: Answer) -> list[str]:
        links = [attributes["href"] or "" for tag, attributes in Reading(answer.text).elements if tag == "a"]
        return [link for link in links if link.startswith("/status/")]

    asking = next(link for link in led(page.open()) if "ask=withdraw" in link)
    question = source.run.call("GET", asking, Cookie=page.cookie)
    for link in (*led(page.open()), *led(question)):
        assert source.run.call("GET", link, Cookie=page.cookie).status == 200, link
    withdrawn = page.send(page.hidden("withdraw", question))
    assert page.follow(withdrawn).status == 200
    assert source.view()["stage"] == "withdrawn"

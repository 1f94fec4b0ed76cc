"""The published procedure: it says what the site does, whatever it has settled, in each language."""

from pathlib import Path

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun, running
from tests.mail.test_date_formats import CATALOGUES, every_language

SECTIONS = (
    "who",
    "how",
    "help",
    "for-you",
    "what",
    "when",
    "decides",
    "review",
    "outside",
    "data",
    "changes",
)


def read(run: LocalRun, site: str = "demo", language: str = "en") -> Reading:
    return Reading(run.call("GET", f"/procedure?site={site}&lang={language}").text)


def words(run: LocalRun, site: str = "demo", language: str = "en") -> str:
    """What the page says, in one line."""
    return " ".join(read(run, site, language).words.split())


PUBLISHED = ("policy", "reports")
"""Parts that are there once the site has published something."""


def test_each_part_can_be_linked_to(local_run: LocalRun) -> None:
    page = read(local_run)
    headings = [attributes.get("id") for tag, attributes in page.elements if tag == "h2"]
    # What other tests of the run publish stands among them.
    assert [id for id in headings if id not in PUBLISHED] == list(SECTIONS)
    assert page.open == []


def test_a_site_that_there_is_not_has_no_procedure(local_run: LocalRun) -> None:
    got = local_run.call("GET", "/procedure?site=nothing")
    assert got.status == 404
    assert "There is nothing here" in Reading(got.text).words


@every_language
@pytest.mark.iso10002("4 visibility: procedure")
def test_each_part_is_there_in_every_language(local_run: LocalRun, language: str) -> None:
    page = read(local_run, language=language)
    for title in ("ways_title", "help_title", "behalf_title", "review_title", "changes_title"):
        assert CATALOGUES.text(language, f"pages.procedure.{title}") in page.words


@pytest.mark.iso10002("4 charges: said")
def test_it_says_how_to_complain_and_what_help_there_is(local_run: LocalRun) -> None:
    page = read(local_run)
    assert "/complain?site=demo&lang=en" in page.links
    for text in ("P.O. Box 1, Istanbul", "+90 212 000 00 00", "It costs you nothing", "large print"):
        assert text in page.words


@pytest.mark.parametrize(
    "row",
    [
        "Acknowledgement 1 business day receipt of your complaint",
        "Response 30 calendar days once up to 15 calendar days longer, if we tell you why receipt of your",
        "Progress report 10 business days our last message to you",
        "Your answer to our response 30 calendar days our response",
        "Response after the review 20 business days once up to 10 business days longer, if we tell you why "
        "your request for a",
        "Remedy 10 business days your acceptance",
    ],
)
def test_each_step_stands_with_its_time_and_from_when_it_is_counted(local_run: LocalRun, row: str) -> None:
    assert row in words(local_run)


def test_what_holds_for_some_complaints_says_for_which(local_run: LocalRun) -> None:
    assert "Only for some complaints: Türkiye: after-sales repair of consumer goods" in words(
        local_run, "demo-tr"
    )
    assert "Only for some complaints" not in words(local_run)
    text = words(local_run, "demo-tr", "tr")
    assert "Yalnızca bazı şikâyetlerde: Türkiye: tüketici ürünlerinin satış sonrası onarımı" in text


@pytest.mark.iso10002("7.1 communication: outside")
def test_the_body_outside_stands_with_address_cost_and_time(local_run: LocalRun) -> None:
    text = words(local_run)
    for known in ("1 Fair Street, Istanbul", "What it costs you Free of charge", "Within one year"):
        assert known in text


@pytest.mark.iso10002("7.1 communication: promises")
def test_the_page_and_the_form_promise_the_same(local_run: LocalRun) -> None:
    text = words(local_run, "demo-gb")
    for promise in local_run.call("GET", "/v1/form?site=demo-gb&lang=en").json["promises"]:
        assert promise["why"] in text


def test_it_says_since_when_it_holds_and_what_changed(moving_run: LocalRun) -> None:
    """Why the organisation changed its promises is its own."""
    before = words(moving_run)
    assert "Version 1, since" in before
    assert "General response times, version 1, in force since Monday 30 July 2018" in before
    promises = {"packs": ["iso10002-default", "uk-fca-disp"], "seen": ["uk-fca-disp"]}
    Office(moving_run).does("packs", "demo", promises | {"reason": "quagga"})
    after = words(moving_run)
    assert after.index("Version 2, since") < after.index("Version 1, since")
    assert "General response times, UK: financial services" in after
    assert "quagga" not in after


def test_where_no_promise_is_in_force_the_page_says_so_and_how_to_ask(tmp_path: Path) -> None:
    with running(tmp_path / "data", environment={"NOW": "2017-06-01T10:00:00+03:00"}) as run:
        text = words(run)
    assert "We have not published our response times yet. Please ask us for them." in text
    assert "P.O. Box 1, Istanbul" in text
    assert "Step Time Counted from" not in text

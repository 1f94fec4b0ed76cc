"""Pages in every language that there is a catalogue of: in its words, and in its direction."""

import re

import pytest

from complaints.adapters.i18n.template_filters import direction
from tests.html import Reading
from tests.local_run import LocalRun
from tests.mail.test_date_formats import CATALOGUES, every_language
from tests.pages.page_client import OnThePage


@pytest.fixture
def status_page(local_run: LocalRun) -> OnThePage:
    return OnThePage(local_run)


@every_language
def test_the_page_of_a_complaint_speaks_the_language_that_is_asked_for(
    status_page: OnThePage, language: str
) -> None:
    html = status_page.open(lang=language).text
    page = Reading(html)
    assert dict(page.elements)["html"] == {"lang": language, "dir": direction(language)}
    assert page.open == []
    for msgid in ("pages.status.title.complaint", "pages.act.withdraw.link", "words.promise.respond"):
        assert CATALOGUES.text(language, msgid) in page.words
    assert f'<bdi dir="ltr">{status_page.complaint["reference"]}</bdi>' in html


@every_language
@pytest.mark.parametrize(
    ("path", "msgid"),
    [
        ("/", "pages.home.title"),
        ("/procedure", "pages.procedure.title"),
        ("/problems/not-found", "api.problem.not-found.title"),
    ],
)
def test_a_public_page_speaks_the_language_that_is_asked_for(
    local_run: LocalRun, path: str, msgid: str, language: str
) -> None:
    page = Reading(local_run.call("GET", path, Accept_Language=language).text)
    assert dict(page.elements)["html"] == {"lang": language, "dir": direction(language)}
    assert CATALOGUES.text(language, msgid) in page.words


@every_language
def test_every_page_names_every_language_in_its_own_words(local_run: LocalRun, language: str) -> None:
    page = Reading(local_run.call("GET", "/", Accept_Language=language).text)
    named = {attributes.get("hreflang") for tag, attributes in page.elements if tag == "a"} - {None}
    assert named == set(CATALOGUES.languages)
    assert all(CATALOGUES.text(tag, "words.language") in page.words for tag in CATALOGUES.languages)


def test_a_procedure_offers_the_languages_that_its_site_answers_in(local_run: LocalRun) -> None:
    page = Reading(local_run.call("GET", "/procedure?site=demo-gb").text)
    named = {attributes.get("hreflang") for tag, attributes in page.elements if tag == "a"} - {None}
    assert named == {"en", "tr"}


def test_what_somebody_wrote_has_its_own_direction_line_by_line(
    status_page: OnThePage, local_run: LocalRun
) -> None:
    status_page.api_client.command(
        status_page.complaint, "Kim", "ask", {"text": "أي مصباح؟\n+90 212 000 00 00"}
    )
    page = Reading(status_page.open().text)
    style = local_run.call("GET", str(page.assets[0][0])).text
    found = [attributes for _, attributes in page.elements if "said" in str(attributes)]
    assert found
    assert {attributes["dir"] for attributes in found} == {"auto"}
    assert re.search(r"\.said ?\{[^}]*unicode-bidi: ?plaintext", style), style

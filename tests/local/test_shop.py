"""The shop of a local run: a foreign page that embeds the widget by one line."""

from collections.abc import Iterator

import pytest

from infrastructure.local.shop.page import SHOP, words
from tests.html import Reading
from tests.http import Answer
from tests.local_run import LocalRun
from tests.mail.test_date_formats import CATALOGUES

every_language = pytest.mark.parametrize("language", CATALOGUES.languages)


def in_the_shop(run: LocalRun, path: str = SHOP, **headers: str) -> Answer:
    """What is answered under the machine's other name."""
    return run.call("GET", path, Host=f"localhost:{run.port}", **headers)


def texts(language: str) -> Iterator[str]:
    """All that the shop says in one language."""
    text = words()[language]
    yield from (text.title, text.lead, text.wrong, text.wrong_lead, text.complain, text.trying, *text.tries)
    yield from (
        text.trying_lead,
        text.one_line,
        text.mails,
        text.desk,
        text.procedure,
        text.product,
        *text.things,
    )


@every_language
def test_it_speaks_every_language(local_run: LocalRun, language: str) -> None:
    page = Reading(in_the_shop(local_run, f"{SHOP}?lang={language}").text)
    root = dict(page.elements)["html"]
    assert root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert [text for text in texts(language) if text not in page.words] == []
    assert page.open == []
    assert page.tags.count("h1") == page.tags.count("main") == 1


def test_what_is_said_in_one_language_is_said_in_no_other() -> None:
    assert set(words()) == set(CATALOGUES.languages)
    every = [text for language in words() for text in texts(language)]
    assert len(every) == len(set(every))


def test_it_embeds_the_widget_by_one_line_and_under_a_strict_policy(local_run: LocalRun) -> None:
    got = in_the_shop(local_run)
    page = Reading(got.text)
    (script,) = [attributes for tag, attributes in page.elements if tag == "script"]
    assert script == {"async": None, "src": f"{local_run.url}/widget.js", "data-site": "demo"}
    assert any("data-complaint-open" in attributes for _, attributes in page.elements)
    policy = got.headers["Content-Security-Policy"]
    assert f"script-src {local_run.url};" in policy
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy


def test_the_home_page_of_a_local_run_leads_there_under_the_other_name(local_run: LocalRun) -> None:
    home = Reading(local_run.call("GET", "/?lang=tr").text)
    address = next(link for link in home.links if link.startswith(SHOP))
    moved = local_run.call("GET", address)
    assert moved.status == 303
    assert moved.headers["Location"] == f"http://localhost:{local_run.port}{SHOP}?lang=tr"


def test_a_page_of_another_origin_may_lead_to_it_and_to_nothing_else_of_the_panel(
    local_run: LocalRun,
) -> None:
    assert in_the_shop(local_run, Sec_Fetch_Site="cross-site").status == 200
    assert in_the_shop(local_run, "/_local/mail", Sec_Fetch_Site="cross-site").status == 403
    assert local_run.call("GET", SHOP, Host="elsewhere.example").status == 403


def test_a_language_that_it_does_not_speak_is_answered_in_english(local_run: LocalRun) -> None:
    root = dict(Reading(in_the_shop(local_run, f"{SHOP}?lang=../tr").text).elements)["html"]
    assert root["lang"] == "en"


def test_the_run_says_where_it_is(local_run: LocalRun) -> None:
    assert f"http://localhost:{local_run.port}{SHOP}" in local_run.said

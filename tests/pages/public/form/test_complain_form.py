"""The form of a website without JavaScript, as it is found: what it asks, promises and offers beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import brotli
import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun
from tests.pages.form_client import Sender, field, words

FIELDS = (
    "email", "phone", "post", "preferred_way", "description", "name", "subject", "category", "occurred_on",
    "remedy_sought", "product", "order_number", "place", "earlier_reference", "taken_elsewhere",
    "special_needs", "behalf_name", "behalf_relation", "behalf_authority", "feedback", "consent",
)  # fmt: skip
"""In the order in which they are asked for."""

NOBODY = ("nobody", "../demo", "%00", "{}", "__class__", "DEMO", "x" * 300)


@contextmanager
def settled(run: LocalRun, **change: Any) -> Iterator[None]:
    """While the block lasts the store's settings are changed: others share it."""
    administration = Office(run)
    record = administration.setting("site", "demo-gb")["record"]
    before = {name: record.get(name, True) for name in change}
    administration.does("site", "demo-gb", change)
    try:
        yield
    finally:
        administration.does("site", "demo-gb", before)


def test_the_page_is_whole_small_and_its_own(local_run: LocalRun) -> None:
    sender = Sender(local_run)
    page = Reading(sender.page.text)
    assert sender.page.status == 200
    assert page.open == []
    assert page.tags.count("h1") == page.tags.count("main") == page.tags.count("title") == 1
    assert not any(
        {"style", "onclick", "maxlength", "required"} & set(attributes) for _, attributes in page.elements
    )
    assert sender.page.headers["Set-Cookie"] is None
    sheets = [local_run.call("GET", address or "").body for address, _ in page.assets]
    assert sum(len(brotli.compress(each)) for each in (sender.page.body, *sheets)) <= 15_000


def test_nobody_but_the_browser_keeps_the_page(local_run: LocalRun) -> None:
    """Who goes back must find what was typed, and nobody else the key of the form."""
    assert Sender(local_run).page.headers["Cache-Control"] == "private, no-cache"


def test_what_is_needed_is_said_before_the_first_field(local_run: LocalRun) -> None:
    before, _, _ = Sender(local_run).page.text.partition('id="email"')
    for text in ("about five minutes", "a way for us to reach you", "what happened in your own words"):
        assert text in before


def test_the_fields_stand_in_their_order_and_each_has_its_words(local_run: LocalRun) -> None:
    elements = Reading(Sender(local_run).page.text).elements
    shown = [attributes["id"] for _, attributes in elements if attributes.get("id") in FIELDS]
    assert tuple(shown) == FIELDS
    labelled = {attributes["for"] for tag, attributes in elements if tag == "label" and "for" in attributes}
    assert set(FIELDS) - labelled == {"feedback", "consent"}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("email", {"autocomplete": "email", "inputmode": "email", "dir": "ltr", "enterkeyhint": "next"}),
        ("phone", {"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
        ("post", {"autocomplete": "street-address", "dir": "auto"}),
        ("name", {"autocomplete": "name", "dir": "auto"}),
        ("description", {"dir": "auto"}),
    ],
)
def test_a_browser_can_help_with_the_fields(local_run: LocalRun, name: str, fields: dict[str, str]) -> None:
    element = field(Sender(local_run).page, name)
    assert {attribute: element[attribute] for attribute in fields} == fields


def test_promises_steps_languages_and_other_ways_stand_beside_it(local_run: LocalRun) -> None:
    page = Sender(local_run).page
    for text in ("within 30 calendar days", "We confirm that we have your complaint", "+90 212 000 00 00"):
        assert text in words(page)
    links = Reading(page.text).links
    assert "/procedure?site=demo&lang=en" in links
    assert "/complain?site=demo&lang=tr" in links


def test_a_person_who_complains_for_another_reads_who_gets_the_answers(local_run: LocalRun) -> None:
    assert "We send our answers to you" in words(Sender(local_run).page)


def test_a_site_s_own_notice_is_shown(local_run: LocalRun) -> None:
    administration = Office(local_run)
    notice = administration.setting("texts", "demo-gb")["record"].get("notice", {})
    administration.does("texts", "demo-gb", {"notice": {"en": "We keep <b>nothing</b>."}})
    try:
        assert "We keep <b>nothing</b>." in words(Sender(local_run, "demo-gb").page)
    finally:
        administration.does("texts", "demo-gb", {"notice": notice})


def test_the_form_is_arabic_and_from_right_to_left_where_the_site_speaks_it(local_run: LocalRun) -> None:
    with settled(local_run, languages=["en", "ar"]):
        page = Sender(local_run, "demo-gb", "ar").page
    html = next(attributes for tag, attributes in Reading(page.text).elements if tag == "html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert "تقديم شكوى" in words(page)


@pytest.mark.parametrize("key", NOBODY)
def test_s9_a_site_that_there_is_not_has_a_calm_page(local_run: LocalRun, key: str) -> None:
    got = local_run.call("GET", f"/complain?site={key}")
    assert got.status == 404
    assert "There is nothing here" in words(got)


def test_a_closed_form_says_so_and_names_other_ways(local_run: LocalRun) -> None:
    with settled(local_run, is_open=False, contact="1 Fair Street\n+44 20 0000"):
        got = Sender(local_run, "demo-gb").page
        listed = Reading(local_run.call("GET", "/complain").text).links
        procedure = Reading(local_run.call("GET", "/procedure?site=demo-gb").text).links
    assert got.status == 200
    assert "form" not in Reading(got.text).tags
    for text in ("This form is closed", "+44 20 0000"):
        assert text in words(got)
    assert "/procedure?site=demo-gb&lang=en" in Reading(got.text).links
    assert not [link for link in (*listed, *procedure) if link.startswith("/complain?site=demo-gb")]


def test_a_form_that_was_closed_meanwhile_keeps_what_was_typed(local_run: LocalRun) -> None:
    sender = Sender(local_run, "demo-gb")
    with settled(local_run, is_open=False):
        got = sender.send(description="zebra")
    assert got.status == 422
    for text in ("This site accepts no complaints here now.", "zebra"):
        assert text in words(got)


@pytest.mark.parametrize("path", ["/", "/complain", "/procedure?site=demo"])
@pytest.mark.iso10002("4 visibility: form")
def test_the_form_is_found_from_other_pages(local_run: LocalRun, path: str) -> None:
    assert "/complain?site=demo&lang=en" in Reading(local_run.call("GET", path).text).links

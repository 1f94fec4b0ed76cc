"""The promises at the pages of the desk, and what another one would change, without scripts."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.journeys.steps import clock as now
from tests.journeys.steps import complain
from tests.local_run import LocalRun
from tests.own_packs import clock, file_of, version
from tests.pages.case_page_client import attributes_of, options_of, words
from tests.pages.desk_client import Desk, signed_in

PACKS = "/desk/packs"
SITE = "demo-gb"


@pytest.fixture
def desk(local_run: LocalRun) -> Desk:
    return signed_in(local_run, "Sam", "admin")


def test_the_promises_in_force_and_those_that_could_be_are_told_in_words(desk: Desk) -> None:
    page = desk.get(PACKS)
    assert page.status == 200
    text = words(page)
    assert "In force at your sites" in text
    assert "Other promise packs" in text
    assert "Acknowledgement: 1 business day" in text
    assert "An example: not all of its promises are kept automatically here." in text
    assert f"{PACKS}/tr-consumer/dry-run" in Reading(page.text).links


def test_a_promise_that_holds_for_some_products_alone_names_them(desk: Desk) -> None:
    text = words(desk.get(PACKS))
    assert "Response: 21 calendar days (credit_hardship, default_notice)" in text
    assert "Response: 30 calendar days Response" in text, (
        "the usual one names those that it leaves out to nobody"
    )


@pytest.mark.parametrize(
    ("language", "why"), [("en", "not enclosed"), ("tr", "eklenmiyor"), ("ar", "غير مرفق بالرسائل")]
)
def test_a_pack_that_breaks_the_letter_of_its_law_says_on_the_page_what_is_missing(
    desk: Desk, language: str, why: str
) -> None:
    assert why in words(desk.get(f"{PACKS}?lang={language}"))


def test_a_pack_is_tried_and_a_page_says_which_clocks_would_change(desk: Desk) -> None:
    reference = complain(desk.run, site=SITE).reference
    Office(desk.run).does("pack", "own-tried", {"file": file_of(version("own-tried", 1, clock(days=7)))})
    address = f"{PACKS}/own-tried/dry-run"
    assert options_of(desk.get(address), "site")[0] == ""
    seen, place = "", f"{address}?{urlencode({'site': SITE})}"
    for _ in range(40):
        page = desk.get(place)
        assert page.status == 200, page.text
        seen += words(page)
        following = [
            attributes["href"]
            for tag, attributes in Reading(page.text).elements
            if attributes.get("rel") == "next"
        ]
        if reference in seen or not following:
            break
        place = following[0] or ""
    assert reference in seen
    assert "Open cases checked on this page" in seen
    assert "A new deadline" in seen


def test_a_day_on_which_no_version_holds_is_refused_beside_its_field(desk: Desk) -> None:
    got = desk.get(f"{PACKS}/tr-consumer/dry-run?on=1990-01-01")
    assert got.status == 422
    assert attributes_of(got, "on")["value"] == "1990-01-01"
    assert attributes_of(got, "on")["aria-invalid"] == "true"
    assert "#on" in Reading(got.text).links


def test_a_pack_that_there_is_not_and_a_list_of_somebody_else_are_refused(desk: Desk) -> None:
    assert desk.get(f"{PACKS}/no-such-pack/dry-run").status == 404
    assert desk.get(f"{PACKS}/tr-consumer/dry-run?cursor=x").status == 422


def test_who_may_not_try_sees_the_promises_and_no_way_to_try(local_run: LocalRun) -> None:
    page = signed_in(local_run, "Kim", "agent").get(PACKS)
    assert page.status == 200
    assert "dry-run" not in page.text


def test_a_newer_version_of_a_pack_is_told_at_the_settings_of_a_site_that_uses_it(desk: Desk) -> None:
    office, name = Office(desk.run), f"own-{uuid.uuid4().hex[:8]}"
    today = now(desk.run).date()
    coming = today + timedelta(days=30)
    first = version(name, 1, clock(days=7), ends=str(coming - timedelta(days=1)))
    office.does("pack", name, {"file": file_of(first, version(name, 2, clock(days=5), begins=str(coming)))})
    with office.promising(SITE, name):
        text = words(desk.get("/desk/settings"))
        assert "Laws that change" in text
        assert "version 2 will hold from" in text
        agent = signed_in(desk.run, "Ada-agent", "agent")
        assert "Laws that change" not in words(agent.get("/desk/settings"))

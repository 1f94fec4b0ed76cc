"""The administrators' pages, in a real browser."""

import uuid
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.navigation import enter
from tests.browser.page_checks import (
    answers_to,
    is_too_wide,
    is_too_wide_in_a_wider_font,
    large_text,
    tab_stops,
    violations_in_each_scheme,
    weight,
)
from tests.browser.signing_in import signed_in
from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun, running

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
MOST_BYTES = 15_000
ADMIN: dict[str, Any] = {"name": "Sam", "role": "admin"}
SIZE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
KINDS = ("site", "team", "codes", "texts", "packs", "calendar", "fields")
PAGES = (
    "/desk/settings",
    "/desk/settings?kind=member",
    "/desk/settings/new/member",
    "/desk/settings?kind=invitation",
    "/desk/settings/new/invitation",
    "/desk/members/csv",
    "/desk/settings/directory/scim",
    "/desk/settings/new/pack",
    "/desk/settings/new/site",
    "/desk/setup",
    "/desk/settings/member/Sam",
    "/desk/settings/new/standard_text?site=demo",
    "/desk/texts",
    "/desk/automations",
    "/desk/settings/new/automation?site=demo",
    "/desk/macros?site=demo",
    "/desk/packs",
    "/desk/handbook/administrator",
    "/desk/embed?site=demo",
    "/desk/settings/site/demo/webhook",
    "/desk/packs/iso10002-default/dry-run",
    *(f"/desk/settings/{kind}/demo" for kind in KINDS),
)


def unfolded(page: Page) -> None:
    """Opens all that is folded away."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true })")


def test_no_page_of_the_office_scrolls_sideways_on_the_smallest_phone_or_with_large_text(
    browser: Browser, local_run: LocalRun
) -> None:
    with signed_in(browser, local_run, PAGES[0], **ADMIN, viewport=SMALL) as page:
        for path in PAGES:
            # German, whose words are long.
            page.goto(f"{local_run.url}{path}{'&' if '?' in path else '?'}lang=de")
            unfolded(page)
            usual = page.evaluate(SIZE)
            assert (path, is_too_wide(page)) == (path, False)
            with large_text(page):
                assert page.evaluate(SIZE) == 2 * usual
                assert (path, is_too_wide(page)) == (path, False)
                assert (path, is_too_wide_in_a_wider_font(page)) == (path, False)


def test_each_page_of_the_office_is_light(browser: Browser, tmp_path: Path) -> None:
    """On a run of its own: each change of a site, with words that are drawn, is a line of its history."""
    with running(tmp_path / "data") as run, signed_in(browser, run, PAGES[0], **ADMIN) as page:
        seen = answers_to(page)
        for path in PAGES:
            seen.clear()
            page.goto(f"{run.url}{path}", wait_until="networkidle")
            assert {response.url.split("/")[2] for response in seen} == {run.url.split("/")[2]}
            assert len(seen) > 2
            assert weight(seen) <= MOST_BYTES, path


def test_a_member_is_deactivated_by_keyboard_alone_and_without_scripts(
    browser: Browser, local_run: LocalRun
) -> None:
    name = f"new-{uuid.uuid4().hex[:12]}"
    Office(local_run).does("member", name, {"name": "Ayşe", "roles": ["agent"], "sites": ["demo"]})
    path = f"/desk/settings/member/{name}"
    with signed_in(browser, local_run, path, **ADMIN, java_script_enabled=False) as page:
        page.locator("#do-deactivate summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("She leaves.")
        page.keyboard.press("Tab")
        enter(page)
        page.get_by_role("heading", level=1, name="Deactivate").wait_for()
        page.get_by_role("button", name="Deactivate").focus()
        enter(page)
        expect(page.get_by_role("status")).to_contain_text("This is deactivated.")
    assert Office(local_run).setting("member", name)["record"]["active"] is False


def test_every_stop_of_the_keyboard_is_seen(browser: Browser, local_run: LocalRun) -> None:
    with signed_in(browser, local_run, "/desk/settings/member/Sam", **ADMIN) as page:
        unfolded(page)
        stops = tab_stops(page)
        assert "skip" in stops[0]["what"]
        assert [stop["what"] for stop in stops if stop["outline"] < 3 or not stop["visible"]] == []


def test_a_letter_is_shown_beside_the_form_as_somebody_writes_it(
    browser: Browser, local_run: LocalRun
) -> None:
    with signed_in(browser, local_run, "/desk/settings/texts/demo-tr", **ADMIN) as page:
        page.locator("#do-put_wording > summary").click()
        form = page.locator("#do-put_wording")
        form.locator("[name=place]").select_option("acknowledgement")
        form.locator("[name=language]").select_option("tr")
        form.locator('[name="texts.tr"]').fill("Öğlen kapalıyız.")
        letter = form.locator("[data-preview] .letter")
        expect(letter).to_contain_text("Öğlen kapalıyız.")
        form.locator('[name="texts.tr"]').fill("Öğlen açığız.")
        expect(letter).to_contain_text("Öğlen açığız.")
        assert violations_in_each_scheme(page) == []
        page.locator("#do-letterhead > summary").click()
        look = page.locator("#do-letterhead")
        look.locator('[name="letterhead.accent"]').fill("#0f766e")
        expect(look.locator("[data-preview] .letter")).to_have_css("border-top-color", "rgb(15, 118, 110)")
    assert Office(local_run).setting("texts", "demo-tr")["record"]["letters"] == {}

"""Filling in the widget's form: what is wrong is said where it is, and no word is lost."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.page_checks import violations_in_each_scheme
from tests.browser.widget.embedding import Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.journeys.complainant.test_anonymous import opened
from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun
from tests.pages.public.form.test_complain_form import settled

KEPT = "() => Object.values(sessionStorage).join().includes('A new one')"
LIMIT = 20_000


def test_an_incomplete_form_sends_nothing_and_says_what_to_do(shop: Shop) -> None:
    shop.open()
    shop.dialog.locator("#email").fill("ada@example")
    shop.send()
    summary = shop.dialog.get_by_role("alert")
    expect(summary.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(summary.get_by_role("link")).to_have_text(
        [
            "Enter an email address like name@example.org",
            "Tell us what went wrong",
            "Tick the box when you have read it",
        ]
    )
    assert shop.focused.startswith("There is a problem")
    for name in ("email", "description", "consent"):
        control = shop.dialog.locator(f"#{name}")
        assert control.get_attribute("aria-invalid") == "true"
        assert f"{name}-wrong" in (control.get_attribute("aria-describedby") or "")
        expect(shop.dialog.locator(f"#{name}-wrong")).not_to_be_empty()
    assert shop.dialog.locator("#subject").get_attribute("aria-invalid") == "false"
    expect(shop.dialog.locator("#email")).to_have_value("ada@example")
    assert shop.sent() == []


def test_a_link_of_the_summary_leads_to_its_field_and_leaves_the_address_alone(shop: Shop) -> None:
    before = shop.page.url
    shop.open()
    shop.send()
    shop.dialog.get_by_role("link", name="Tell us what went wrong").click()
    expect(shop.dialog.locator("#description")).to_be_focused()
    assert shop.page.url == before


def test_what_was_put_right_is_wrong_no_longer(shop: Shop) -> None:
    shop.open()
    shop.send()
    shop.fill()
    shop.dialog.locator("#consent").uncheck()
    shop.send()
    links = shop.dialog.get_by_role("alert").get_by_role("link")
    expect(links).to_have_text(["Tick the box when you have read it"])
    expect(shop.dialog.locator("#email-wrong")).to_be_empty()


def test_an_error_leaves_once_its_field_is_put_right(shop: Shop) -> None:
    shop.open()
    shop.send()
    wrong = shop.dialog.locator("p.wrong:not(:empty)")
    links = shop.dialog.get_by_role("alert").get_by_role("link")
    expect(wrong).to_have_count(3)
    shop.dialog.locator("#description").fill("The lamp arrived in four pieces.")
    shop.dialog.locator("#consent").check()
    expect(shop.dialog.locator("#consent")).to_have_attribute("aria-invalid", "false")
    expect(wrong).to_have_count(1)
    expect(links).to_have_text(["Enter your email or another way to reach you"])
    shop.dialog.locator("summary").first.click()
    shop.dialog.locator("#phone").fill("+90 212 555 01 23")
    shop.dialog.locator("#subject").focus()
    expect(wrong).to_have_count(0)
    expect(shop.dialog.get_by_role("heading", name="There is a problem")).to_be_hidden()


def test_an_error_stays_while_its_field_is_still_wrong(shop: Shop) -> None:
    shop.open()
    shop.send()
    shop.dialog.locator("#email").fill("ada@example")
    shop.dialog.locator("#subject").focus()
    shop.dialog.locator("#subject").fill("Lamp")
    shop.dialog.locator("#email").focus()
    expect(shop.dialog.locator("#description-wrong")).not_to_be_empty()
    expect(shop.dialog.locator("#email-wrong")).not_to_be_empty()


def test_who_has_no_mail_gets_a_code_and_a_link_to_keep_and_is_told_how_we_reach_them(
    shop: Shop, local_run: LocalRun
) -> None:
    shop.open()
    shop.dialog.locator("summary").first.click()
    shop.fill(email="", phone="+90 212 555 01 23")
    shop.send()
    kept = shop.dialog.get_by_text("keep this link")
    expect(kept).to_contain_text("We call you at the number that you gave us.")
    expect(kept).to_contain_text("Your receipt code:")
    code, reference = kept.locator("bdi").inner_text(), shop.reference()
    expect(shop.dialog.get_by_role("link", name="Follow your complaint")).to_be_visible()
    assert opened(local_run, reference=reference, code=code).status == 200


def test_who_has_no_mail_names_another_way(shop: Shop) -> None:
    shop.open()
    shop.dialog.get_by_text("No email?").click()
    shop.dialog.locator("#phone").fill("+90 212 000 00 00")
    shop.fill(email="")
    shop.send()
    assert shop.reference()
    assert "We have sent this to" not in shop.dialog.inner_text()


def test_what_the_server_finds_wrong_stands_at_its_field(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    wrong = [
        {"pointer": "/complainant/name", "detail": "This name is too long."},
        {"pointer": "/weather", "detail": "It rains."},
    ]
    with visiting(browser, websites, markup(tag(local_run.url))) as shop:
        allowed = {"Access-Control-Allow-Origin": "*"}
        shop.page.route(
            "**/v1/complaints?*",
            lambda route: route.fulfill(status=422, json={"errors": wrong}, headers=allowed),
        )
        shop.open()
        shop.fill()
        shop.send()
        summary = shop.dialog.get_by_role("alert")
        expect(summary.get_by_role("link", name="This name is too long.")).to_be_visible()
        expect(summary.get_by_text("It rains.")).to_be_visible()
        expect(summary.get_by_role("link")).to_have_count(1)
        expect(shop.dialog.locator("#name-wrong")).to_have_text("This name is too long.")
        expect(shop.dialog.locator("#description")).to_have_value("The lamp arrived in four pieces.")


def test_a_field_that_the_server_finds_too_long_is_said_to_be(shop: Shop) -> None:
    shop.open()
    shop.fill(subject="s" * 201)
    shop.send()
    expect(shop.dialog.locator("#subject-wrong")).not_to_be_empty()
    shop.dialog.locator("#subject").fill("A lamp")
    shop.send()
    assert shop.reference()


def test_a_draft_survives_a_reload(shop: Shop) -> None:
    shop.open()
    shop.fill(subject="A lamp", remedy_sought="A new one")
    shop.page.wait_for_function(KEPT)
    shop.page.reload()
    shop.open()
    for name, text in {"subject": "A lamp", "remedy_sought": "A new one"}.items():
        expect(shop.dialog.locator(f"#{name}")).to_have_value(text)
    expect(shop.dialog.locator("#email")).to_have_value("ada@example.org")
    expect(shop.dialog.locator("#consent")).not_to_be_checked()
    shop.dialog.locator("#consent").check()
    shop.send()
    assert shop.reference()
    shop.page.wait_for_function("sessionStorage.length === 0")


def test_after_a_complaint_the_form_is_empty_again(shop: Shop) -> None:
    first = shop.complain()
    shop.page.keyboard.press("Escape")
    shop.open()
    expect(shop.dialog.get_by_role("heading", name="Make a complaint")).to_be_visible()
    expect(shop.dialog.locator("#description")).to_have_value("")
    shop.fill()
    shop.send()
    assert shop.reference() != first


def test_a_receipt_says_whose_clock_it_means_and_its_reference_can_be_taken_down(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    refused = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    with visiting(browser, websites, markup(tag(local_run.url)), script=refused) as shop:
        reference = shop.complain()
        expect(shop.dialog.get_by_text("All times are local times in Istanbul.")).to_be_visible()
        shop.dialog.get_by_role("button", name="Copy").click()
        shop.page.wait_for_function("getSelection().rangeCount")
        assert shop.page.evaluate("getSelection().toString()") == reference
        expect(shop.dialog.get_by_role("button", name="Copy")).to_be_visible()
        assert shop.errors == []


def test_what_a_page_itself_wrote_in_place_of_the_draft_is_left_aside(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    planted = "sessionStorage['answerable:demo'] = '{broken'"
    with visiting(browser, websites, markup(tag(local_run.url)), script=planted) as shop:
        assert shop.complain()
        assert shop.errors == []


def test_without_storage_it_works_too(browser: Browser, local_run: LocalRun, websites: Hosts) -> None:
    refused = """Object.defineProperty(window, 'sessionStorage', {
        get() { throw new DOMException('', 'SecurityError') } })"""
    with visiting(browser, websites, markup(tag(local_run.url)), script=refused) as shop:
        assert shop.complain()
        assert shop.errors == []


def test_a_long_text_is_counted_and_read_out(shop: Shop) -> None:
    shop.open()
    description = shop.dialog.locator("#description")
    expect(shop.dialog.locator("#description-hint")).to_have_text("You can enter up to 20,000 characters")
    seen = shop.dialog.locator("#description ~ *, form > p[aria-hidden]").first
    heard = shop.dialog.get_by_role("status").first
    description.fill("x" * 17_999)
    expect(seen).to_be_empty()
    description.fill("🙂" * 19_950)
    expect(seen).to_have_text("19,950 of 20,000 characters")
    expect(heard).to_have_text("19,950 of 20,000 characters")
    assert seen.get_attribute("aria-hidden") == "true"


@pytest.mark.parametrize(("more", "value"), [(1, "1 character too many"), (12, "12 characters too many")])
def test_too_long_a_text_is_refused_and_kept(
    browser: Browser, local_run: LocalRun, websites: Hosts, more: int, value: str
) -> None:
    text = "x" * (LIMIT + more)
    with visiting(browser, websites, markup(tag(local_run.url))) as shop:
        shop.open()
        shop.fill(description=text)
        shop.send()
        expect(shop.dialog.get_by_role("alert").get_by_role("link", name=value)).to_be_visible()
        expect(shop.dialog.locator("#description")).to_have_value(text)
        assert shop.sent() == []


def test_own_fields_of_the_site_are_asked_for_their_categories_and_sent_beside_the_others(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    usual: dict[str, Any] = {"type": "text", "required": True, "autocomplete": "off", "choices": []}
    size = {
        "name": "fields.size",
        "pointer": "/fields/size",
        "text": "Size",
        "type": "choice",
        "choices": [{"code": "large", "label": "Large one"}],
        "categories": [],
    }
    meter_number = {
        "name": "fields.meter.no",
        "pointer": "/fields/meter.no",
        "text": "Meter number",
        "categories": ["billing.wrong_amount"],
    }
    fields = [usual | size, usual | meter_number]
    wrong = {"errors": [{"pointer": "/fields/meter.no", "detail": "This number is not one of ours."}]}
    with visiting(browser, websites, markup(tag(local_run.url))) as shop:
        form = local_run.call("GET", "/v1/form?site=demo&lang=en").json | {"fields": fields}
        allowed = {"Access-Control-Allow-Origin": "*"}
        shop.page.route("**/v1/form?*", lambda route: route.fulfill(json=form, headers=allowed))
        shop.page.route(
            "**/v1/complaints?*", lambda route: route.fulfill(status=422, json=wrong, headers=allowed)
        )
        shop.page.reload()
        shop.open()
        meter = shop.dialog.get_by_label("Meter number")
        expect(meter).to_be_hidden()
        shop.dialog.get_by_label("What is it about?").select_option("billing.wrong_amount")
        meter.fill("A-7")
        shop.dialog.get_by_label("Size").select_option("large")
        shop.dialog.get_by_text("More details").click()
        shop.dialog.get_by_label("Order or contract number").fill("4711")
        shop.dialog.get_by_label("Is anybody in danger?").select_option("true")
        shop.fill()
        shop.send()
        expect(shop.dialog.locator("[id='fields.meter.no-wrong']")).to_have_text(
            "This number is not one of ours."
        )
        sent: dict[str, Any] = shop.sent()[-1].post_data_json or {}
        assert (sent["fields"], sent["order_number"]) == ({"size": "large", "meter.no": "A-7"}, "4711")
        assert (sent["complainant"], sent["danger"]) == ({"email": "ada@example.org"}, True)


def test_praise_is_sent_where_a_site_asks_for_it_and_promises_nothing(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    site = {"widget_feedback": True, "feedback": ["praise"]}
    Office(local_run).does("site", "demo-gb", site)
    with visiting(browser, websites, markup(tag(local_run.url, 'data-site="demo-gb"'))) as shop:
        shop.open()
        kind = shop.dialog.get_by_label("What do you want to send us?")
        assert kind.locator("option").all_inner_texts() == ["", "A complaint", "Praise"]
        kind.select_option("Praise")
        shop.fill(description="The tram driver waited for me.")
        shop.send()
        assert shop.reference()
        expect(shop.dialog.get_by_role("heading")).to_have_text(["We have your message"])
        assert json.loads(shop.sent()[0].post_data or "")["feedback"] == "praise"
        assert shop.errors == []
    Office(local_run).does("site", "demo-gb", {"widget_feedback": False})


def test_who_stays_anonymous_says_nothing_of_themselves_and_gets_a_code_to_keep(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    with (
        settled(local_run, anonymous=True),
        visiting(browser, websites, markup(tag(local_run.url, 'data-site="demo-gb"'))) as shop,
    ):
        shop.open()
        box = shop.dialog.get_by_role("checkbox", name="I stay anonymous")
        expect(box).to_have_accessible_description(re.compile("leave out your name"))
        shop.fill(email="")
        shop.send()
        expect(shop.dialog.locator("#email-wrong")).not_to_be_empty()
        box.check()
        shop.page.wait_for_function("() => Object.values(sessionStorage).join().includes('anonymous')")
        shop.page.reload()
        shop.open()
        expect(box).to_be_checked()
        consent = shop.dialog.locator("#consent")
        expect(consent).not_to_be_checked()
        consent.check()
        assert violations_in_each_scheme(shop.page) == []
        shop.send()
        kept = shop.dialog.get_by_text("Keep this receipt now")
        expect(kept).to_be_visible()
        code = kept.locator("bdi").inner_text()
        assert violations_in_each_scheme(shop.page) == []
        reference = shop.dialog.locator(".reference bdi").first.inner_text()
    assert opened(local_run, reference=reference, code=code).status == 200

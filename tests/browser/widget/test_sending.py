"""Sending, when the way there or back is bad: what was typed arrives, and arrives once."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Request, Route, expect

from tests.browser.widget.embedding import Held, Shop, markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun

COMPLAINTS, CHALLENGE = "**/v1/complaints?*", "**/v1/challenge?*"
ANY = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
PLACE = "[scrollX, scrollY, document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
TEXT = "The lamp arrived in four pieces."


class Unreliable:
    """A way to the server that fails in this manner each time, as long as there is one; then it is well."""

    def __init__(self, shop: Shop, *failures: Any, to: str = COMPLAINTS) -> None:
        self._failures = list(failures)
        shop.page.route(to, self._carry)

    def _carry(self, route: Route) -> None:
        if route.request.method == "OPTIONS" or not self._failures:
            route.continue_()
        else:
            self._failures.pop(0)(route)


def never_arrives(route: Route) -> None:
    route.abort()


def answer_is_lost(route: Route) -> None:
    route.fetch()
    route.abort()


def broken(route: Route) -> None:
    route.fulfill(status=503, json={"status": 503}, headers=ANY)


def busy(route: Route) -> None:
    route.fulfill(status=429, json={"status": 429}, headers=ANY | {"Retry-After": "25"})


def proof_expired(route: Route) -> None:
    body = json.loads(route.request.post_data or "") | {"proof": "b2xk"}
    route.continue_(post_data=json.dumps(body))


def keys(asked: list[Request]) -> set[str]:
    """The idempotency keys of these requests."""
    return {one.headers["idempotency-key"] for one in asked}


def bodies(asked: list[Request]) -> list[Any]:
    """What was sent, without the proofs."""
    return [{**json.loads(one.post_data or ""), "proof": None} for one in asked]


@pytest.fixture
def shop(browser: Browser, local_run: LocalRun, websites: Hosts) -> Iterator[Shop]:
    """Somebody on a page whose time a test may stop, which is that of all pages of its context."""
    with visiting(browser, websites, markup(tag(local_run.url)), own=True) as visited:
        yield visited


def filled_in(shop: Shop) -> None:
    shop.open()
    shop.fill(description=TEXT)


def never_answered(shop: Shop) -> None:
    """A complaint arrived, and its answer did not; nobody asks again."""
    shop.page.clock.install()
    filled_in(shop)
    Unreliable(shop, answer_is_lost)
    shop.stand_still()
    with shop.page.expect_event("requestfailed"):
        shop.send()


def test_a_lost_answer_is_asked_for_again_and_counts_once(shop: Shop) -> None:
    filled_in(shop)
    Unreliable(shop, answer_is_lost)
    with shop.page.expect_response(lambda got: got.status == 201) as answered:
        shop.send()
    reference = shop.reference()
    asked = shop.sent()
    assert answered.value.headers["idempotent-replayed"] == "true"
    assert answered.value.json()["reference"] == reference
    assert (len(asked), len(keys(asked))) == (2, 1)
    first, second = bodies(asked)
    assert first == second


def test_a_reload_after_a_lost_answer_makes_no_second_complaint(shop: Shop) -> None:
    never_answered(shop)
    shop.page.reload()
    shop.open()
    shop.dialog.locator("#consent").check()
    with shop.page.expect_response(lambda got: got.status == 201) as answered:
        shop.send()
    assert answered.value.headers["idempotent-replayed"] == "true"
    assert len(keys(shop.sent())) == 1


def test_a_lost_answer_counts_once_though_the_next_page_is_in_another_language(
    shop: Shop, local_run: LocalRun, websites: Hosts
) -> None:
    never_answered(shop)
    shop.page.goto(websites.serve(markup(tag(local_run.url), lang="tr")))
    shop.open()
    expect(shop.dialog.get_by_role("heading", name="Şikâyette bulunun")).to_be_visible()
    shop.dialog.locator("#consent").check()
    with shop.page.expect_response(lambda got: got.status == 201) as answered:
        shop.send()
    assert answered.value.headers["idempotent-replayed"] == "true"
    assert shop.reference()


def test_a_draft_that_was_never_sent_goes_out_in_the_language_of_its_page(
    shop: Shop, local_run: LocalRun, websites: Hosts
) -> None:
    filled_in(shop)
    shop.page.wait_for_function("Object.values(sessionStorage).join().includes('four pieces')")
    shop.page.goto(websites.serve(markup(tag(local_run.url), lang="tr")))
    shop.open()
    shop.dialog.locator("#consent").check()
    shop.send()
    assert shop.reference()
    assert [body["language"] for body in bodies(shop.sent())] == ["tr"]


def test_it_tries_three_times_more_and_then_asks(shop: Shop) -> None:
    shop.page.clock.install()
    filled_in(shop)
    Unreliable(shop, never_arrives, broken, never_arrives, broken)
    shop.send()
    for tries, seconds in enumerate((1, 4, 10), 1):
        expect_sent(shop, tries)
        shop.page.clock.run_for(seconds * 1000)
    again = shop.dialog.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    expect(shop.status).to_have_text("We could not be reached. Your complaint is kept in this tab.")
    expect(shop.dialog.locator("#description")).to_have_value(TEXT)
    again.click()
    assert shop.reference()
    assert (len(shop.sent()), len(keys(shop.sent()))) == (5, 1)


def test_another_text_has_another_key(shop: Shop) -> None:
    filled_in(shop)
    held = Held(shop.page)
    Unreliable(shop, held.add)
    shop.send()
    expect(shop.dialog.get_by_role("button", name="Sending…")).to_be_visible()
    expect_sent(shop, 1)
    shop.dialog.locator("#description").fill("In five pieces, in fact.")
    held.first().abort()
    assert shop.reference()
    assert len(keys(shop.sent())) == 2
    assert bodies(shop.sent())[-1]["description"] == "In five pieces, in fact."


def test_a_busy_server_is_waited_for(shop: Shop) -> None:
    shop.page.clock.install()
    filled_in(shop)
    shop.stand_still()
    Unreliable(shop, busy)
    shop.send()
    heard = shop.dialog.get_by_role("status").last
    expect(shop.status).to_contain_text("in 25 seconds")
    expect(heard).to_contain_text("in 25 seconds")
    shop.page.clock.run_for(5_000)
    expect(shop.status).to_contain_text("in 20 seconds")
    expect(heard).to_contain_text("in 25 seconds")
    shop.page.clock.run_for(5_000)
    expect(heard).to_contain_text("in 15 seconds")
    expect(shop.dialog.locator("#description")).to_have_value(TEXT)
    shop.page.clock.run_for(15_000)
    assert shop.reference()
    assert (len(shop.sent()), len(keys(shop.sent()))) == (2, 1)


def test_a_busy_server_is_waited_for_on_a_small_screen_where_it_is_seen(
    browser: Browser, local_run: LocalRun, websites: Hosts
) -> None:
    """Already the challenge is refused; the form is sent from a field that is far from the button."""
    small = {"width": 320, "height": 568}
    with visiting(browser, websites, markup(tag(local_run.url)), viewport=small, own=True) as shop:
        shop.page.clock.install()
        shop.open()
        Unreliable(shop, busy, busy, to=CHALLENGE)
        shop.fill(description=TEXT)
        shop.stand_still()
        before = shop.page.evaluate(PLACE)
        shop.dialog.locator("#email").press("Enter")
        expect(shop.status).to_contain_text("in 25 seconds")
        expect(shop.status).to_be_in_viewport(ratio=1)
        assert shop.page.evaluate(PLACE) == before
        assert shop.sent() == []
        shop.page.clock.run_for(25_000)
        assert shop.reference()
        assert len(shop.sent()) == 1


def test_who_is_offline_is_told_and_sends_once_when_back(shop: Shop) -> None:
    filled_in(shop)
    shop.page.context.set_offline(True)
    shop.send()
    expect(shop.status).to_have_text(
        "You are offline. Your complaint is kept in this tab and goes out when you are back."
    )
    expect(shop.dialog.locator("#description")).to_have_value(TEXT)
    shop.requests.clear()
    shop.page.context.set_offline(False)
    assert shop.reference()
    assert len(shop.sent()) == 1
    assert [one for one in shop.requests if "/v1/challenge" in one.url]


def test_an_expired_challenge_is_replaced_unnoticed(shop: Shop) -> None:
    filled_in(shop)
    Unreliable(shop, proof_expired)
    shop.send()
    assert shop.reference()
    assert (len(shop.sent()), len(keys(shop.sent()))) == (2, 1)


def test_while_it_is_sent_a_second_press_does_nothing(shop: Shop) -> None:
    filled_in(shop)
    held = Held(shop.page)
    Unreliable(shop, held.add)
    shop.send()
    button = shop.dialog.get_by_role("button", name="Sending…")
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(button).to_be_focused()
    button.press("Enter")
    expect_sent(shop, 1)
    held.first().continue_()
    assert shop.reference()
    assert len(shop.sent()) == 1


def test_the_enter_key_sends_from_a_line_of_text(shop: Shop) -> None:
    filled_in(shop)
    shop.dialog.locator("#subject").press("Enter")
    assert shop.reference()


def test_a_refusal_that_names_no_field_is_said(shop: Shop) -> None:
    filled_in(shop)
    fields = {"status": 413, "detail": "This is too much at once."}
    Unreliable(shop, lambda route: route.fulfill(status=413, json=fields, headers=ANY))
    shop.send()
    expect(shop.dialog.get_by_role("alert")).to_contain_text("This is too much at once.")
    shop.send()
    assert shop.reference()


def expect_sent(shop: Shop, times: int) -> None:
    """Waits until so many complaints have left."""
    while len(shop.sent()) < times:
        shop.page.wait_for_event("request")

"""The proof of work leaves the page to whoever types: counted in hashes, and in time of the processor."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from infrastructure.build.translations import compile_catalogues
from tests.browser.widget.embedding import markup, tag, visiting
from tests.browser.widget.host_page import Hosts
from tests.local_run import LocalRun, running

TURNS = """window.turns = [];
    const digest = crypto.subtle.digest.bind(crypto.subtle), { port1, port2 } = new MessageChannel();
    let hashes = 0;
    port1.onmessage = () => { turns.push(hashes); hashes = 0; };
    crypto.subtle.digest = (...given) => {
        if (!hashes++) port2.postMessage(0);
        return digest(...given);
    }"""
MOST_HASHES = 50
LONG_TASK = 50_000
"""Microseconds from which browsers call a task long (W3C, Long Tasks)."""

TEXT = "The lamp arrived in four pieces."


@pytest.fixture(scope="module")
def hard_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run whose proofs are as hard as those of an installation."""
    compile_catalogues()
    folder = tmp_path_factory.mktemp("hard-run")
    with running(folder / "data", environment={"HARD_PROOF": "1"}) as run:
        yield run


def test_the_page_has_its_turn_after_every_fifty_hashes(
    browser: Browser, hard_run: LocalRun, websites: Hosts
) -> None:
    with visiting(browser, websites, markup(tag(hard_run.url)), script=TURNS, own=True) as shop:
        shop.complain(description=TEXT)
        turns: list[int] = shop.page.evaluate("turns")
        assert sum(turns) >= MOST_HASHES
        assert max(turns) <= MOST_HASHES


def test_no_task_is_long_while_somebody_types_on_a_slow_telephone(
    browser: Browser, hard_run: LocalRun, websites: Hosts
) -> None:
    """A processor four times slower. A task is measured by the time that its thread worked, which other work
    of the machine does not lengthen."""
    with visiting(browser, websites, markup(tag(hard_run.url)), own=True) as shop:
        shop.open()
        shop.page.wait_for_load_state("networkidle")
        shop.page.context.new_cdp_session(shop.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        browser.start_tracing(page=shop.page, categories=["toplevel", "devtools.timeline"])
        box = shop.dialog.locator("#description")
        box.press_sequentially(TEXT * 4)
        expect(box).to_have_value(TEXT * 4)
        events: list[dict[str, Any]] = json.loads(browser.stop_tracing())["traceEvents"]
        threads = _threads_of_pages(events)
        tasks = [event["tdur"] for event in events if _is_task_of(threads, event)]
        assert len(tasks) > len(TEXT)
        assert max(tasks) < LONG_TASK


def _threads_of_pages(events: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """The threads on which scripts of pages run."""
    return {(event["pid"], event["tid"]) for event in events if event["name"] == "FunctionCall"}


def _is_task_of(threads: set[tuple[int, int]], event: dict[str, Any]) -> bool:
    is_task = event["name"] == "ThreadControllerImpl::RunTask" and "tdur" in event
    return is_task and (event["pid"], event["tid"]) in threads

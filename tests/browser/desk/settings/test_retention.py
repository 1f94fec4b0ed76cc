"""The page of retention in a real browser: what would be erased on a day, on a phone and in every scheme."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from infrastructure.build.translations import compile_catalogues
from tests import local_run as local_runs
from tests.browser.page_checks import is_too_wide, small_targets, violations_in_each_scheme
from tests.browser.signing_in import signed_in
from tests.journeys.privacy.test_erasure import paula
from tests.journeys.privacy.test_retention import RULE, later
from tests.journeys.settings.administration import Office
from tests.journeys.steps import complain, local_date
from tests.local_run import LocalRun


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: a rule erases cases of others."""
    compile_catalogues()
    with local_runs.running(tmp_path_factory.mktemp("retention") / "data") as run:
        yield run


def test_what_is_due_and_what_is_kept_is_seen_on_a_phone(browser: Browser, run: LocalRun) -> None:
    gone, held = complain(run), complain(run)
    for each in (gone, held):
        each.say("withdrawal", {"reason": "It is all right."})
    paula(run).does(held, "hold", {"reason": "She went to court."})
    Office(run).does("site", "demo", RULE, verb="put_retention")
    Office(run).does("site", "demo", RULE | {"category": "delivery.late", "months": 1}, verb="put_retention")
    on = local_date(run) + timedelta(days=64)
    phone = {"width": 320, "height": 844}
    with signed_in(browser, run, "/desk", name="Paula", role="privacy", viewport=phone) as page:
        page.goto(f"{run.url}/desk/retention?site=demo&on={on}")
        expect(page.locator("tbody tr")).to_have_count(2)
        expect(page.locator("tr").filter(has_text=held.reference)).to_contain_text("Kept: a legal hold")
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)
    later(run, 64)
    with signed_in(browser, run, "/desk", name="Paula", role="privacy", viewport=phone) as page:
        page.goto(f"{run.url}/desk/retention?site=demo&lang=ar")
        expect(page.locator("details").filter(has_text=gone.reference)).to_have_count(1)
        assert (violations_in_each_scheme(page), is_too_wide(page)) == ([], False)

"""A custodian opens who complains in a sealed case, in a real browser on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests import local_run as local_runs
from tests.browser.navigation import follow, press
from tests.browser.page_checks import (
    answers_to,
    is_too_wide,
    small_targets,
    violations_in_each_scheme,
    weight,
)
from tests.browser.signing_in import signed_in
from tests.journeys.settings.administration import Office
from tests.journeys.steps import complain
from tests.local_run import LocalRun

SEALED = "conduct.unequal_treatment"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    """A run of its own: a category of it is sealed."""
    with local_runs.running(tmp_path_factory.mktemp("sealed") / "data") as run:
        Office(run).does("codes", "demo", {"put": [{"list": "categories", "code": SEALED, "sealed": True}]})
        yield run


def test_it_is_opened_with_a_reason_and_legible_for_everybody(browser: Browser, run: LocalRun) -> None:
    complaint, phone = complain(run, category=SEALED), {"width": 320, "height": 844}
    path = f"{run.url}/desk/cases/{complaint.reference}"
    with signed_in(browser, run, "/desk", name="Cora", role="custodian", viewport=phone) as page:
        page.goto(f"{path}?lang=en")
        expect(page.get_by_text("Sealed: who complains is known to a custodian alone.")).to_be_visible()
        assert (violations_in_each_scheme(page), is_too_wide(page)) == ([], False)
        page.goto(f"{path}/person?lang=en")
        follow(page, page.get_by_role("link", name="Open the identity"))
        page.get_by_label("Why you open it").fill("The prosecutor asks for the witness.")
        press(page, "Open the identity")
        expect(page.get_by_text("You see who complains for 15 minutes")).to_be_visible()
        answers = answers_to(page)
        page.goto(f"{path}/person?lang=en")
        expect(page.get_by_text(complaint.email)).to_be_visible()
        expect(page.get_by_text("You see this until")).not_to_contain_text("when")
        assert weight(answers) <= 15 * 1024
        assert (violations_in_each_scheme(page), small_targets(page), is_too_wide(page)) == ([], [], False)

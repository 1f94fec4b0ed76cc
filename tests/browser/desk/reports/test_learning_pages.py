"""Themes, actions and their register in a real browser: legible to everybody, narrow, and light to load."""

import uuid
from datetime import timedelta

from playwright.sync_api import Browser

from tests.browser.page_checks import (
    answers_to,
    is_too_wide,
    small_targets,
    violations_in_each_scheme,
    weight,
)
from tests.browser.signing_in import signed_in
from tests.journeys.steps import Staff, local_date
from tests.local_run import LocalRun

MOST_BYTES = 15 * 1024


def done_long_ago(run: LocalRun) -> tuple[str, str]:
    """The codes of a theme and of an action of it that was done months ago."""
    quinn = Staff(run, "Quinn", "quality")
    for staff in (quinn, Staff(run, "Robin", "reviewer")):
        assert staff.call("GET", "/me").status == 200
    today = local_date(run)
    theme, action = f"late-{uuid.uuid4().hex[:8]}", f"carrier-{uuid.uuid4().hex[:8]}"
    asked = (
        (f"theme/demo.{theme}", "open", {"title": "Late", "owner": "Quinn", "category": "delivery.late"}),
        (f"theme/demo.{theme}", "link", {"cases": ["C-7K3M9-QX2HT-7", "C-2ABCD-EFGHJ-R"]}),
        (
            f"action/demo.{action}",
            "plan",
            {
                "text": "Another carrier for the islands",
                "action": "supplier_action",
                "theme": theme,
                "owner": "Robin",
                "due": today.isoformat(),
                "checker": "Quinn",
                "measure": "Complaints in a month",
                "target": "Fewer than two",
                "check_on": (today + timedelta(days=90)).isoformat(),
            },
        ),
        (f"action/demo.{action}", "done", {"done_on": (today - timedelta(days=100)).isoformat()}),
    )
    versions: dict[str, int] = {}
    for record, verb, body in asked:
        version = versions.get(record, 0)
        got = quinn.call("POST", f"/records/{record}/commands/{verb}", body, If_Match=f'"{version}"')
        assert got.status == 200, got.text
        versions[record] = version + 1
    return theme, action


def test_themes_actions_and_their_register_are_there_for_everybody(
    browser: Browser, local_run: LocalRun
) -> None:
    theme, action = done_long_ago(local_run)
    phone = {"width": 320, "height": 844}
    with signed_in(
        browser, local_run, "/desk/shortcuts", name="Quinn", role="quality", viewport=phone
    ) as page:
        answers = answers_to(page)
        for path in (
            f"/desk/records/theme/demo.{theme}?lang=en",
            f"/desk/records/action/demo.{action}?lang=ar",
            f"/desk/records/action/new?site=demo&theme={theme}&lang=tr",
            "/desk/records?kind=alarm&site=demo&lang=en",
            "/desk/actions?site=demo&show=to_check&lang=de",
        ):
            answers.clear()
            assert page.goto(f"{local_run.url}{path}")
            page.evaluate(
                "() => document.querySelectorAll('main details').forEach(one => { one.open = true })"
            )
            found = (violations_in_each_scheme(page), small_targets(page), is_too_wide(page))
            assert (path, found) == (path, ([], [], False))
        assert weight(answers) <= MOST_BYTES

"""Every page, for people who see, read or point differently: none is missed, and nothing moves."""

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

import app
from complaints.management.kinds import declaration, kinds
from complaints.values.people import Role
from tests.browser.kept_contexts import opened
from tests.browser.page_checks import (
    AXE_SCRIPT,
    contrast_violations,
    is_too_wide,
    is_too_wide_in_a_wider_font,
    small_targets,
    small_targets_in_a_narrower_font,
    violations,
)
from tests.browser.signing_in import signed_in
from tests.journeys.steps import Staff, complain, local_date, settle
from tests.local_run import LocalRun
from tests.pages.page_client import OnThePage

WIDE, ZOOMED, NARROW = (
    ViewportSize(width=1440, height=900),
    ViewportSize(width=720, height=450),
    ViewportSize(width=320, height=640),
)
"""A desk screen, the same at 200 %, and the smallest telephone."""

SHIFTS = """window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(each => window.shifts.push(each.value)))
        .observe({ type: 'layout-shift', buffered: true })"""
UNFOLD = "() => document.querySelectorAll('main details').forEach(one => { one.open = true })"

CASE = "/desk/cases/{reference}"
SETTING = "/desk/settings/{kind}/{name}"
Pages = Mapping[str, tuple[str, ...]]
"""Addresses of pages, by the route that answers them."""

DESK: Pages = {
    "/desk": ("/desk",),
    "/desk/queue": ("/desk/queue?queue=overdue&level=3&site=demo-au",),
    "/desk/approvals": ("/desk/approvals",),
    "/desk/views": ("/desk/views",),
    "/desk/shortcuts": ("/desk/shortcuts",),
    "/desk/home": ("/desk/home",),
    "/desk/tasks": ("/desk/tasks?whose=team",),
    "/desk/actions": ("/desk/actions", "/desk/actions?show=checked&whose=mine"),
    "/desk/workload": ("/desk/workload",),
    "/desk/search": ("/desk/search?q=lamp", "/desk/search?q=nobody-wrote-this"),
    "/desk/mail": ("/desk/mail",),
    "/desk/intake": ("/desk/intake",),
    "/desk/texts": ("/desk/texts",),
    "/desk/packs": ("/desk/packs",),
    "/desk/reports": ("/desk/reports",),
    "/desk/reports/load": ("/desk/reports/load?site=demo",),
    "/desk/reports/{name}/cases": ("/desk/reports/volume/cases?site=demo&figure=received",),
    "/desk/handbook/{name}": ("/desk/handbook/agent",),
    CASE: (CASE,),
    f"{CASE}/answer": (f"{CASE}/answer",),
    f"{CASE}/forms/{{verb}}": (f"{CASE}/forms/escalate",),
    f"{CASE}/person": (f"{CASE}/person",),
    f"{CASE}/letters": (f"{CASE}/letters",),
    f"{CASE}/files": (f"{CASE}/files",),
    f"{CASE}/macros": (f"{CASE}/macros",),
    f"{CASE}/case-file": (f"{CASE}/case-file",),
}
LANGUAGES = ("ar", "de", "en", "es", "fr", "tr")
BEGUN = [
    kind
    for kind in kinds()
    if any(Role.ADMIN in declaration(kind).roles[verb] for verb in declaration(kind).begins)
]
"""The kinds of records that an administrator begins."""

OFFICE: Pages = {
    "/desk/stray-mail": ("/desk/stray-mail",),
    "/desk/setup": ("/desk/setup",),
    "/desk/settings": tuple(f"/desk/settings{of}" for of in ("", "?kind=member", "?kind=invitation")),
    "/desk/settings/new/{kind}": tuple(
        f"/desk/settings/new/{kind}"
        for kind in ("site", "member", "invitation", "pack", "standard_text?site=demo")
    ),
    SETTING: (
        *(
            f"/desk/settings/{kind}/demo"
            for kind in ("site", "team", "codes", "texts", "packs", "calendar", "fields")
        ),
        "/desk/settings/member/Sam",
        "/desk/settings/directory/scim",
    ),
    f"{SETTING}/files": ("/desk/settings/texts/demo/files",),
    "/desk/automations": ("/desk/automations?site=demo",),
    "/desk/reports/effect": ("/desk/reports/effect?change=2026-02-01", "/desk/reports/effect"),
    "/desk/records": tuple(
        f"/desk/records?kind={kind}&site=demo" for kind in kinds() if Role.ADMIN in declaration(kind).readers
    ),
    "/desk/records/{kind}/{id}": (
        "{record}",
        "{sample}",
        "{audit}",
        "{review}",
        "{yearly_report}",
        *(f"/desk/records/{kind}/new?site=demo" for kind in BEGUN),
    ),
    "/desk/macros": ("/desk/macros?site=demo",),
    "/desk/proof": ("/desk/proof",),
    "/desk/embed": ("/desk/embed?site=demo",),
    "/desk/members/csv": ("/desk/members/csv",),
    "/desk/packs/{pack}/dry-run": ("/desk/packs/iso10002-default/dry-run",),
}
QUALITY: Pages = {"/desk/survey-texts": ("/desk/survey-texts",)}
PRIVACY: Pages = {
    "/desk/access": ("/desk/access?site=demo",),
    "/desk/retention": ("/desk/retention?site=demo",),
}
HOSTED: Pages = {
    "/": ("/",),
    "/procedure": ("/procedure?site=demo",),
    "/procedure/report": ("{report}",),
    "/complain": ("/complain?site=demo",),
    "/problems": ("/problems",),
    "/problems/{code}": ("/problems/stale",),
    "/openapi": ("/openapi",),
    "/openapi/{operation}": ("/openapi/post_desk_complaints_reference_commands_decide",),
    "/status": ("/status",),
    "/status/{reference}": ("{status}",),
    "/status/{reference}/contact": ("{contact}",),
}
LOOKED_AT_ELSEWHERE = {
    "/desk/signed-out": "desk/test_session",
    "/desk/automations/{name}/trial": "desk/settings/test_automation",
    "/desk/bulk/{bulk}": "desk/queue/test_page",
    "/desk/mail/{mail}": "desk/queue/test_mail",
    f"{CASE}/audit": "desk/case/test_page",
    f"{CASE}/letters/{{letter}}": "test_letters_in_browser",
    f"{CASE}/files/{{attachment}}/preview": "desk/case/test_page",
    f"{CASE}/macros/{{macro}}": "desk/case/test_texts",
    f"{SETTING}/webhook": "desk/settings/test_webhook_secret",
    "/desk/reports/returns/{name}/figures": "desk/reports/test_reports",
    "/desk/reports/returns/{name}/codes": "desk/reports/test_reports",
    "/complain/done": "public/test_complain_page",
    "/status/{reference}/address": "public/test_contact_pages",
    "/tasks/{reference}/{task}": "public/test_contact_pages",
}
NO_PAGES = {
    "/health", "/openapi.json", "/desk/sign-in", "/desk/signed-in", "/desk/mail/{mail}/raw", f"{CASE}/next",
    f"{CASE}/previous", f"{CASE}/files/{{attachment}}", f"{CASE}/case-file/{{entry}}",
    f"{CASE}/letters/{{letter}}/files/{{place}}", "/desk/reports/histories",
    "/desk/reports/{name}/csv", "/desk/reports/cases", "/desk/reports/returns/{name}",
    "/status/{reference}/files/{attachment}",
    "/status/{reference}/letters/{letter}",
}  # fmt: skip
"""Data, downloads, and addresses that lead on."""


def test_no_page_is_missed() -> None:
    routes = {
        path
        for path, methods in app.app.routes.items()
        if methods["GET"].view_function.__name__ not in ("wrong_method", "nothing_here")
        and not path.startswith(("/v1/", "/scim/"))
    }
    named = [*DESK, *OFFICE, *QUALITY, *PRIVACY, *HOSTED, *LOOKED_AT_ELSEWHERE, *NO_PAGES]
    assert sorted(named) == sorted(routes), "name a new page here, so that it is looked at"


def evaluated(run: LocalRun) -> dict[str, str]:
    """The pages of a sample, an audit, a review and a yearly report with something in each, and the public
    page of the last."""
    gone = complain(run)
    gone.say("withdrawal", {"reason": "It has been found."})
    settle(run)
    sam, robin = Staff(run, "Sam", "admin"), Staff(run, "Robin", "reviewer")
    # Neighbours name people process owners, and an owner may not audit.
    auditor = Staff(run, f"Auditor {uuid.uuid4().hex[:8]}", "quality")
    for staff in (sam, auditor, robin):
        assert staff.call("GET", "/me").status == 200
    today = local_date(run)
    period = {"since": (today - timedelta(days=20)).isoformat(), "until": today.isoformat()}
    later = (today + timedelta(days=300)).isoformat()
    plan = {"title": "A", "scope": "B", "clauses": ["7.8"]}
    asked = {"question": "reasons_told", "grade": "observation", "text": "Reasons are long."}
    kept: dict[str, list[tuple[Staff, str, dict[str, Any]]]] = {
        "sample": [(auditor, "draw", {**period, "size": 5})],
        "audit": [
            (sam, "plan", {**plan, "auditor": auditor.name, "on": later}),
            (auditor, "answer", {"question": "reasons_told", "result": "yes", "evidence": "Ten letters"}),
            (auditor, "find", {**asked, "owner": "Sam", "due": later}),
        ],
        "review": [
            (sam, "plan", {**period, "on": today.isoformat()}),
            (sam, "hold", {"present": ["Sam"], "conclusion": "It serves.", "next_on": later}),
            (sam, "decide", {"area": "process", "text": "Write less.", "owner": "Robin", "due": later}),
        ],
        "yearly_report": [
            (sam, "prepare", {"since": "2018-01-01", "until": "2018-12-31"}),
            (sam, "write", dict.fromkeys(("learned", "changed"), dict.fromkeys(LANGUAGES, "We learned."))),
            (robin, "approve", {}),
            (sam, "publish", {}),
        ],
    }
    code = uuid.uuid4().hex
    for kind, steps in kept.items():
        for version, (staff, verb, body) in enumerate(steps):
            path = f"/records/{kind}/demo.{code}/commands/{verb}"
            got = staff.call("POST", path, body, If_Match=f'"{version}"')
            assert got.status == 200, got.text
    pages = {kind: f"/desk/records/{kind}/demo.{code}" for kind in kept}
    return pages | {"report": f"/procedure/report?site=demo&name={code}"}


@pytest.fixture(scope="module")
def places(local_run: LocalRun) -> dict[str, str]:
    """What stands for the parts of an address: a case that is decided, and the pages of its complainant."""
    complaint = complain(local_run, subject="The lamp came in pieces.")
    Staff(local_run).decides(complaint)
    settle(local_run)
    own = OnThePage(local_run)
    record = f"/records/responsibility/demo.{uuid.uuid4().hex}"
    body = {"duty": "process_owner", "member": "Sam", "since": "2026-01-01", "reason": "It was agreed."}
    Staff(local_run, "Sam", "admin").call("POST", f"{record}/commands/assign", body, If_Match='"0"')
    token = f"?t={own.complaint['access']}"
    return {
        "reference": complaint.reference,
        "record": f"/desk{record}",
        **evaluated(local_run),
        "status": f"{own.path}{token}",
        "contact": f"{own.path}/contact{token}",
    }


@pytest.mark.parametrize(
    ("name", "role", "table"),
    [
        ("Deniz", "reviewer", DESK),
        ("Sam", "admin", OFFICE),
        ("Kim", "quality", QUALITY),
        ("Pia", "privacy", PRIVACY),
    ],
)
def test_every_page_of_the_desk_is_there_for_everybody_and_nothing_moves(
    browser: Browser,
    local_run: LocalRun,
    places: dict[str, str],
    name: str,
    role: str,
    table: Pages,
) -> None:
    with signed_in(browser, local_run, "/desk/shortcuts", name=name, role=role) as page:
        _look_at(page, local_run, [each.format(**places) for each in _paths(table)])


def test_every_hosted_page_is_there_for_everybody_and_nothing_moves(
    browser: Browser, local_run: LocalRun, places: dict[str, str]
) -> None:
    with opened(browser) as page:
        _look_at(page, local_run, [each.format(**places) for each in _paths(HOSTED)])


def _paths(table: Pages) -> Iterator[str]:
    return (path for paths in table.values() for path in paths)


def _look_at(page: Page, run: LocalRun, paths: list[str]) -> None:
    """Wide in forced colours, light and dark; then narrow from right to left, with more contrast."""
    page.add_init_script(SHIFTS)
    page.add_init_script(AXE_SCRIPT)  # sent once, and not with each page: it has half a megabyte
    for path in paths:
        page.emulate_media(forced_colors="active", contrast="no-preference", color_scheme="light")
        page.set_viewport_size(WIDE)
        answered = page.goto(f"{run.url}{path}")
        assert answered
        assert (path, answered.status) == (path, 200)
        page.evaluate(UNFOLD)
        assert (path, violations(page), is_too_wide(page)) == (path, [], False)
        page.emulate_media(forced_colors="none")
        assert (path, contrast_violations(page)) == (path, [])
        page.emulate_media(color_scheme="dark")
        assert (path, contrast_violations(page)) == (path, [])
        for narrow in (ZOOMED, NARROW):
            page.set_viewport_size(narrow)
            assert (path, is_too_wide(page)) == (path, False)
        page.emulate_media(contrast="more")
        page.set_viewport_size(NARROW)
        page.goto(f"{run.url}{path}{'&' if '?' in path else '?'}lang=ar")
        assert (path, page.evaluate("window.shifts")) == (path, [])
        page.evaluate(UNFOLD)
        assert page.evaluate("() => getComputedStyle(document.querySelector('main')).direction") == "rtl"
        assert (path, violations(page), small_targets(page), is_too_wide(page)) == (path, [], [], False)
        assert (path, small_targets_in_a_narrower_font(page)) == (path, [])
        assert (path, is_too_wide_in_a_wider_font(page)) == (path, False)


def test_what_is_looked_at_elsewhere_is() -> None:
    folder = Path(__file__).parent
    for path, name in LOOKED_AT_ELSEWHERE.items():
        text = (folder / f"{name}.py").read_text("utf-8")
        assert re.search(r"\bviolations", text), (path, name)

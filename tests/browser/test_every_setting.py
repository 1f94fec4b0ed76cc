"""Every setting is changed once by a form, in one browser, after the refusal that a person would meet.

A new setting, or a new field of one, fails here until it has a form without JSON and a row in `ROWS`.
"""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Locator, Page, expect

from complaints.settings.changes import (
    CHANGES,
)
from complaints.settings.commands import (
    ADD,
)
from complaints.settings.setting import SettingKind
from functions.desk.settings.change_forms.form_parts import EXAMPLES, FREE, PARTS, SAID
from functions.desk.settings.change_forms.forms import fields_of_change, parts_of
from functions.desk.settings.page import OWN_PAGES
from functions.forms.widgets import Widget
from tests.browser.navigation import follow
from tests.browser.signing_in import signed_in
from tests.journeys.settings.administration import Office
from tests.local_run import LocalRun

Typed = Mapping[str, str | bool | list[str]]
REASON: dict[str, Any] = {"reason": "Agreed."}


class Row(NamedTuple):
    """A form of a setting, named by its part or its verb: what is `wrong` is refused at the input `at`, and
    mended by what is `right`."""

    kind: str
    form: str
    wrong: Typed
    at: str
    right: Typed


_LANGUAGES: dict[str, Any] = {"languages": ["en", "tr"]}
ROWS = (
    Row(
        "site", "organisation", REASON | _LANGUAGES | {"currency": "Euros"}, "currency",
        {"currency": "GBP", "name": "Every Shop", "contact": "12 Long Street",
         "telephone": "+1 217 555 0100", "country": "GB",
         "region": "GB-SCT", "language": "en"},
    ),
    Row("site", "hours", REASON | {"windows.mon": "from nine"}, "windows.mon",
        {"windows.mon": "09:00–12:30, 13:30–18:00", "zone": "Europe/London", "holidays": "GB-ENG"}),
    Row("site", "intake", REASON | {"origins": "shop.example"}, "origins",
        {"origins": "https://shop.example", "is_open": True, "feedback": ["praise"],
         "widget_feedback": True, "takes_mail": True, "proof_wanted": False,
         "holds_letters": True}),
    Row("site", "decisions", REASON | {"approval_limit": "a lot", "always_approve": False}, "approval_limit",
        {"approval_limit": "250", "agent_limit": "100", "reviewer_limit": "900", "two_stages": True,
         "agents_extend": True, "budgets": "Goodwill"}),
    Row("site", "competence", {"decision_topics": ["law"], "approval_topics": ["procedure"],
        "review_topics": ["listening"]}, "reason", REASON),
    Row("site", "outside", REASON | {"external_body.cost": "Free"}, "external_body.name",
        {"external_body.name": "Ombudsman", "external_body.url": "https://ombudsman.example/",
         "external_body.note": "After our answer.", "external_body.address": "1 Square, London",
         "external_body.time": "six months", "external_body_at_once": True,
         "authority.name": "Authority", "authority.url": "https://authority.example/",
         "authority.note": "Any.", "authority.address": "2 Square", "authority.cost": "Free",
         "authority.time": "any"}),
    Row("site", "law", {"sector": "bank", "regulated": True, "trial": True}, "reason", REASON),
    Row("site", "webhook", REASON | {"webhook": "http://shop.example/hook"}, "webhook",
        {"webhook": "https://shop.example/hook"}),
    Row("site", "access", REASON | {"access_log_days": "7"}, "access_log_days",
        {"access_log_days": "400", "shows_readers": True, "privacy_approval": True, "anonymous": True}),
    Row("site", "rotate", {}, "reason", REASON),
    Row("site", "put_checklist", REASON | {"category": "delivery.late", "items": "Ring them."}, "items",
        {"items": "1: Ring them."}),
    Row("site", "put_retention", REASON | {"data": "case", "category": "delivery.late", "basis": "law",
        "counted_from": "closing", "source": "Commercial Code", "months": "many"}, "months",
        {"months": "72"}),
    Row("site", "put_transactions", REASON | {"month": "2026-02", "number": "many"}, "number",
        {"number": "12400"}),
    Row("team", "change", REASON | {"team": "the team", "quality": "q@shop.example"}, "team",
        {"team": "t@shop.example", "manager": "m@shop.example", "safety": "s@shop.example"}),
    Row("codes", "put", REASON | {"list": "categories", "code": "delivery.locker", "labels.en": "Locker"},
        "labels.tr", {"labels.tr": "Dolap", "state": "draft", "is_dangerous": True, "is_sealed": True}),
    Row("codes", "put", REASON | {"list": "outcomes", "code": "goodwill", "labels.en": "Goodwill",
        "labels.tr": "Jest"}, "like", {"like": "upheld"}),
    Row("texts", "procedure", REASON | {"introduction.tr": "Üzgünüz."}, "introduction.en",
        {"introduction.en": "We are sorry."}),
    Row("texts", "privacy", REASON | {"notice.tr": "Saklarız."}, "notice.en", {"notice.en": "We keep it."}),
    Row("texts", "letterhead", REASON | {"letterhead.accent": "#ffcc00"}, "letterhead.accent",
        {"letterhead.accent": "#0f766e", "letterhead.accent_text": "#fefefe",
         "letterhead.logo": "https://shop.example/logo.svg",
         "letterhead.privacy": "https://shop.example/privacy",
         "letterhead.contact": "https://shop.example/contact", "letterhead.sender.en": "Every Shop",
         "letterhead.signature.en": "Your team"}),
    Row("texts", "put_wording", REASON | {"place": "acknowledgement", "texts.en": "Dear {nobody}"},
        "texts.en", {"texts.en": "We close at noon."}),
    Row("calendar", "put_day", REASON | {"on": "2031-03-03", "names.tr": "Kuruluş günü"}, "names.en",
        {"names.en": "Founders' day", "closed_from": "13:00"}),
    Row("calendar", "remove_day", REASON | {"on": "2031-03-04"}, "on", {"on": "2031-03-03"}),
    Row("fields", "put_field", REASON | {"code": "shelf", "type": "choice", "labels.en": "Shelf",
        "labels.tr": "Raf", "choices.en": "top: Top"}, "choices.tr",
        {"choices.tr": "top: Üst", "is_required": True, "categories": ["delivery.late"]}),
    Row("packs", "change", REASON | {"packs": []}, "packs",
        {"packs": ["iso10002-default", "uk-gdpr-dsr"], "seen": ["uk-gdpr-dsr"]}),
    Row("packs", "migrate", {"pack": "iso10002-default"}, "reason", REASON),
    Row("standard_text", "change", {"id": "late", "title": "Late", "use": "reply", "texts.en": "Sorry."},
        "reason", REASON | {"roles": ["agent"]}),
    Row("invitation", "send", REASON | {"name": "Can", "email": "nobody", "roles": ["agent"],
        "letter_language": "tr"}, "email", {"email": "can@shop.example"}),
    Row("invitation", "send_again", {}, "reason", REASON),
    Row("invitation", "withdraw", {}, "reason", REASON),
    Row("directory", "change", REASON | {"groups": "Team"}, "groups",
        {"groups": "Team: agent @ demo", "gives_administrator": False}),
    Row("member", "change", REASON | {"name": "Ayşe", "email": "nobody", "roles": ["agent"]}, "email",
        {"email": "ayse@shop.example", "digest": True, "away.from": "2031-03-03",
         "away.until": "2031-03-09", "away.stand_in": "Deniz", "sensitive": False}),
    Row("member", "deactivate", {}, "reason", REASON),
    Row("member", "activate", {}, "reason", REASON),
)  # fmt: skip
NEW: dict[str, Any] = {
    "name": "Every", "language": "en", "zone": "Europe/Lundon", "holidays": "GB-ENG", "currency": "EUR",
    "country": "GB", "origins": "https://shop.example", "team": "a@shop.example",
    "manager": "b@shop.example",
}  # fmt: skip

ELSEWHERE = {
    ("macro", "change"): "the page of macros has a form of steps: tests/journeys/case/test_macros.py",
    ("pack", "change"): "a promise pack of one's own is a file",
    ("directory", "stop"): "it takes a token: tests/journeys/staff/test_scim.py",
    ("automation", "change"): "rules have a page of their own, and are tried on past cases first",
}
OF_A_FIELD = {
    "is_retired": "tests/pages/desk/settings/test_settings.py: it ends the field",
    "retired": "tests/journeys/case/test_standard_texts.py: it ends the text",
    "is_sensitive": "tests/journeys/access/test_sensitive_cases.py: it takes a cleared reviewer",
    "sites": "chosen where the member is added",
}
"""What other tests change by the same forms, because more belongs to it."""


def forms() -> Iterator[tuple[SettingKind, str, str]]:
    """The kind, the verb and the part of each form of a setting that people see first."""
    for kind, verb in CHANGES:
        if (kind, verb) in ELSEWHERE or verb in (ADD, *OWN_PAGES):
            continue
        for part in parts_of(SettingKind(kind), verb):
            fields = fields_of_change(CHANGES[kind, verb], part)[:-1]
            if not fields or any(field.widget is not Widget.JSON for field in fields):
                yield SettingKind(kind), verb, part


def test_each_setting_and_each_of_its_fields_has_a_row_here_and_no_json() -> None:
    changed: dict[tuple[str, str], set[str]] = {}
    for row in ROWS:
        names = {name for typed in (row.wrong, row.right) for name in typed}
        changed.setdefault((row.kind, row.form), set()).update(names)
    for kind, verb, part in forms():
        fields = fields_of_change(CHANGES[kind, verb], part)
        every = {field.group or field.name for field in fields_of_change(CHANGES[kind, verb])} - {
            "reason",
            "checklists",
            "transactions",
            "retention",
        }
        assert not part or {name for names in PARTS[kind, verb].values() for name in names} == every
        known = changed.get((kind, part or verb))
        assert known is not None, f"no row changes {kind} by the form {part or verb}"
        assert not [each.name for each in fields if each.widget is Widget.JSON], (kind, part or verb)
        for field in fields:
            is_changed = any(name == field.name or name.startswith(f"{field.name}.") for name in known)
            assert is_changed or field.name in OF_A_FIELD, (kind, part or verb, field.name)


def test_each_field_that_is_written_freely_has_an_example() -> None:
    fields = [field for kind, verb, part in forms() for field in fields_of_change(CHANGES[kind, verb], part)]
    chosen = {
        "language", "letter_language", "languages", "feedback", "holidays", "category", "categories", "place",
        "packs", "seen", "pack", "sites", "sector", "away.stand_in",
    }  # fmt: skip
    without = {field.name for field in fields if field.widget in FREE} - chosen - set(EXAMPLES) - SAID
    assert without == set()


def fill(form: Locator, typed: Typed) -> None:
    """Types, ticks and chooses as a person does."""
    for name, value in typed.items():
        inputs = form.locator(f'[name="{name}"]')
        if isinstance(value, list):
            marks = inputs.evaluate_all("all => all.map(one => [one.value, one.checked])")
            for place, (mark, is_checked) in enumerate(marks):
                if is_checked != (mark in value):
                    inputs.nth(place).set_checked(mark in value)
        elif isinstance(value, bool):
            inputs.set_checked(value)
        elif inputs.evaluate("one => one.tagName") == "SELECT":
            inputs.select_option(value)
        else:
            inputs.fill(value)


def refused_then_taken(page: Page, form: str, row: Row, action: str) -> None:
    """Sends what is wrong, reads what is said beside the input, mends it, and sends it again."""
    at = page.locator(form)
    fill(at, row.wrong)
    follow(page, at.locator("button.main"))
    at = page.locator(form)
    wrong = at.locator(f'[name="{row.at}"], fieldset[id$="-{row.at}"]').first
    text = f'[id="{wrong.get_attribute("id")}-wrong"]'
    assert page.locator(text).inner_text(), (row.kind, row.form)
    assert page.get_by_role("alert").inner_text()
    fill(at, row.right)
    follow(page, at.locator("button.main"))
    if page.locator("main button[name=step][value=do]").count():
        follow(page, page.locator("main button[name=step][value=do]"))
    expect(page.get_by_role("status").first).to_be_visible()
    assert action in page.url


def test_every_setting_is_changed_by_a_form_after_its_refusal_was_mended(
    browser: Browser, local_run: LocalRun
) -> None:
    office = Office(local_run)
    key = f"every-{uuid.uuid4().hex[:8]}"
    names: dict[str, str] = {"standard_text": f"{key}.late", "member": f"member-{key}", "directory": "scim"}
    admin: dict[str, Any] = {"name": office.adds("admin").name, "role": "admin", "java_script_enabled": False}
    with signed_in(browser, local_run, "/desk/settings/new/site", **admin) as page:
        new = Row("site", "add", REASON | NEW | {"id": key} | _LANGUAGES, "zone", {"zone": "Europe/London"})
        refused_then_taken(page, "main form", new, "done=add")
        for row in ROWS:
            name = names.get(row.kind, key)
            address = f"{local_run.url}/desk/settings/{row.kind}/{name}"
            is_new = row.form == "send" or (row.form == "change" and row.kind in ("standard_text", "member"))
            if is_new:
                query = f"?site={key}" if row.kind == "standard_text" else ""
                page.goto(f"{local_run.url}/desk/settings/new/{row.kind}{query}")
                more: Any = {} if row.kind == "standard_text" else {"sites": [key, "demo"]}
                more |= {"id": name} if row.kind == "member" else {}
                row = row._replace(wrong={**row.wrong, **more})
            else:
                if page.url.partition("?")[0] != address and row.kind != "invitation":
                    page.goto(address)
                page.locator(f"#do-{row.form} > summary").click()
            refused_then_taken(page, "main form" if is_new else f"#do-{row.form}", row, "done=")
    site = office_of(local_run, admin["name"]).setting("site", key)["record"]
    assert (site["currency"], site["windows"]["mon"][1], site["origins"], site["budgets"]) == (
        "GBP", ["13:30", "18:00"], ["https://shop.example"], ["Goodwill"],
    )  # fmt: skip
    assert (site["external_body"]["name"], site["webhook"]) == ("Ombudsman", "https://shop.example/hook")
    texts = office_of(local_run, admin["name"]).setting("texts", key)["record"]
    assert texts["letters"] == {"acknowledgement": {"en": "We close at noon."}}
    assert (texts["notice"]["en"], texts["letterhead"]["accent"]) == ("We keep it.", "#0f766e")


def office_of(run: LocalRun, name: Any) -> Office:
    """The settings as the administrator sees them who added the site."""
    return Office(run, str(name))

"""Abuse cases 12 and 13 for pages: each role against each page and form of the desk, as the table says."""

from typing import NamedTuple

import pytest

import app
from complaints.handling.permissions import may
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.settings.changes import (
    CHANGES,
)
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.values.people import Role
from tests.http import Answer
from tests.journeys.steps import Complaint, Staff, complain, still
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, signed_in

CASE = "/desk/cases/{reference}"
NEW = "/desk/settings/new/{kind}"
SETTING = "/desk/settings/{kind}/{name}"
RECORD = "/desk/records/{kind}/{id}"
WEBHOOK = f"{SETTING}/webhook"
RETURN_CODES = "/desk/reports/returns/{name}/codes"
ENCLOSURES = f"{SETTING}/files"
ENCLOSURE = f"{ENCLOSURES}/{{block}}/{{tag}}"
DOOR = {
    ("GET", "/desk/sign-in"),
    ("GET", "/desk/signed-in"),
    ("GET", "/desk/signed-out"),
    ("POST", "/desk/sign-out"),
}
"""What is for everybody who comes or goes."""

READS = {
    "/desk": "read_queue",
    "/desk/queue": "read_queue",
    "/desk/approvals": "approve",
    "/desk/workload": "read_queue",
    "/desk/home": "read_reports",
    "/desk/shortcuts": "read_me",
    "/desk/texts": "read_settings",
    "/desk/macros": "change_macro",
    "/desk/embed": "read_settings",
    "/desk/automations": "read_settings",
    "/desk/handbook/{name}": "read_me",
    "/desk/automations/{name}/trial": "change_automation",
    "/desk/setup": "add_site",
    "/desk/members/csv": "send_invitation",
    "/desk/tasks": "read_queue",
    "/desk/access": "read_access_log",
    "/desk/retention": "read_retention",
    "/desk/actions": "read_queue",
    "/desk/intake": "receive",
    "/desk/search": "read_queue",
    "/desk/mail": "read_mail",
    "/desk/stray-mail": "read_stray_mail",
    "/desk/mail/{mail}": "read_stray_mail",
    "/desk/mail/{mail}/raw": "read_stray_mail",
    "/desk/views": "read_queue",
    "/desk/bulk/{bulk}": "assign",
    "/desk/settings": "read_settings",
    NEW: "change_member",
    SETTING: "read_settings",
    ENCLOSURES: "put_enclosure_texts",
    "/desk/packs": "read_settings",
    "/desk/packs/{pack}/dry-run": "dry_run",
    "/desk/reports": "read_reports",
    "/desk/reports/load": "read_reports",
    "/desk/reports/{name}/csv": "read_reports",
    "/desk/reports/{name}/cases": "read_report_cases",
    "/desk/reports/cases": "read_export",
    "/desk/reports/histories": "export_people",
    "/desk/reports/effect": "read_reports",
    "/desk/survey-texts": "read_survey_texts",
    "/desk/proof": "read_proof",
    "/desk/reports/returns/{name}": "read_export",
    "/desk/reports/returns/{name}/figures": "read_export",
    RETURN_CODES: "map_return_codes",
    CASE: "read_case",
    f"{CASE}/forms/{{verb}}": "task",
    f"{CASE}/audit": "read_audit",
    f"{CASE}/person": "read_case",
    f"{CASE}/next": "read_queue",
    f"{CASE}/previous": "read_queue",
    f"{CASE}/answer": "respond",
    f"{CASE}/macros": "read_case",
    f"{CASE}/macros/{{macro}}": "read_case",
    f"{CASE}/letters": "read_case",
    f"{CASE}/letters/{{letter}}": "read_case",
    f"{CASE}/letters/{{letter}}/files/{{place}}": "read_case",
    f"{CASE}/files": "add_file",
    f"{CASE}/files/{{attachment}}": "read_case",
    f"{CASE}/files/{{attachment}}/preview": "read_case",
    f"{CASE}/case-file": "prepare_case_file",
    f"{CASE}/case-file/{{entry}}": "prepare_case_file",
    WEBHOOK: "test_webhook",
    "/desk/records": "read_records",
    RECORD: "read_records",
}
"""Every page of the desk, and what `permissions` calls it."""

COMMAND = f"{CASE}/commands/{{verb}}"
CHANGE = f"{SETTING}/commands/{{verb}}"
SECRET = f"{SETTING}/secret"
OF_ONE_KIND = {
    NEW: "member",
    SECRET: "site",
    WEBHOOK: "site",
    **dict.fromkeys((ENCLOSURES, ENCLOSURE, f"{ENCLOSURE}/{{file}}/arrived"), "texts"),
}
"""Pages that settings of one kind alone have."""
WRITES = {
    "/desk/assign": "assign",
    "/desk/bulk": "assign",
    "/desk/views": "keep_views",
    "/desk/intake": "receive",
    "/desk/mail/{mail}/join": "join_mail",
    "/desk/mail/{mail}/complaint": "receive",
    "/desk/mail/{mail}/move": "move_mail",
    NEW: "change_member",
    SECRET: "read_secret",
    WEBHOOK: "test_webhook",
    ENCLOSURE: "put_enclosure_texts",
    RETURN_CODES: "map_return_codes",
    f"{ENCLOSURE}/{{file}}/arrived": "put_enclosure_texts",
    f"{CASE}/presence": "read_case",
    f"{CASE}/person": "erase",
    f"{CASE}/files": "add_file",
    f"{CASE}/files/{{attachment}}/arrived": "add_file",
    f"{CASE}/case-file": "prepare_case_file",
    "/desk/directory/token": "rotate_directory",
    "/desk/members/csv": "send_invitation",
    "/desk/survey-texts": "read_survey_texts",
    "/desk/macros": "change_macro",
    f"{RECORD}/{{verb}}": "keep_records",
    f"{CASE}/macros/{{macro}}": "read_case",
    f"{CASE}/examination": "",
    f"{CASE}/approval": "approve",
    COMMAND: "",
    CHANGE: "",
}
"""Every form of the desk; the verb of a command is its own action, that of a change with its kind."""

EXAMPLES = {
    "attachment": "f-1",
    "block": "uk.fos_leaflet",
    "bulk": "none",
    "file": "f-1",
    "id": "demo.none",
    "entry": "1",
    "letter": "000001.1",
    "macro": "none",
    "mail": "none",
    "name": "demo",
    "pack": "tr-consumer",
    "place": "1",
    "tag": "en",
    "verb": "task",
}


class Tried(NamedTuple):
    """One page or form, and what the table calls it."""

    method: str
    path: str
    action: str

    def by(self, desk: Desk) -> Answer:
        """Opens the page, or sends the form with nothing in it but the session's token."""
        return desk.get(self.path) if self.method == "GET" else desk.post(self.path, [("form", desk.token())])


def every_page(reference: str) -> list[Tried]:
    named = {"reference": reference, **EXAMPLES}
    reads = [
        Tried(
            "GET",
            path.format(kind=OF_ONE_KIND.get(path, "site"), **named),
            called,
        )
        for path, called in READS.items()
    ]
    writes = [
        Tried("POST", path.format(kind=OF_ONE_KIND.get(path, "member"), **named), called)
        for path, called in WRITES.items()
        if called
    ]
    changes = [
        Tried("POST", CHANGE.format(**named | {"kind": kind, "verb": verb}), action(verb, SettingKind(kind)))
        for kind, verb in CHANGES
    ]
    members = [
        Tried("GET", "/desk/settings?kind=member", "read_staff"),
        Tried("GET", "/desk/settings/member/Sam", "read_staff"),
    ]
    commands = [Tried("POST", COMMAND.format(**named | {"verb": verb}), verb) for verb in STAFF_COMMANDS]
    return reads + writes + commands + changes + members


def test_s12_every_page_of_the_desk_is_in_the_table() -> None:
    bound = {
        (method, route)
        for route, methods in app.app.routes.items()
        for method, entry in methods.items()
        if route.startswith("/desk") and entry.view_function.__name__ != "wrong_method"
    }
    expected = {("GET", path) for path in READS} | {("POST", path) for path in WRITES}
    assert bound == DOOR | expected


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


@pytest.mark.parametrize("role", Role)
def test_s12_each_role_sees_and_does_what_the_table_says(complaint: Complaint, role: Role) -> None:
    desk = signed_in(complaint.run, "Kim", role)
    before = still(Staff(complaint.run).case(complaint))
    for tried in every_page(complaint.reference):
        got = tried.by(desk)
        if may((role,), tried.action):
            assert got.status in (200, 303, 404, 409, 412, 422, 428), tried
        else:
            assert got.status == 403, tried
            assert "form-" not in got.text
    assert still(Staff(complaint.run).case(complaint)) == before


@pytest.mark.parametrize("role", Role)
def test_s12_every_place_that_is_offered_may_be_gone_to(local_run: LocalRun, role: Role) -> None:
    desk = signed_in(local_run, "Kim", role)
    places = desk.get("/desk").text.split('id="places"')[1].split("</nav>")[0]
    links = [part.partition('"')[0] for part in places.split('<a href="')[1:]]
    addresses = [address for address in links if "?lang=" not in address]
    assert [address for address in addresses if desk.get(address).status != 200] == []

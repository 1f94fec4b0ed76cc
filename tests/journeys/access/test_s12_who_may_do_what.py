"""Abuse cases 12 and 13: each role against each address and verb of the desk, as the one table says."""

import uuid
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest

import app
from complaints.handling.permissions import may
from complaints.handling.staff_commands import STAFF_COMMANDS
from complaints.management.kinds import declaration, kinds
from complaints.management.record import RecordKind
from complaints.settings.changes import (
    CHANGES,
)
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.values.people import Role
from tests.http import Answer
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain, still
from tests.local_run import LocalRun

CASE = "/complaints/{reference}"
READS = {
    "/me": "read_me",
    "/members": "read_members",
    "/complaints": "read_queue",
    "/export": "read_export",
    "/export/cases": "read_export",
    "/export/histories": "export_people",
    "/returns": "read_export",
    "/returns/{name}": "read_export",
    "/reports/load": "read_reports",
    "/reports/{name}": "read_reports",
    "/reports/{name}/cases": "read_report_cases",
    "/survey-texts": "read_survey_texts",
    "/proof": "read_proof",
    "/search": "read_queue",
    "/home": "read_reports",
    "/tasks": "read_queue",
    "/access": "read_access_log",
    "/retention": "read_retention",
    "/actions": "read_queue",
    "/views": "read_queue",
    "/bulk/{bulk}": "assign",
    CASE: "read_case",
    f"{CASE}/audit": "read_audit",
    f"{CASE}/attachments/{{attachment}}": "read_case",
    f"{CASE}/texts/{{verb}}": "message",
    f"{CASE}/macros": "read_case",
    f"{CASE}/person": "read_case",
    f"{CASE}/letters": "read_case",
    f"{CASE}/letters/{{letter}}": "read_case",
    "/mail": "read_stray_mail",
    "/mail/{mail}": "read_stray_mail",
    "/mail/{mail}/raw": "read_stray_mail",
    "/settings": "read_settings",
    "/packs": "read_settings",
    "/texts": "read_settings",
    "/automations": "read_settings",
    "/settings/{kind}/{name}": "read_settings",
    "/records": "read_records",
    "/records/{kind}/{id}": "read_records",
}
"""Every address that is read at the desk, and what `permissions` calls that."""

DRY_RUN = "/packs/{pack}/dry-run"
TRIAL = "/settings/{kind}/{name}/dry-run"
RULE_TRIAL = "/automations/{name}/dry-run"
PREVIEW = "/settings/{kind}/{name}/preview"
SECRET = "/settings/{kind}/{name}/secret"
RECORD = "/records/{kind}/{id}/commands/{verb}"
FILES = "/settings/{kind}/{name}/files"
MAIL_WRITES = {"join": "join_mail", "complaint": "receive", "move": "move_mail"}
EXAMPLES = {
    "attachment": 1,
    "bulk": "none",
    "letter": "000001.1",
    "id": "demo.none",
    "kind": "site",
    "name": "demo",
    "mail": "none",
    "verb": "message",
}

WRITES = {
    "/complaints",
    "/views",
    "/bulk",
    "/bulk/{bulk}/steps",
    "/imports",
    f"{CASE}/commands/{{verb}}",
    f"{CASE}/presence",
    f"{CASE}/attachments",
    f"{CASE}/attachments/{{attachment}}/arrived",
    "/settings/{kind}/{name}/commands/{verb}",
    "/members/csv",
    "/directory/token",
    "/survey-texts/{text}",
    DRY_RUN,
    TRIAL,
    RULE_TRIAL,
    PREVIEW,
    SECRET,
    FILES,
    RECORD,
    *(f"/mail/{{mail}}/{verb}" for verb in MAIL_WRITES),
}
"""Every address of the desk that is written to: the verb is the action, that of the first is `receive`."""

COMMANDS = list(STAFF_COMMANDS)
NOTHING_DONE = (400, 404, 409, 412, 422, 428)


class Tried(NamedTuple):
    """One call, and what the table calls it."""

    method: str
    path: str
    action: str


def every_call(reference: str) -> Iterator[Tried]:
    for path, reading in READS.items():
        yield Tried("GET", path.format(reference=reference, **EXAMPLES), reading)
    yield Tried("GET", "/settings/member/Sam", "read_staff")
    yield Tried("POST", "/complaints", "receive")
    yield Tried("POST", "/imports", "import")
    yield Tried("PUT", "/views", "keep_views")
    yield Tried("POST", "/bulk", "assign")
    yield Tried("POST", "/bulk/none/steps", "assign")
    yield Tried("POST", "/members/csv", "send_invitation")
    yield Tried("POST", "/directory/token", "rotate_directory")
    yield Tried("POST", "/survey-texts/none?site=demo", "read_survey_texts")
    yield Tried("POST", DRY_RUN.format(pack="no-such"), "dry_run")
    yield Tried("POST", TRIAL.format(kind="calendar", name="no-such"), "change_calendar")
    yield Tried("POST", RULE_TRIAL.format(name="demo.none"), "change_automation")
    yield Tried("POST", PREVIEW.format(kind="texts", name="demo"), "change_texts")
    yield Tried("POST", SECRET.format(kind="site", name="demo"), "read_secret")
    yield Tried("POST", FILES.format(kind="texts", name="demo"), "put_enclosure_texts")
    for verb, called in MAIL_WRITES.items():
        yield Tried("POST", f"/mail/none/{verb}?site=demo", called)
    for recorded in kinds():
        for verb in declaration(recorded).commands:
            yield Tried("POST", RECORD.format(kind=recorded, id="demo.none", verb=verb), "keep_records")
    for verb in COMMANDS:
        yield Tried("POST", f"/complaints/{reference}/commands/{verb}", verb)
    for kind, verb in CHANGES:
        yield Tried("POST", f"/settings/{kind}/demo/commands/{verb}", action(verb, SettingKind(kind)))


def is_permitted(role: Role, tried: Tried) -> bool:
    """Whether the tables allow it: that of all actions, and of a record that of its kind."""
    if tried.action != "keep_records":
        return may((role,), tried.action)
    _, _, kind, _, _, verb = tried.path.split("/")
    return role in declaration(RecordKind(kind)).roles[verb]


def attempt(staff: Staff, tried: Tried) -> Answer:
    """The call with nothing in it, on a version that there is not, and with a key of its own."""
    body: dict[str, str] | None = None if tried.method == "GET" else {}
    headers = {"If_Match": '"999"', "Idempotency_Key": str(uuid.uuid4())}
    return staff.call(tried.method, tried.path, body, **headers)


def test_s12_every_address_of_the_desk_is_in_the_table() -> None:
    desk = {path.removeprefix("/v1/desk") for path in app.app.routes if path.startswith("/v1/desk")}
    assert desk == READS.keys() | WRITES


@pytest.fixture
def complaint(local_run: LocalRun) -> Complaint:
    return complain(local_run)


@pytest.mark.parametrize("role", Role)
@pytest.mark.iso10002("4 confidentiality: roles")
def test_s12_each_role_may_do_what_the_table_says(complaint: Complaint, role: Role) -> None:
    staff = Staff(complaint.run, "Kim", role)
    before = still(Staff(complaint.run).case(complaint))
    settings = Office(complaint.run).setting("site")
    for tried in every_call(complaint.reference):
        got = attempt(staff, tried)
        if not is_permitted(role, tried):
            assert got.status == 403, tried
        elif tried.method != "GET":
            assert got.status in NOTHING_DONE, tried
        else:
            assert got.status in (200, 404, 422), tried
    assert still(Staff(complaint.run).case(complaint)) == before
    assert Office(complaint.run).setting("site") == settings


@pytest.mark.parametrize(("roles", "verb"), list(product([("auditor",), ("admin",)], COMMANDS)))
def test_s13_no_auditor_and_no_administrator_has_a_case_command(roles: tuple[str, ...], verb: str) -> None:
    assert not may([Role(role) for role in roles], verb)


@pytest.mark.iso10002("8.5 auditing: auditor")
def test_s13_an_auditor_writes_nothing_but_audits_and_orders_of_evidence(complaint: Complaint) -> None:
    auditor = Staff(complaint.run, "Kim", "auditor")
    seen = auditor.case(complaint)
    assert seen["allowed_commands"] == []
    for tried in every_call(complaint.reference):
        may_write = any(f"/records/{kind}/" in tried.path for kind in ("audit", "evidence_pack"))
        if tried.method != "GET" and not may_write:
            assert attempt(auditor, tried).status == 403
    entries = auditor.call("GET", f"/complaints/{complaint.reference}/audit").json["entries"]
    assert len(entries) == len({fact["number"] for fact in seen["facts"]})


def test_s12_an_unknown_verb_or_address_is_nobody_s(complaint: Complaint) -> None:
    everything = Staff(complaint.run, "Kim", "reviewer")
    for path in (f"/complaints/{complaint.reference}/commands/destroy", "/settings/site/demo/commands/raze"):
        assert everything.call("POST", path, {}, If_Match='"1"').status == 404
    assert everything.call("PUT", f"/complaints/{complaint.reference}", {}).status == 405

"""Abuse case 14: to the staff of one site, another site's cases and settings are as if there were none."""

from typing import NamedTuple

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain
from tests.local_run import LocalRun

QUEUES = ("open", "unassigned", "due_soon", "overdue", "awaiting_complainant", "responded", "closed", "mine")
NOWHERE = "C-ZZZZZ-ZZZZZ-A"


class Apart(NamedTuple):
    """Somebody of one site, a case of another, and the administrator who serves both."""

    stranger: Staff
    complaint: Complaint
    administration: Office


@pytest.fixture
def apart(local_run: LocalRun) -> Apart:
    administration = Office(local_run)
    stranger = administration.adds("agent", "reviewer", "auditor", "quality", "admin", sites=("demo-gb",))
    return Apart(stranger, complain(local_run), administration)


@pytest.mark.parametrize("what", ["", "/audit", "/attachments/1"])
@pytest.mark.parametrize("role", ["agent", "reviewer", "quality", "auditor"])
def test_s14_reading_a_case_of_another_site_finds_nothing(apart: Apart, role: str, what: str) -> None:
    staff = Staff(apart.stranger.run, apart.stranger.name, role)
    nothing = staff.call("GET", f"/complaints/{NOWHERE}{what}")
    assert nothing.status == 404
    assert staff.call("GET", f"/complaints/{apart.complaint.reference}{what}").body == nothing.body


def test_s14_a_command_on_a_case_of_another_site_finds_nothing(apart: Apart) -> None:
    refused = apart.stranger.tries(apart.complaint, "note", {"text": "x"}, version=1)
    path = f"/complaints/{NOWHERE}/commands/note"
    nothing = apart.stranger.call("POST", path, {"text": "x"}, If_Match='"1"')
    assert (refused.status, refused.body) == (404, nothing.body)


@pytest.mark.parametrize("queue", QUEUES)
def test_s14_no_queue_lists_a_case_of_another_site(apart: Apart, queue: str) -> None:
    for query in ({}, {"site": "demo"}):
        assert apart.complaint.reference not in {
            item["reference"] for item in apart.stranger.queue(queue, **query)
        }


def test_s14_a_cursor_of_somebody_else_leads_nowhere(apart: Apart) -> None:
    complain(apart.stranger.run)
    deniz = Staff(apart.stranger.run)
    cursor = deniz.call("GET", "/complaints?queue=open&site=demo&limit=1").json["next"]
    stolen = apart.stranger.call("GET", f"/complaints?queue=open&site=demo&limit=1&cursor={cursor}")
    assert (stolen.status, stolen.json["errors"][0]["pointer"]) == (422, "/cursor")


def test_s14_no_colleague_of_another_site_is_named(apart: Apart) -> None:
    elsewhere = apart.administration.adds("agent", sites=("demo-tr",))
    assert elsewhere.name not in apart.stranger.call("GET", "/members").text
    assert apart.stranger.call("GET", "/members?site=demo-tr").json["items"] == []


def test_s14_settings_of_another_site_are_not_found(apart: Apart) -> None:
    admin = Staff(apart.stranger.run, apart.stranger.name, "admin")
    elsewhere = apart.administration.adds("agent", sites=("demo-tr",))
    listed = {(item["kind"], item["id"]) for item in admin.call("GET", "/settings").json["items"]}
    assert ("site", "demo-gb") in listed
    assert listed.isdisjoint({("site", "demo"), ("packs", "demo"), ("member", elsewhere.name)})
    for path in ("site/demo", "codes/demo", f"member/{elsewhere.name}"):
        before = apart.administration.setting(*path.split("/"))
        assert admin.call("GET", f"/settings/{path}").status == 404
        change = {"name": "Mine", "reason": "x"}
        refused = admin.call("POST", f"/settings/{path}/commands/change", change, If_Match='"1"')
        assert refused.status == 404
        assert apart.administration.setting(*path.split("/")) == before

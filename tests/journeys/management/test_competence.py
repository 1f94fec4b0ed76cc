"""Deciding depends on records of competence, where the site says so: over HTTP, and on the page of a case."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.settings.test_new_site import SITE
from tests.journeys.steps import FINDING, SCALES, Complaint, Staff, form, local_date, proof, submit
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk

DECISION = {"outcome": "upheld", "reasons": "You are right."}
TOPICS = {"decision_topics": ["law"], "approval_topics": ["procedure"], "review_topics": ["listening"]}


def trained(quinn: Staff, site: str, member: str, **fields: Any) -> None:
    """A training is put on record."""
    code = uuid.uuid4().hex
    body = {
        "member": member,
        "topic": "law",
        "by": "Chamber",
        "on": local_date(quinn.run).isoformat(),
    } | fields
    path = f"/records/competence/{site}.{code}/commands/train"
    got = quinn.call("POST", path, body, If_Match='"0"')
    assert got.status == 200, got.text


@pytest.mark.iso10002("4 competence: decides")
def test_who_is_not_trained_does_not_decide_until_a_training_is_on_record(local_run: LocalRun) -> None:
    office = Office(local_run, Office(local_run).adds("admin", sites=("demo",)).name)
    key = f"trained-{uuid.uuid4().hex[:8]}"
    got = office.tries("site", key, SITE | {"name": "Trained"}, verb="add", If_Match='"0"')
    assert got.status == 200, got.text
    record = office.setting("site", key)["record"]
    kept = {name: value for name, value in record.items() if not name.startswith(("webhook_", "former_"))}
    office.does("site", key, kept | TOPICS)
    agent, quinn = (office.adds(role, sites=(key,)) for role in ("agent", "quality"))
    receipt = submit(local_run, form(site=key, language="en") | {"proof": proof(local_run, key)})
    complaint = Complaint(local_run, "", receipt.json)
    agent.does(complaint, "assess", SCALES)
    agent.does(complaint, "find", FINDING)
    refused = agent.tries(complaint, "decide", DECISION)
    assert (refused.status, refused.json["rule"]) == (409, "competence")
    assert refused.json["lacking"] == [{"topic": "law", "ended": None}]
    assert "Law of the sector" in refused.json["detail"]
    assert "decide" not in agent.case(complaint)["allowed_commands"]

    today = local_date(local_run)
    trained(
        quinn,
        key,
        agent.name,
        on=(today - timedelta(days=9)).isoformat(),
        until=(today - timedelta(days=2)).isoformat(),
    )
    ended = agent.tries(complaint, "decide", DECISION, Accept_Language="tr")
    assert ended.json["lacking"] == [{"topic": "law", "ended": (today - timedelta(days=2)).isoformat()}]
    assert "Sektör mevzuatı" in ended.json["detail"]

    trained(quinn, key, agent.name, until=(today + timedelta(days=20)).isoformat())
    desk = Desk(local_run)
    desk.sign_in(agent.name, "agent")
    page = desk.get(f"/desk/cases/{complaint.reference}").text
    assert "your record ends on" in page
    assert agent.does(complaint, "decide", DECISION)["decision"]
    office.does("site", key, kept | {"is_open": False})

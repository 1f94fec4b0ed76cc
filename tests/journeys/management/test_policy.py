"""A policy on complaints over HTTP: published, read, confirmed, and seen by everybody (ISO 10002, 5.2)."""

import uuid
from datetime import timedelta

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.journeys.settings.test_new_site import SITE
from tests.journeys.steps import local_date
from tests.local_run import LocalRun
from tests.pages.desk_client import Desk, form_of


@pytest.mark.iso10002("5.2 policy: published")
def test_a_policy_is_published_with_its_version_and_staff_confirm_that_they_read_it(
    local_run: LocalRun,
) -> None:
    office = Office(local_run, Office(local_run).adds("admin", "agent", sites=("demo",)).name)
    key = f"policy-{uuid.uuid4().hex[:8]}"
    assert office.tries("site", key, SITE, verb="add", If_Match='"0"').status == 200
    agent = office.adds("agent", sites=(key,))
    path, today = f"/records/policy/{key}.complaints", local_date(local_run)
    body = {
        "texts": {"tr": "Zebra gibi dinleriz.", "en": "We listen like zebras."},
        "owner": office.name,
        "next_review": (today + timedelta(days=300)).isoformat(),
    }
    made = office.staff.call("POST", f"{path}/commands/publish", body, If_Match='"0"')
    assert (made.status, made.json["content"]["number"]) == (200, 1), made.text

    for language, words in (("en", "We listen like zebras."), ("tr", "Zebra gibi dinleriz.")):
        page = Reading(local_run.call("GET", f"/procedure?site={key}&lang={language}").text).words
        assert words in page
    assert f"{today.year}" in page

    desk = Desk(local_run)
    desk.sign_in(agent.name, "agent")
    home = desk.get("/desk/tasks").text
    address = f"/desk/records/policy/{key}.complaints"
    assert f'href="{address}"' in home
    shown = desk.get(address)
    assert "Confirmed: 0 of 2." in shown.text
    fields, action = form_of(shown, f"{address}/confirm")
    assert desk.post(action, fields).status == 303
    confirmed = Reading(desk.get(address).text).words
    assert "Confirmed: 1 of 2." in confirmed
    assert "I have read this version: Read by" in " ".join(confirmed.split())
    assert "Complaints policy: " not in confirmed
    assert address not in desk.get("/desk/tasks").text
    assert "confirm" not in agent.call("GET", path).json["allowed_commands"]

    new = body | {"texts": {"tr": "Harekete geçeriz."}}
    again = office.staff.call("POST", f"{path}/commands/publish", new, If_Match='"2"')
    assert (again.status, again.json["content"]["number"]) == (200, 2), again.text
    assert f'href="{address}"' in desk.get("/desk/tasks").text
    office.does("site", key, {"is_open": False})

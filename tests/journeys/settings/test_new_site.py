"""An administrator adds a site over HTTP, and it takes complaints at once."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, form, proof, settle, submit
from tests.local_run import LocalRun
from tests.pages.case_page_client import words
from tests.pages.page_client import OnThePage
from tests.pages.settings_client import OfficeDesk

SITE = {
    "name": "Köşe Dükkân",
    "language": "tr",
    "languages": ["tr", "en"],
    "zone": "Europe/Istanbul",
    "holidays": "TR",
    "currency": "TRY",
    "country": "TR",
    "origins": ["https://kose.example"],
    "team": "ekip@kose.example",
    "manager": "mudur@kose.example",
    "reason": "The shop opens.",
}


@pytest.fixture
def key(local_run: LocalRun) -> Iterator[str]:
    """The key of a site that is added, and closed afterwards: others share the run."""
    yield (key := f"kose-{uuid.uuid4().hex[:8]}")
    for name in administrators:
        office = Office(local_run, name)
        if office.staff.call("GET", f"/settings/site/{key}").status == 200:
            office.does("site", key, {"is_open": False})
    administrators.clear()


administrators: list[str] = []


@pytest.fixture
def office(local_run: LocalRun) -> Office:
    """An administrator of the demo site, who is also an agent."""
    name = Office(local_run).adds("admin", "agent", sites=("demo",)).name
    administrators.append(name)
    return Office(local_run, name)


def add(office: Office, key: str, **fields: Any) -> dict[str, Any]:
    got = office.tries("site", key, SITE | fields, verb="add", If_Match='"0"')
    assert got.status == 200, got.text
    return dict(got.json)


def test_a_site_that_is_added_takes_a_complaint_that_its_administrator_handles(
    office: Office, key: str
) -> None:
    assert add(office, key)["record"]["name"] == "Köşe Dükkân"
    run = office.run
    got = submit(run, form(site=key, language="tr") | {"proof": proof(run, key)})
    assert got.status == 201, got.text
    reference = got.json["reference"]
    agent = Staff(run, office.name, "agent")
    assert agent.call("GET", f"/complaints/{reference}").json["site"] == key
    listed = [(each["kind"], each["id"]) for each in office.staff.call("GET", "/settings").json["items"]]
    assert ("site", key) in listed
    history = office.setting("site", key)["history"]
    assert (history[0]["by"], history[0]["reason"]) == (office.name, "The shop opens.")


def test_a_change_says_how_many_open_cases_it_touches(office: Office, key: str) -> None:
    add(office, key)
    desk = OfficeDesk(office.run, office.name)
    assert "Open cases at this site now: 0." in words(desk.setting("calendar", key))
    got = submit(office.run, form(site=key, category="delivery.late") | {"proof": proof(office.run, key)})
    assert got.status == 201, got.text
    settle(office.run)
    page = desk.setting("calendar", key)
    assert "Open cases at this site now: 1." in words(page)
    holiday = {"on": "2031-03-03", "names.en": "Founders' day", "names.tr": "Kuruluş", "reason": "Closed."}
    asked = desk.send(page, "/commands/put_day", **holiday)
    assert "the earlier one applies. Open cases at this site now: 1." in words(asked)
    category = desk.page(f"/codes/{key}?list=categories&code=delivery.late")
    assert "Open cases of this category now: 1." in words(category)
    office.does("member", office.adds("reviewer", sites=(key,)).name, {"sensitive": True})
    sensitive = desk.send(category, "/commands/put", is_sensitive="true", reason="It is private.")
    assert "no longer see the open cases of this category. Open cases of this category now: 1." in words(
        sensitive
    )


def test_a_site_of_one_person_promises_no_review_by_somebody_else(office: Office, key: str) -> None:
    add(office, key)
    procedure = office.run.call("GET", f"/procedure?site={key}&lang=en").text
    assert "had no part" not in procedure
    assert procedure.count("We are few, so it may be the same person") == 2
    status_page = OnThePage(office.run, site=key)
    agent, complaint = (
        Staff(office.run, office.name, "agent"),
        Complaint(office.run, "", status_page.complaint),
    )
    agent.decides(complaint)
    agent.does(complaint, "respond")
    settle(office.run)
    assert "had no part" not in status_page.words()
    status_page.refuse()
    assert "We are looking at your complaint again. We are few" in status_page.words()


def test_administrators_of_other_sites_do_not_see_it_and_cannot_take_its_key(
    office: Office, key: str, local_run: LocalRun
) -> None:
    add(office, key)
    other = Office(local_run)
    assert other.staff.call("GET", f"/settings/site/{key}").status == 404
    assert pointers(other.tries("site", key, SITE, verb="add", If_Match='"0"')) == ["/id"]
    assert other.staff.call("GET", f"/settings/site/{key}").status == 404


def test_a_repeated_call_adds_one_site(office: Office, key: str) -> None:
    once = str(uuid.uuid4())
    first, again = (
        office.tries("site", key, SITE, verb="add", If_Match='"0"', Idempotency_Key=once) for _ in range(2)
    )
    assert (first.status, again.status) == (200, 200), again.text
    assert again.headers["Idempotent-Replayed"] == "true"


def test_whoever_is_no_administrator_adds_none(local_run: LocalRun, key: str) -> None:
    got = Staff(local_run, "Robin", "reviewer").call(
        "POST", f"/settings/site/{key}/commands/add", SITE, If_Match='"0"'
    )
    assert got.status == 403

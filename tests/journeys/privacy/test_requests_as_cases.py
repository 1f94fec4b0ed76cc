"""A request about personal data as a case of its own kind, where a site wants it: taken, answered, erased."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Complaint, Staff, clock, complain, form, settle, submit
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in

SITE, KIND = "demo-au", "personal_data"


@pytest.fixture
def office(local_run: LocalRun) -> Office:
    return Office(local_run)


@pytest.fixture
def piri(office: Office, local_run: LocalRun) -> Iterator[Staff]:
    """Somebody who works on cases and protects data, at a site that takes requests about it."""
    piri = office.adds("agent", "privacy")
    before = office.setting("site", SITE)["record"].get("feedback", [])
    office.does("site", SITE, {"feedback": [*before, KIND]})
    yield Staff(local_run, piri.name, "agent privacy")
    office.does("site", SITE, {"feedback": before})


def lists(staff: Staff, complaint: Complaint, queue: str = "open") -> bool:
    return any(row["reference"] == complaint.reference for row in staff.queue(queue))


def test_a_site_takes_them_only_if_it_says_so(office: Office, local_run: LocalRun) -> None:
    asked = form(site=SITE, feedback=KIND)
    assert KIND not in [
        each["code"] for each in local_run.call("GET", f"/v1/form?site={SITE}").json["feedback"]
    ]
    assert KIND not in local_run.call("GET", f"/complain?site={SITE}").text
    assert pointers(submit(local_run, asked)) == ["/feedback"]
    assert pointers(submit(local_run, form(site=SITE, data_right="erasure"))) == ["/data_right"]
    page = signed_in(local_run, "Deniz", "agent").get(f"/desk/intake?site={SITE}").text
    assert KIND not in page
    told = {"channel": "telephone", "received_at": local_run.call("GET", "/_local/clock").json["now"]}
    refused = Staff(local_run).call("POST", "/complaints", asked | told, Idempotency_Key="data-request-told")
    assert pointers(refused) == ["/feedback"]


class Request:
    """The record of a request that came as a case, as the stream keeps it."""

    def __init__(self, staff: Staff, complaint: Complaint) -> None:
        self.staff, self.id = staff, f"{SITE}.{complaint.reference.lower()}"
        self.today = clock(staff.run).astimezone(ZoneInfo("Australia/Sydney")).date()

    @property
    def shown(self) -> dict[str, Any]:
        settle(self.staff.run)
        got = self.staff.call("GET", f"/records/privacy_request/{self.id}")
        assert got.status == 200, got.text
        return dict(got.json)

    @property
    def content(self) -> dict[str, Any]:
        return dict(self.shown["content"])

    @property
    def verbs(self) -> list[str]:
        return [each["verb"] for each in self.shown["history"]]

    def does(self, verb: str, body: dict[str, Any]) -> None:
        path = f"/records/privacy_request/{self.id}/commands/{verb}"
        got = self.staff.call("POST", path, body, If_Match=f'"{self.shown["version"]}"')
        assert got.status == 200, got.text


@pytest.mark.iso10002("4 confidentiality: requests")
def test_it_is_promised_seen_by_few_answered_and_erased(
    office: Office, piri: Staff, local_run: LocalRun
) -> None:
    offered = local_run.call("GET", f"/v1/form?site={SITE}&lang=en").json["feedback"]
    assert offered[-1] == {"code": KIND, "label": "A request about my data"}
    page = local_run.call("GET", f"/complain?site={SITE}&lang=en").text
    assert '<option value="access">See what you hold about me</option>' in page
    procedure = local_run.call("GET", f"/procedure?site={SITE}&lang=en").text
    assert "receipt of a request about your data" in procedure
    complaint = complain(local_run, site=SITE, feedback=KIND, data_right="access")
    assert complaint.receipt["title"] == "We have your message"
    [promise] = complaint.receipt["promises"]
    assert promise["clock"] == "respond"
    [letter] = complaint.letters()
    assert "We have received your request about your data." in letter["text"]
    assert "You will hear from us by" in letter["text"]
    assert "What you ask for: See what you hold about me" in letter["text"]

    other = office.adds("agent")
    assert lists(piri, complaint)
    assert not lists(other, complaint)
    assert other.call("GET", f"/complaints/{complaint.reference}").status == 404
    page = f"/desk/cases/{complaint.reference}?lang=en"
    told = signed_in(local_run, piri.name, "privacy").get(page).text
    assert "A request about my data" in told
    assert "Message received" in told
    assert "Access to the data" in told
    assert "Complaint received" not in told
    own = f"/status/{complaint.reference}?lang=de"
    shown = local_run.call("GET", own, Cookie=f"__Secure-link={complaint.access}").text
    assert "Wir prüfen Ihr Anliegen." in shown
    assert "Sehen, was Sie über mich speichern" in shown
    assert "Ihre Beschwerde" not in shown
    assert "dieser Beschwerde" not in shown
    as_agent = Staff(local_run, piri.name, "agent")
    assert signed_in(local_run, piri.name, "agent").get(page).status == 404, "a session caps the roles"
    assert as_agent.call("GET", f"/complaints/{complaint.reference}").status == 404
    assert not lists(as_agent, complaint)

    paula = Staff(local_run, "Paula", "privacy")
    record = Request(paula, complaint)
    assert record.content["answer_by"] == promise["due"][:10]
    assert record.content["cases"] == [complaint.reference]
    link = f"/desk/records/privacy_request/{record.id}"
    assert f'href="{link}"' in signed_in(local_run, "Paula", "privacy").get(page).text
    piri.does(complaint, "message", {"text": "Here is what we hold of you."})
    refused = piri.tries(complaint, "close", {"reason": "handled"})
    assert (refused.status, "record of this request" in refused.json["detail"]) == (409, True)
    assert record.content["right"] == "access"
    record.does("specify", {"right": "portability"})
    record.does("identify", {"identity": "known_address"})
    record.does("fulfil", {"told_on": str(record.today)})
    piri.does(complaint, "close", {"reason": "handled"})
    settle(local_run)
    assert record.verbs == ["receive", "specify", "identify", "fulfil"]
    assert "complain to a data protection authority" in complaint.letters()[-1]["text"]
    view = complaint.view()
    assert (view["stage"], view["feedback"]) == ("closed", KIND)
    assert [each["kept"] for each in view["promises"]] == [True]

    paula.does(complaint, "erase", {"ground": "objected"})
    local_run.call("POST", "/_local/settle")
    assert paula.call("GET", f"/complaints/{complaint.reference}/audit").json["verifies"]

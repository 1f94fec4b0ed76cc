"""The promises in force as staff see them: every pack, where it is on, and what is not kept by itself."""

import uuid
from typing import Any

import pytest

from tests.html import Reading
from tests.journeys.settings.administration import Office
from tests.journeys.steps import Staff, clock, form
from tests.local_run import LocalRun
from tests.pages.desk_client import signed_in


@pytest.fixture
def packs(local_run: LocalRun) -> dict[str, dict[str, Any]]:
    """The last version of every pack by its id."""
    return {pack["id"]: pack for pack in Staff(local_run).call("GET", "/packs").json["items"]}


def test_the_promises_in_force_are_shown_with_their_source_and_their_clocks(
    packs: dict[str, dict[str, Any]],
) -> None:
    default = packs["iso10002-default"]
    assert "demo" in default["sites"]
    assert "demo" in default["in_force_at"]
    assert default["version"] == 1
    assert default["source"]["section"] == "clauses 7.4 to 7.9"
    assert not default["example"]
    acknowledge = next(each for each in default["clocks"] if each["id"] == "acknowledge")
    assert (acknowledge["amount"], acknowledge["unit"]) == (1, "business_days")


def test_an_example_says_what_is_not_kept_by_itself(packs: dict[str, dict[str, Any]]) -> None:
    example = packs["tr-consumer"]
    assert example["example"]
    assert example["unconfirmed"] == ["repair_car"]
    assert "repaired" in example["not_mapped"]["events"]
    assert packs["uk-housing-ombudsman"]["not_mapped"] == {"events": [], "letter_blocks": []}


def test_a_pack_of_which_all_is_mapped_is_no_example(packs: dict[str, dict[str, Any]]) -> None:
    stored = packs["tr-kvkk"]
    assert not stored["example"]
    assert stored["not_mapped"] == {"events": [], "letter_blocks": []}
    assert stored["recorded_by_staff"] == ["complained_to_board"]


def test_a_law_that_may_concern_a_site_and_is_not_kept_there_is_named(
    packs: dict[str, dict[str, Any]],
) -> None:
    assert "demo-gb" in packs["uk-dp-complaint"]["could_hold_at"]
    assert "demo-gb" not in packs["uk-fca-disp"]["could_hold_at"]
    assert packs["ca-bank"]["could_hold_at"] == []
    assert packs["au-rg271"]["checked_on"] == "2026-11-28"
    assert "ASIC RG 271.64" in {each["source"] for each in packs["au-rg271"]["contents"]}


def test_a_pack_that_breaks_the_letter_of_its_law_says_why_it_is_not_confirmed(
    packs: dict[str, dict[str, Any]],
) -> None:
    disp = packs["uk-fca-disp"]
    assert (disp["status"], disp["example"]) == ("partly", True)
    assert "demo-gb" in disp["in_force_at"]
    assert [each["code"] for each in disp["shortfalls"]] == ["wording-not-read", "leaflet-not-enclosed"]
    assert "leaflet" in disp["shortfalls"][1]["detail"]
    assert "demo-gb" in disp["not_enclosed_at"]
    assert packs["tr-kvkk"]["shortfalls"] == []


def test_the_page_of_the_laws_says_what_was_read_and_what_could_not_be(local_run: LocalRun) -> None:
    page = signed_in(local_run, "Sam", "admin").get("/desk/packs")
    said = " ".join(Reading(page.text).words.split())
    assert "its own text of that day could not be read" in said


def test_whoever_switches_such_a_pack_on_is_told_what_is_missing_in_their_language(
    local_run: LocalRun,
) -> None:
    administration = Office(local_run)
    refused = administration.tries(
        "packs", "demo-au", {"packs": ["ie-cpc"], "seen": []}, Accept_Language="de"
    )
    assert refused.status == 422
    data = " ".join(each["detail"] for each in refused.json["errors"] if each["pointer"] == "/packs/0")
    assert "fünf Arbeitstagen" in data


def test_what_a_regulator_forwarded_is_taken_down_as_such(local_run: LocalRun) -> None:
    deniz, received = Staff(local_run), clock(local_run).isoformat()
    body = form(channel="cfpb_portal", received_at=received)
    taken = deniz.call("POST", "/complaints", body, Idempotency_Key=str(uuid.uuid4()))
    assert taken.status == 201, taken.text
    case = deniz.call("GET", f"/complaints/{taken.json['reference']}").json
    assert case["channel"] == "cfpb_portal"

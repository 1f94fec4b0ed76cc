"""Links over HTTP: shown on both cases at the desk, and to no complainant."""

import uuid

import pytest

from tests.journeys.settings.administration import Office
from tests.journeys.steps import Complaint, Staff, complain, facts_in
from tests.local_run import LocalRun


@pytest.fixture
def deniz(local_run: LocalRun) -> Staff:
    return Staff(local_run)


@pytest.fixture
def two(local_run: LocalRun) -> tuple[Complaint, Complaint]:
    return complain(local_run), complain(local_run)


def link_to(other: Complaint, relation: str = "same_cause") -> dict[str, str]:
    return {"to": other.reference, "relation": relation, "reason": "Both came by the night van."}


@pytest.mark.iso10002("7.6 investigation: links")
def test_a_link_stands_on_both_cases_and_is_taken_back_from_either(
    deniz: Staff, two: tuple[Complaint, Complaint]
) -> None:
    one, other = two
    shown = deniz.does(one, "link", link_to(other))
    assert shown["links"] == [{"to": other.reference, "relation": "same_cause"}]
    assert deniz.case(other)["links"] == [{"to": one.reference, "relation": "same_cause"}]
    assert deniz.does(other, "unlink", {"to": one.reference})["links"] == []
    assert deniz.case(one)["links"] == []


def test_complainants_see_nothing_of_a_link(deniz: Staff, two: tuple[Complaint, Complaint]) -> None:
    one, other = two
    before = [complaint.view() for complaint in two]
    deniz.does(one, "link", link_to(other))
    assert [complaint.view() for complaint in two] == before
    assert [len(complaint.letters()) for complaint in two] == [1, 1]


def test_the_same_link_twice_is_one(deniz: Staff, two: tuple[Complaint, Complaint]) -> None:
    one, other = two
    key, version = str(uuid.uuid4()), deniz.case(one)["version"]
    first, again = (deniz.tries(one, "link", link_to(other), version, Idempotency_Key=key) for _ in range(2))
    assert (first.status, again.status, again.headers["Idempotent-Replayed"]) == (200, 200, "true")
    assert deniz.does(one, "link", link_to(other))["version"] == version + 1


def test_both_chains_hold_the_link(deniz: Staff, two: tuple[Complaint, Complaint]) -> None:
    one, other = two
    deniz.does(one, "link", link_to(other, "duplicate"))
    for complaint, text in ((one, other), (other, one)):
        audit = deniz.call("GET", f"/complaints/{complaint.reference}/audit").json
        assert audit["verifies"]
        [fact] = [fact for fact in facts_in(audit) if fact["fact"] == "Linked"]
        assert (fact["to"], fact["by"]["id"]) == (text.reference, deniz.name)
        assert fact["reason"].startswith("committed:")


def test_cases_of_two_sites_are_linked_by_who_serves_both(local_run: LocalRun, deniz: Staff) -> None:
    here, there = complain(local_run), complain(local_run, site="demo-tr", language="tr")
    stranger = Office(local_run).adds("agent", sites=("demo",))
    refused = stranger.tries(here, "link", link_to(there))
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, "/to")
    assert deniz.does(here, "link", link_to(there))["links"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"to": "C-ZZZZZ-ZZZZZ-A", "relation": "duplicate"}, "/to"),
        ({"to": "somewhere", "relation": "duplicate"}, "/to"),
        ({"relation": "duplicate"}, "/to"),
        ({"to": "C-ZZZZZ-ZZZZZ-A", "relation": "cousin"}, "/relation"),
        ({"to": "C-ZZZZZ-ZZZZZ-A"}, "/relation"),
    ],
)
def test_what_is_wrong_with_a_link_is_pointed_at(
    deniz: Staff, local_run: LocalRun, body: dict[str, str], pointer: str
) -> None:
    refused = deniz.tries(complain(local_run), "link", body)
    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_reference_is_read_as_it_is_typed(deniz: Staff, two: tuple[Complaint, Complaint]) -> None:
    one, other = two
    typed = other.reference.lower().replace("-", " ")
    assert deniz.does(one, "link", {"to": typed, "relation": "same_person"})["links"] == [
        {"to": other.reference, "relation": "same_person"}
    ]

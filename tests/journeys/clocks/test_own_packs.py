"""Promises that the operator brings: a file at the desk, and the next complaint is promised by it."""

import uuid

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import complain, moment
from tests.local_run import LocalRun
from tests.own_packs import clock, file_of, version


@pytest.fixture
def administration(local_run: LocalRun) -> Office:
    return Office(local_run)


def test_a_site_promises_by_a_pack_that_was_brought(administration: Office, local_run: LocalRun) -> None:
    file = file_of(version("own-week", 1, clock(days=7), clock("acknowledge", days=1)))
    administration.does("pack", "own-week", {"file": file})
    before = complain(local_run, site="demo-gb")
    with administration.promising("demo-gb", "own-week"):
        after = complain(local_run, site="demo-gb")
    days = [
        (moment(each.promise()["due"]) - moment(each.receipt["received_at"])).days for each in (before, after)
    ]
    assert days[1] <= 7 < days[0]
    assert complain(local_run, site="demo-gb").promise()["why"] == before.promise()["why"]
    assert after.promise()["why"] == after.receipt["promises"][-1]["why"]


def test_a_pack_shows_its_file_and_its_history(administration: Office) -> None:
    name = f"own-{uuid.uuid4().hex[:8]}"
    first = file_of(version(name, 1))
    administration.does("pack", name, {"file": first, "reason": "Agreed with the consumers' council."})
    shown = administration.setting("pack", name)
    assert shown["record"] == {"file": first}
    assert [(told["fact"], told["reason"]) for told in shown["history"]] == [
        ("PackChanged", "Agreed with the consumers' council.")
    ]
    listed = administration.staff.call("GET", "/settings").json["items"]
    assert {"kind": "pack", "id": name, "version": 1} in listed


def test_the_longest_file_that_can_be_sent_can_be_kept(administration: Office) -> None:
    name = f"own-{uuid.uuid4().hex[:8]}"
    file = file_of(version(name, 1)) | {"about": "ş" * 125_000}
    administration.does("pack", name, {"file": file})
    assert administration.setting("pack", name)["record"] == {"file": file}
    too_long = administration.tries("pack", name, {"file": file | {"about": "ş" * 250_000}})
    assert (too_long.status, too_long.json["type"]) == (413, "/problems/too-large")


def test_a_broken_pack_changes_nothing(administration: Office, local_run: LocalRun) -> None:
    name = f"own-{uuid.uuid4().hex[:8]}"
    broken = file_of(version(name, 1, clock(unit="fortnights"), clock("assess", amount=0)))
    refused = administration.tries("pack", name, {"file": broken})
    assert pointers(refused) == ["/file/packs/0/clocks/0/unit", "/file/packs/0/clocks/1/amount"]
    assert all(wrong["detail"] for wrong in refused.json["errors"])
    assert administration.staff.call("GET", f"/settings/pack/{name}").status == 404
    assert pointers(administration.tries("packs", "demo", {"packs": [name]})) == ["/packs/0"]
    assert complain(local_run).receipt["promises"]


def test_a_version_in_force_stays_as_it_is(administration: Office) -> None:
    name = f"own-{uuid.uuid4().hex[:8]}"
    administration.does("pack", name, {"file": file_of(version(name, 1))})
    changed = file_of(version(name, 1, clock(days=30)))
    assert pointers(administration.tries("pack", name, {"file": changed})) == ["/file/packs/0/clocks"]
    assert pointers(administration.tries("pack", "iso10002-default", {"file": changed})) == ["/file"]


@pytest.mark.parametrize("file", [None, [], "x", {}, {"packs": [[[]]]}, {"format": 1e9}])
def test_whatever_is_sent_as_a_file_is_refused_calmly(administration: Office, file: object) -> None:
    assert pointers(administration.tries("pack", "own-odd", {"file": file}))

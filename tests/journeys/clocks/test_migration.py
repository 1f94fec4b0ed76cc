"""A version that is in force, and a site that lets its open cases go over to it."""

from datetime import timedelta

import pytest

from tests.journeys.settings.administration import Office, pointers
from tests.journeys.steps import Staff, clock, complain, go_to, moment, settle
from tests.local_run import LocalRun
from tests.own_packs import clock as promise
from tests.own_packs import file_of, version

NAME, SITE = "own-moving", "demo-gb"


@pytest.fixture
def administration(moving_run: LocalRun) -> Office:
    return Office(moving_run)


def test_open_cases_go_over_by_an_explicit_migration(administration: Office, moving_run: LocalRun) -> None:
    today = clock(moving_run).date()
    tomorrow = str(today + timedelta(days=1))
    first = version(NAME, 1, promise(days=20))
    administration.does("pack", NAME, {"file": file_of(first)})
    administration.does("packs", SITE, {"packs": [NAME]})
    complaint = complain(moving_run, site=SITE)
    promised = moment(complaint.promise()["due"])
    second = version(NAME, 2, promise(days=10), begins=tomorrow)
    administration.does("pack", NAME, {"file": file_of(first | {"effective_to": str(today)}, second)})
    go_to(moving_run, clock(moving_run) + timedelta(days=2))
    assert moment(complaint.promise()["due"]) == promised
    asked = {"site": SITE}
    foreseen = administration.staff.call("POST", f"/packs/{NAME}/dry-run", asked).json["items"]
    [expected] = [item["binds"] for item in foreseen if item["reference"] == complaint.reference]
    administration.does("packs", SITE, {"pack": NAME, "reason": "It was agreed."}, verb="migrate")
    settle(moving_run)
    assert complaint.promise()["due"] == expected
    assert promised - moment(expected) == timedelta(days=10)
    facts = [fact["fact"] for fact in Staff(moving_run).case(complaint)["facts"]]
    assert "ClockMigrated" in facts


def test_what_cannot_be_gone_over_to_is_refused(administration: Office) -> None:
    assert pointers(administration.tries("packs", SITE, {"pack": "none"}, verb="migrate")) == ["/pack"]
    assert pointers(administration.tries("packs", SITE, {}, verb="migrate")) == ["/pack"]

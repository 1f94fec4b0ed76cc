"""What every store of retention promises, kept by the real one and by the fake: runs of a day that only one
turn goes on with, and ended cases in the order in which they ended."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from complaints.casework.process.closing import Withdraw
from complaints.context.ports import Cases
from complaints.context.stores import Retention
from complaints.handling.service import Submission
from complaints.values.casework.retention import RetentionRun
from complaints.values.errors import Stale
from complaints.values.people import COMPLAINANT
from tests.builders import DEMO, FRIDAY, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, context, receive
from tests.contracts.writes import Recorder, casework, opening
from tests.fakes import FakeCases, HeldRetention

FIRST = RetentionRun(site="demo", day=date(2026, 3, 2), began_at=MONDAY, revision=1)
A_SECOND = timedelta(seconds=1)


class Store(NamedTuple):
    """The store of retention, and that of the cases of which it tells."""

    retention: Retention
    cases: Cases


@pytest.fixture(params=["fake", "dynamo"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "fake":
        cases = FakeCases()
        return Store(HeldRetention(cases), cases)
    request.getfixturevalue("table")
    from complaints.adapters.stores.cases.case_store import DynamoCases
    from complaints.adapters.stores.cases.retention import DynamoRetention

    return Store(DynamoRetention(), DynamoCases())


def test_a_run_is_found_as_it_was_kept_by_its_day(store: Store) -> None:
    assert store.retention.run_of("demo", FIRST.day) is None
    store.retention.keep(FIRST)
    second = replace(FIRST, revision=2, kept={"legal-hold": 1}, cases=("C-7K3M9-QX2HT-7",))
    store.retention.keep(second)
    assert store.retention.run_of("demo", FIRST.day) == second
    assert store.retention.run_of("other", FIRST.day) is None


def test_of_two_turns_one_goes_on_with_a_run(store: Store) -> None:
    store.retention.keep(FIRST)
    with pytest.raises(Stale):
        store.retention.keep(FIRST)
    store.retention.keep(replace(FIRST, revision=2))
    with pytest.raises(Stale):
        store.retention.keep(replace(FIRST, revision=2, doing="C-7K3M9-QX2HT-7"))
    with pytest.raises(Stale):
        store.retention.keep(replace(FIRST, revision=4))


def test_the_last_runs_of_a_site_come_first(store: Store) -> None:
    days = [FIRST.day + timedelta(days=ahead) for ahead in (3, 0, 40, 1)]
    for day in days:
        store.retention.keep(replace(FIRST, day=day))
    store.retention.keep(replace(FIRST, site="other"))
    assert [each.day for each in store.retention.runs("demo", 3)] == sorted(days, reverse=True)[:3]
    assert [each.site for each in store.retention.runs("other", 3)] == ["other"]
    until = FIRST.day + timedelta(days=3)
    assert [each.day for each in store.retention.runs("demo", 2, until)] == [until, until - timedelta(days=2)]


def test_cases_come_in_the_order_in_which_they_ended(store: Store) -> None:
    ends = {ended(store, at): at for at in (THURSDAY, TUESDAY, WEDNESDAY)}
    open_one = opening()
    store.cases.write(open_one)
    found = list(store.retention.ended(DEMO.key, FRIDAY))
    assert [each.reference for each in found] == sorted(ends, key=ends.__getitem__)
    assert [each.ended_at for each in found] == [TUESDAY, WEDNESDAY, THURSDAY]
    assert {each.category for each in found} == {open_one.case.complaint.category}
    assert list(store.retention.ended("other", FRIDAY)) == []
    before = store.retention.ended(DEMO.key, THURSDAY - A_SECOND)
    assert [each.ended_at for each in before] == [TUESDAY, WEDNESDAY]
    after = store.retention.ended(DEMO.key, FRIDAY, found[0].place)
    assert list(after) == found[1:]


def ended(store: Store, at: datetime) -> str:
    """A case that was withdrawn at a moment."""
    recorder = Recorder()
    submission = Submission(site=DEMO.key, key=f"ended-{at}", body="b-1")
    work = casework(recorder)
    taken = work.receive(receive(), context(COMPLAINANT), submission)
    work.carry_out(taken.case, Withdraw(), context(COMPLAINANT, at))
    for writing in recorder.writings:
        store.cases.write(writing)
    return taken.case.complaint.reference

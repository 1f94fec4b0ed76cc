"""The work that there is now: what each state of a case adds to its counts, and what they add up to."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.casework.outcome.points import AddPoint
from complaints.reporting.metrics.work_counts import AGES, Load, WorkCounts, loads, oldest_day, total, work_of
from tests.builders import ADA, DEMO, FRIDAY, MONDAY, THURSDAY, TUESDAY, Story, a_complaint, refund
from tests.complaints.two_cases import another, merge
from tests.stories import responded

TODAY = MONDAY.date()
ZONE = ZoneInfo(DEMO.zone)
DAY = timedelta(days=1)


def work(*stories: Story) -> WorkCounts:
    counts: WorkCounts = Counter()
    for story in stories:
        counts.update(work_of(story.build(), ZONE))
    return counts


def load(*stories: Story, owner: str = "") -> Load:
    return loads(work(*stories), {}, TODAY).get(owner, Load())


@pytest.mark.iso10002("4 accountability: owner")
def test_a_case_that_came_is_open_nobodys_and_young() -> None:
    assert load(a_complaint().received()) == Load(open=1, unassigned=1, ages=(1, 0, 0, 0, 0))


def test_one_that_was_given_to_somebody_is_counted_there_and_no_more_as_nobodys() -> None:
    story = a_complaint().received().assigned("grace")
    assert load(story) == Load()
    assert load(story, owner="grace") == Load(open=1, ages=(1, 0, 0, 0, 0))


def test_what_waits_for_the_complainant_is_not_open_and_has_no_age() -> None:
    asked = a_complaint().received().acknowledged().assessed().asked()
    assert load(asked) == Load(awaiting=1)
    assert load(responded()) == Load(responded=1)


def test_a_decision_that_waits_for_a_second_person_is_open_and_an_approval() -> None:
    dear = a_complaint().received().acknowledged().assessed().decided(refund("900"))
    assert (load(dear).open, load(dear).approvals) == (1, 1)
    assert load(dear.approved()).approvals == 0


def test_a_promise_is_due_on_its_local_date_until_it_was_missed_and_overdue_from_then_on() -> None:
    story = a_complaint().received()
    due = story.build().binding_clock
    assert due is not None
    day = due.due.astimezone(ZONE).date()
    on_the_day = loads(work(story), {}, day)[""]
    assert (on_the_day.due_today, on_the_day.overdue) == (1, 0)
    story.ticked(due.due + timedelta(seconds=1))
    later = loads(work(story), {}, day)[""]
    assert (later.due_today, later.overdue) == (0, 1)


@pytest.mark.parametrize("end", ["accepted", "withdrawn", "merged"])
def test_what_has_ended_is_counted_nowhere(end: str) -> None:
    story = a_complaint().received()
    if end == "accepted":
        story = responded().accepted(THURSDAY)
    elif end == "withdrawn":
        story.withdrawn(TUESDAY)
    else:
        into = another(story, TUESDAY)
        merge(story, into, at=TUESDAY)
    assert not work_of(story.build(), ZONE)
    assert not work_of(Complaint(reference="C-1"), ZONE)


def test_ages_are_counted_between_their_days_and_what_is_older_last() -> None:
    young = a_complaint().received().build()
    assert young.received_at is not None
    days = (0, 6, 7, 13, 14, 27, 28, 55, 56, 400)
    aged = [replace(young, received_at=young.received_at - each * DAY) for each in days]
    counts: WorkCounts = Counter()
    for complaint in aged:
        counts.update(work_of(complaint, ZONE))
    assert loads(counts, {}, TODAY)[""].ages == (2, 2, 2, 2, 2)
    read = Counter({key: n for key, n in counts.items() if key.day is None or key.day >= oldest_day(TODAY)})
    assert loads(read, {}, TODAY)[""].ages == (2, 2, 2, 2, 2)
    assert (TODAY - oldest_day(TODAY)).days == AGES[-1] - 1


def test_a_category_that_is_hidden_from_the_reader_is_counted_nowhere() -> None:
    story = a_complaint().received()
    assert loads(work(story), {DEMO.key: frozenset({"delivery.damaged"})}, TODAY) == {}


def test_so_is_a_case_whose_point_is_of_such_a_category() -> None:
    story = a_complaint().received()
    story.does(ADA, AddPoint(text="Somebody read my file.", category="privacy.data_misuse"))
    hidden = {DEMO.key: frozenset({"privacy.data_misuse"})}
    assert load(story).open == 1
    assert loads(work(story), hidden, TODAY) == {}


def test_together_they_are_the_sum() -> None:
    parts = loads(work(a_complaint().received(), a_complaint().received(FRIDAY).assigned("grace")), {}, TODAY)
    assert total(parts.values()).open == 2
    assert total(parts.values()).unassigned == 1
    assert total([]) == Load()
    assert total([]).is_empty

"""Figures: what each thing that happens to a case adds to what is counted, on which local date."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis.stateful import invariant

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.feedback import Insist
from complaints.casework.people.contact_details import CorrectContact
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.process.closing import Reopen
from complaints.promise_packs.schema import ExternalBody
from complaints.reporting.metrics.case_measures import Added, counted
from complaints.reporting.metrics.measures import ALL, GROUPINGS, Counts, Measure
from complaints.reporting.metrics.work_counts import WorkCounts, work_of
from complaints.values.field_types import Channel, Feedback, Outcome, Way
from complaints.values.people import COMPLAINANT
from tests.builders import (
    ADA,
    DEMO,
    FRIDAY,
    MONDAY,
    RESPOND,
    RUTH,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    decide_to,
)
from tests.complaints.handling.test_any_sequence import AnySequence, if_written
from tests.complaints.two_cases import another, merge
from tests.stories import responded, reviewed

ZONE = ZoneInfo(DEMO.zone)
FIRST = MONDAY.date()
Numbers = dict[tuple[date, str], int]


def added_by(story: Story, since: int = 0) -> Added:
    return counted(
        story.reference, story.cases.entries(story.reference), lambda _: story.terms.working_days, since
    )


def counts_of(story: Story, since: int = 0) -> Counts:
    return added_by(story, since).figures


def numbers(story: Story, measure: Measure) -> Numbers:
    """By date and value."""
    found = counts_of(story)
    return {(tally.day, tally.value): n for tally, n in found.items() if tally.measure is measure}


def in_all(story: Story, measure: Measure) -> dict[date, int]:
    """By date, whatever the case is about."""
    return {day: n for (day, value), n in numbers(story, measure).items() if value == ALL}


def test_a_complaint_that_came_is_received_and_open_by_all_that_it_is_sorted_by() -> None:
    story = a_complaint().received(channel=Channel.WEB)
    sorted_by = (ALL, "category:delivery.damaged", "channel:web", "level:1")
    assert numbers(story, Measure.RECEIVED) == {(FIRST, value): 1 for value in sorted_by}
    assert numbers(story, Measure.OPEN) == numbers(story, Measure.RECEIVED)


def test_the_date_is_that_of_the_site_on_that_day() -> None:
    late = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert in_all(a_complaint().received(late), Measure.RECEIVED) == {date(2026, 3, 2): 1}
    summer = datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
    new_york = a_complaint(zone="America/New_York")
    assert in_all(new_york.received(summer), Measure.RECEIVED) == {date(2026, 6, 30): 1}


def test_what_was_taken_down_later_counts_on_the_day_on_which_it_came() -> None:
    story = a_complaint().received(FRIDAY, channel=Channel.LETTER, received_at=TUESDAY)
    assert in_all(story, Measure.RECEIVED) == {TUESDAY.date(): 1}


def test_a_case_that_ended_is_open_no_more_and_says_why_it_ended() -> None:
    story = responded().accepted(THURSDAY)
    assert in_all(story, Measure.OPEN) == {FIRST: 1, THURSDAY.date(): -1}
    assert numbers(story, Measure.CLOSED)[THURSDAY.date(), "reason:accepted"] == 1


def test_a_corrected_category_moves_what_was_counted_to_where_it_belongs() -> None:
    story = a_complaint().received(category=None).does(ADA, Classify(category="delivery.late"), TUESDAY)
    received = numbers(story, Measure.RECEIVED)
    assert received[FIRST, "category:delivery.late"] == 1
    assert (FIRST, "category:") not in received
    opened = numbers(story, Measure.OPEN)
    assert opened[FIRST, "category:"] == 1
    assert opened[TUESDAY.date(), "category:"] == -1
    assert opened[TUESDAY.date(), "category:delivery.late"] == 1


def test_a_category_that_is_corrected_after_the_end_moves_the_end_too() -> None:
    story = responded().accepted(THURSDAY).does(ADA, Classify(category="delivery.late"), FRIDAY)
    for measure, day in ((Measure.RECEIVED, FIRST), (Measure.CLOSED, THURSDAY.date())):
        by_category = {value: n for (_, value), n in numbers(story, measure).items() if "category" in value}
        assert by_category == {"category:delivery.late": 1}
        assert numbers(story, measure)[day, "category:delivery.late"] == 1
    assert (FRIDAY.date(), "category:delivery.late") not in numbers(story, Measure.OPEN)


def test_reopening_leaves_the_end_that_was_and_adds_another_one() -> None:
    story = responded().accepted(TUESDAY)
    story.does(RUTH, Reopen(reason="The cups broke again."), WEDNESDAY).withdrawn(FRIDAY)
    assert in_all(story, Measure.CLOSED) == {TUESDAY.date(): 1, FRIDAY.date(): 1}
    assert in_all(story, Measure.OPEN) == {
        FIRST: 1, TUESDAY.date(): -1, WEDNESDAY.date(): 1, FRIDAY.date(): -1
    }  # fmt: skip
    assert in_all(story, Measure.RECEIVED) == {FIRST: 1}


def test_a_review_is_open_at_the_second_level_and_no_more_at_the_first() -> None:
    story = responded()
    story.disagreed(TUESDAY)
    found = numbers(story, Measure.OPEN)
    assert (found[TUESDAY.date(), "level:1"], found[TUESDAY.date(), "level:2"]) == (-1, 1)
    assert in_all(story, Measure.OPEN) == {FIRST: 1}


def test_feedback_that_becomes_a_complaint_counts_on_the_day_of_its_first_receipt() -> None:
    story = a_complaint().received(feedback=Feedback.PRAISE)
    assert counts_of(story) == {}
    story.does(COMPLAINANT, Insist(reason="It was none."), WEDNESDAY)
    assert in_all(story, Measure.RECEIVED) == {FIRST: 1}


def test_an_acknowledgement_stands_on_the_day_of_receipt_and_says_when_it_was_met() -> None:
    story = a_complaint().received().acknowledged(TUESDAY)
    assert numbers(story, Measure.ACKNOWLEDGED) == {(FIRST, f"met:{TUESDAY.date()}"): 1}


def test_a_missed_one_says_when_it_was_due_however_late_it_was_seen() -> None:
    story = a_complaint().received().ticked(FRIDAY).acknowledged(FRIDAY)
    assert numbers(story, Measure.ACKNOWLEDGED) == {(FIRST, f"missed:{TUESDAY.date()}"): 1}


def test_a_talk_in_time_that_was_recorded_late_is_no_miss() -> None:
    story = a_complaint().received(email=None, phone="+90 555 0100").ticked(FRIDAY)
    assert numbers(story, Measure.ACKNOWLEDGED) == {(FIRST, f"missed:{TUESDAY.date()}"): 1}
    story.does(story.desk, Acknowledge(by=Way.TELEPHONE, at=MONDAY + timedelta(hours=1)))
    assert numbers(story, Measure.ACKNOWLEDGED) == {(FIRST, f"met:{FIRST}"): 1}


def test_only_the_first_decision_counts_with_its_outcome_and_whether_it_came_in_time() -> None:
    values = {(FIRST, ALL): 1, (FIRST, "in_time"): 1, (FIRST, "outcome:upheld"): 1}
    assert numbers(reviewed(), Measure.DECIDED) == values
    late = MONDAY + timedelta(days=60)
    story = a_complaint().received().acknowledged().assessed().ticked(late).decided().responded()
    assert numbers(story, Measure.DECIDED) == {(late.date(), ALL): 1, (late.date(), "outcome:upheld"): 1}


def test_what_is_not_ours_to_decide_is_no_decision() -> None:
    story = a_complaint().received().acknowledged().assessed()
    story.does(story.desk, decide_to(Outcome.OUT_OF_SCOPE, remedies=())).responded()
    assert numbers(story, Measure.DECIDED) == {}


def counted_in_parts(story: Story) -> list[Counts]:
    """The figures of a case as they are where it was counted up to each of its entries before."""
    entries = story.cases.entries(story.reference)
    totals = []
    for until in range(len(entries) + 1):
        parts = counted(story.reference, entries[:until], lambda _: story.terms.working_days).figures
        parts.update(counts_of(story, since=until))
        totals.append(Counter({tally: n for tally, n in parts.items() if n}))
    return totals


def test_a_case_may_be_counted_in_parts() -> None:
    story = responded().accepted(THURSDAY)
    whole = counts_of(story)
    assert all(parts == whole for parts in counted_in_parts(story))


def test_so_may_one_that_was_converted_classified_corrected_merged_and_reviewed() -> None:
    story = a_complaint().received(feedback=Feedback.QUESTION)
    story.does(COMPLAINANT, Insist(reason="It is a complaint."), TUESDAY).acknowledged()
    story.does(ADA, Classify(category="product.defective", reason="The handle broke."))
    story.does(ADA, CorrectContact(name="Ngozi Okafor-Bello", reason="She married."))
    twin = another(story, TUESDAY)
    merge(twin, story, at=TUESDAY)
    story.assessed(WEDNESDAY).decided().responded().disagreed().decided(by=RUTH).responded(THURSDAY)
    story.accepted(FRIDAY)
    for case in (story, twin):
        whole = counts_of(case)
        assert all(parts == whole for parts in counted_in_parts(case))
        left_open: Counter[str] = Counter()
        for (_, value), number in numbers(case, Measure.OPEN).items():
            left_open[value] += number
        assert not any(left_open.values())
    received = {value for _, value in numbers(story, Measure.RECEIVED)}
    assert "category:product.defective" in received
    assert "category:delivery.damaged" not in received


def test_erasing_a_person_changes_no_figure() -> None:
    """What people wrote, with its salts, is gone; what was sealed of it is all that is counted from."""
    story = reviewed()
    forgotten = [StoredEntry(each.number, each.data, {}) for each in story.cases.entries(story.reference)]
    assert counted(story.reference, forgotten, lambda _: story.terms.working_days).figures == counts_of(story)


def test_a_promise_is_counted_once_on_the_day_on_which_it_was_kept_or_missed() -> None:
    story = a_complaint().received().acknowledged(TUESDAY)
    assert numbers(story, Measure.PROMISES) == {(TUESDAY.date(), "acknowledge:met"): 1}
    due = story.build().clock(RESPOND).due
    story.ticked(due + timedelta(seconds=1))
    story.assessed().decided().responded(due + timedelta(days=9))
    missed = due.astimezone(ZONE).date()
    assert numbers(story, Measure.PROMISES)[missed, "respond:missed"] == 1
    assert sum(numbers(story, Measure.PROMISES).values()) == 2


class AnyFigures(AnySequence):
    """Whatever happens to a case, its figures add up, and can be counted entry by entry."""

    def begin(self, body: ExternalBody | None) -> Story:
        self.added: Counts = Counter()
        self.work: WorkCounts = Counter()
        self.upto = 0
        return super().begin(body)

    @if_written
    @invariant()
    def figures_add_up(self) -> None:
        """What was added one by one is the whole, and the balance is whether, and where, the case is open."""
        complaint = self.story.build()
        self.added.update(counts_of(self.story, self.upto))
        self.work.update(added_by(self.story, self.upto).work)
        assert {key: n for key, n in self.work.items() if n} == work_of(complaint, ZONE)
        self.upto = complaint.number
        whole = counts_of(self.story)
        assert {tally: n for tally, n in self.added.items() if n} == whole
        assert self._sum(whole, Measure.OPEN, ALL) == complaint.stage.is_open
        for level in (1, 2, 3):
            is_there = complaint.stage.is_open and complaint.level == level
            assert self._sum(whole, Measure.OPEN, f"level:{level}") == is_there
        assert self._sum(whole, Measure.RECEIVED, ALL) == 1
        assert self._sum(whole, Measure.DECIDED, ALL) == (complaint.responded_at is not None)

    def _sum(self, counts: Counts, measure: Measure, value: str) -> int:
        return sum(n for tally, n in counts.items() if (tally.measure, tally.value) == (measure, value))


TestAnyFigures = AnyFigures.TestCase
TestAnyFigures.settings = settings(max_examples=15, stateful_step_count=40, deadline=None)


def test_one_that_is_accepted_by_the_next_business_day_is_resolved_at_first_contact() -> None:
    settled = responded().accepted(TUESDAY)
    assert in_all(settled, Measure.FIRST_CONTACT) == {FIRST: 1}
    assert in_all(responded().accepted(WEDNESDAY), Measure.FIRST_CONTACT) == {}
    settled.does(RUTH, Reopen(reason="The cups broke again."), WEDNESDAY)
    assert in_all(settled, Measure.FIRST_CONTACT) == {}


def test_working_days_leave_out_what_is_no_business_day_and_the_day_of_receipt() -> None:
    next_monday = MONDAY + timedelta(days=7)
    story = a_complaint().received(FRIDAY).acknowledged(FRIDAY).assigned(at=FRIDAY).assessed(FRIDAY)
    story.does(story.desk, decide_to(Outcome.UPHELD), next_monday).responded(next_monday)
    found = numbers(story, Measure.DECISIONS)
    assert found[next_monday.date(), "days:3"] == found[next_monday.date(), "working:1"] == 1
    assert found[next_monday.date(), "taken_minutes"] == 3 * 24 * 60


def test_an_open_case_is_overdue_from_the_missed_promise_until_it_is_kept_or_ends() -> None:
    story = a_complaint().received().ticked(FRIDAY)
    assert in_all(story, Measure.OVERDUE) == {FRIDAY.date(): 1}
    story.withdrawn(FRIDAY)
    assert sum(in_all(story, Measure.OVERDUE).values()) == 0


def test_how_long_a_case_stayed_is_known_by_the_months_in_which_it_was_left_and_taken_up() -> None:
    story = responded().accepted(TUESDAY)
    month = FIRST.replace(day=1)
    assert numbers(story, Measure.STAYS) == {(FIRST, "came"): 1, (FIRST, f"left:{month}"): 1}
    story.does(RUTH, Reopen(reason="The cups broke again."), WEDNESDAY)
    assert numbers(story, Measure.STAYS) == {(FIRST, "came"): 1}


def test_letters_stand_where_they_were_wanted_and_a_failed_one_counts_once() -> None:
    story = a_complaint().received().acknowledged(TUESDAY)
    assert in_all(story, Measure.LETTERS) == {FIRST: 1}


def test_a_case_stands_in_the_groups_that_are_known_of_it_last_in_all_its_months() -> None:
    story = responded().accepted(THURSDAY)
    story.does(ADA, Classify(category="delivery.late"), THURSDAY + timedelta(days=40))
    groups = added_by(story).groups
    named = {(key.by, key.group) for key in groups}
    assert {group for by, group in named if by == "category"} == {"delivery.late"}
    assert {group for by, group in named if by == "outcome"} == {"upheld"}
    sums = Counter({(key.measure, key.value): n for key, n in groups.items() if key.by == "category"})
    assert sums[Measure.RECEIVED, ALL] == sums[Measure.CLOSED, ALL] == sums[Measure.DECIDED, "in_time"] == 1
    assert sums[Measure.OPEN, ALL] == 0


def test_every_grouping_adds_up_to_the_same_numbers() -> None:
    for story in (reviewed(), responded().accepted(TUESDAY), a_complaint().received().ticked(FRIDAY)):
        sums: dict[str, Counter[tuple[Measure, str]]] = {by: Counter() for by in GROUPINGS}
        for key, number in added_by(story).groups.items():
            sums[key.by][key.measure, key.value] += number
        assert all(each == sums["category"] for each in sums.values())

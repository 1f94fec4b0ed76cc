"""Objectives on indicators: which periods have ended, and what came of them."""

from collections import Counter
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.management.indicators import SOURCES, Indicator, Unit, figure_of
from complaints.management.objectives import (
    ChangeTarget,
    Direction,
    EndObjective,
    Frequency,
    Objective,
    SetObjective,
    Target,
    Verdict,
    end,
    ended_periods,
    next_due,
    period_of,
    reminders,
    results,
    retarget,
    set_objective,
    span,
)
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.figure import Basis, Period
from complaints.reporting.metrics.measures import CounterKey, Counts, Measure
from complaints.values.errors import Invalid
from tests.builders import a_member
from tests.complaints.management.stores import context

JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))
NEW = ManagementRecord(kind=RecordKind.OBJECTIVE, id="demo.in-time")
HERE = replace(context(), members=(a_member("grace"), a_member("ada")), today=date(2026, 4, 9))
ASKED = SetObjective(
    indicator=Indicator.DECIDED_IN_TIME,
    direction=Direction.AT_LEAST,
    target=90,
    period=Frequency.MONTH,
    owner="grace",
    since=date(2026, 1, 15),
)


def objective(**changed: object) -> Objective:
    return set_objective(NEW, replace(ASKED, **changed), HERE)


def basis(*numbers: tuple[date, Measure, str, int], standing: int = 0) -> Basis:
    """Numbers of months, as they are kept."""
    counts = Counter({CounterKey("demo", day, measure, value): n for day, measure, value, n in numbers})
    return Basis(counts, {"all": standing}, HERE.today)


def decided(month: date, in_time: int, of: int) -> list[tuple[date, Measure, str, int]]:
    return [(month, Measure.DECIDED, "all", of), (month, Measure.DECIDED, "in_time", in_time)]


def verdicts(held: Objective, found: Basis) -> list[Verdict]:
    return [each.verdict for each in results(held, found, ended_periods(held, HERE.today))]


def test_the_result_of_each_ended_period_is_met_not_met_or_of_too_few() -> None:
    found = basis(*decided(JANUARY, 9, 10), *decided(FEBRUARY, 89, 100), *decided(MARCH, 4, 4))
    assert verdicts(objective(), found) == [Verdict.MET, Verdict.NOT_MET, Verdict.TOO_FEW]


def test_a_share_is_compared_exactly_and_not_as_it_is_rounded() -> None:
    found = basis(*decided(JANUARY, 899, 1000), *decided(FEBRUARY, 900, 1000), *decided(MARCH, 0, 5))
    assert verdicts(objective(), found) == [Verdict.NOT_MET, Verdict.MET, Verdict.NOT_MET]


def test_at_most_is_met_by_what_is_less_or_the_same() -> None:
    held = objective(indicator=Indicator.OPEN, direction=Direction.AT_MOST, target=12)
    found = basis(
        (JANUARY, Measure.OPEN, "all", 2),
        (FEBRUARY, Measure.OPEN, "all", 1),
        (MARCH, Measure.OPEN, "all", -3),
        standing=10,
    )
    assert verdicts(held, found) == [Verdict.MET, Verdict.NOT_MET, Verdict.MET], "12, 13 and 10 are open"


def test_a_new_target_holds_from_the_period_on_in_which_it_is_set() -> None:
    held = retarget(
        replace(NEW, content=objective()), ChangeTarget(target=50), replace(HERE, today=date(2026, 3, 9))
    )
    found = basis(*decided(JANUARY, 6, 10), *decided(FEBRUARY, 6, 10), *decided(MARCH, 6, 10))
    assert verdicts(held, found) == [Verdict.NOT_MET, Verdict.NOT_MET, Verdict.MET]
    again = retarget(
        replace(NEW, content=held), ChangeTarget(target=70), replace(HERE, today=date(2026, 3, 20))
    )
    assert [each.value for each in again.targets] == [90, 70], "one target for each period"


@pytest.mark.parametrize(
    ("frequency", "day", "first", "last"),
    [
        (Frequency.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (Frequency.QUARTER, date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        (Frequency.YEAR, date(2026, 6, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_those_of_the_calendar(frequency: Frequency, day: date, first: date, last: date) -> None:
    assert period_of(day, frequency) == Period(first, last)


def test_a_period_has_ended_on_the_day_after_its_last() -> None:
    held = objective(period=Frequency.QUARTER)
    assert ended_periods(held, date(2026, 3, 31)) == []
    assert ended_periods(held, date(2026, 4, 1)) == [Period(JANUARY, date(2026, 3, 31))]
    assert len(ended_periods(objective(), date(2031, 1, 1))) == 12
    assert len(ended_periods(objective(period=Frequency.YEAR), date(2036, 1, 1))) == 3


def test_what_is_read_reaches_over_all_periods_of_all_objectives() -> None:
    held = [objective(), objective(period=Frequency.QUARTER)]
    assert span(held, HERE.today) == Period(JANUARY, date(2026, 3, 31))
    assert span(held, JANUARY) is None


def test_one_that_ended_is_told_of_no_more() -> None:
    ended = end(replace(NEW, content=objective()), EndObjective(until=date(2026, 2, 3)), HERE)
    assert ended.until == date(2026, 2, 28)
    assert [each.first for each in ended_periods(ended, HERE.today)] == [JANUARY, FEBRUARY]
    first = next_due(ended, None)
    assert first
    second = next_due(ended, first)
    assert second
    assert (first.date(), second.date()) == (date(2026, 2, 2), date(2026, 3, 2))
    assert next_due(ended, second) is None


def test_its_owner_is_told_that_a_period_has_ended() -> None:
    record = replace(NEW, content=objective())
    (letter,) = reminders(record, replace(HERE, today=date(2026, 4, 2)))
    assert (letter.member, letter.records[0].day) == ("grace", date(2026, 3, 31))


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        objective(target=101, owner="nobody")
    assert [(each.pointer, each.code) for each in refusal.value.errors] == [
        ("/owner", "unknown-value"),
        ("/target", "out-of-range"),
    ]
    assert objective(indicator=Indicator.OPEN, target=101).targets[0].value == 101
    record = replace(NEW, content=objective())
    with pytest.raises(Invalid):
        retarget(record, ChangeTarget(target=101), HERE)
    with pytest.raises(Invalid):
        end(record, EndObjective(until=JANUARY - timedelta(days=1)), HERE)


MEASURED = basis(
    *(
        (JANUARY, measure, value, 6)
        for measure, values in {
            Measure.RECEIVED: ["all"],
            Measure.CLOSED: ["all"],
            Measure.OPEN: ["all"],
            Measure.ACKNOWLEDGED: ["met:2026-01-01"],
            Measure.DECIDED: ["all", "in_time"],
            Measure.DECISIONS: [
                "all",
                "days:4",
                "extended",
                "paused_minutes",
                "taken_minutes",
                "accepted:2026-01-01",
                "cause:supplier",
            ],
            Measure.LETTERS: ["all"],
            Measure.REMEDIES_DUE: ["all", "in_time"],
            Measure.REVIEWED: ["level:2"],
            Measure.ACTIONS: ["all", "in_time", "checked", "effective"],
            Measure.SURVEYED: ["all", "answered"],
            Measure.ANSWERS: [f"{name}:5" for name in ("easy", "respect", "understood", "time")],
        }.items()
        for value in values
    )
)._replace(stays={CounterKey("demo", JANUARY, Measure.STAYS, "came"): 6}, transactions=6_000)


@pytest.mark.parametrize("indicator", Indicator)
def test_each_indicator_stands_in_the_report_that_it_names(indicator: Indicator) -> None:
    figure = figure_of(indicator, MEASURED, Period(JANUARY, date(2026, 1, 31)))
    assert figure
    is_share = SOURCES[indicator].unit in (Unit.PERCENT, Unit.RATE)
    assert (figure.of is not None) == (is_share or indicator is Indicator.OVERDUE)


def test_what_is_overdue_and_how_old_open_ones_are_can_be_aimed_at() -> None:
    """What was overdue before the first month counts in each later one, until it is no more."""
    counts: Counts = Counter()
    for month, by in ((date(2025, 11, 1), 4), (date(2025, 12, 1), -1)):
        counts[CounterKey("demo", month, Measure.OVERDUE, "all")] = by
    stays = {CounterKey("demo", date(2025, 12, 1), Measure.STAYS, "came"): 5}
    basis = Basis(counts, {"all": 5}, HERE.today, overdue=2, stays=stays)
    period = Period(date(2025, 12, 1), date(2025, 12, 31))
    for indicator, value in (
        (Indicator.OVERDUE, 5),
        (Indicator.AGE_OF_OPEN, 30),
        (Indicator.AGE_OF_OPEN_90, 30),
    ):
        (result,) = results(aimed(indicator, value), basis, [period])
        assert result.figure
        assert (result.figure.count, result.verdict) == (value, Verdict.MET)
        (missed,) = results(aimed(indicator, value - 1), basis, [period])
        assert missed.verdict is Verdict.NOT_MET


def test_complaints_per_thousand_transactions_can_be_aimed_at_where_they_were_entered() -> None:
    period = Period(date(2025, 12, 1), date(2025, 12, 31))
    counts: Counts = Counter({CounterKey("demo", period.first, Measure.RECEIVED, "all"): 21})
    basis = Basis(counts, {}, HERE.today)
    for transactions, verdict in (
        (4_200, Verdict.MET),
        (4_199, Verdict.NOT_MET),
        (None, Verdict.TOO_FEW),
        (0, Verdict.TOO_FEW),
    ):
        (result,) = results(aimed(Indicator.PER_THOUSAND, 5), basis, [period], lambda _, of=transactions: of)  # type: ignore[misc]
        assert result.verdict is verdict


def aimed(indicator: Indicator, at_most: int) -> Objective:
    return Objective(
        indicator=indicator,
        direction=Direction.AT_MOST,
        period=Frequency.MONTH,
        owner="quinn",
        targets=(Target(at_most, date(2025, 1, 1)),),
    )

"""Alarms: raised once by the schedule, and answered by people."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.management.improvement.alarms import (
    Alarm,
    AlarmAnswer,
    JoinTheme,
    LookInto,
    NoProblem,
    code_of,
    raising,
)
from complaints.management.record import CODE, RecordKind
from complaints.reporting.trends.watch import Dimension, Series
from complaints.values.errors import Forbidden, Invalid, NotNow
from complaints.values.people import MACHINE
from tests.builders import ADA, MONDAY, QUINN
from tests.complaints.management.improvement.builders import (
    RISE,
    TODAY,
    a_theme,
    after,
    an_alarm,
    begun,
    context,
    due,
    told,
)


def test_an_alarm_keeps_what_it_was_raised_on() -> None:
    alarm = an_alarm().content
    assert isinstance(alarm, Alarm)
    assert (alarm.series, alarm.number, alarm.expected) == (RISE.series, 12, 2.0)
    assert (alarm.chance, alarm.limit, alarm.watched) == (1.2e-5, 0.0043, 9)
    assert alarm.waits


def test_no_person_raises_one_and_none_is_raised_twice() -> None:
    with pytest.raises(Forbidden):
        after(begun(RecordKind.ALARM), raising(RISE), given=context(QUINN))
    with pytest.raises(NotNow):
        after(an_alarm(), raising(RISE), given=context(MACHINE))


@pytest.mark.parametrize(
    "value", ["delivery.late", "own." + "x" * 60, "own." + "x" * 59 + "y", "a_b.c", "a.b_c"]
)
def test_its_code_is_one_of_a_record_and_of_no_other_series(value: str) -> None:
    rise = replace(RISE, series=Series(Dimension.CATEGORY, value))
    others = {
        code_of(replace(rise, month=date(2026, 2, 1))),
        code_of(replace(rise, series=Series(Dimension.CAUSE, value))),
        code_of(replace(rise, series=Series(Dimension.CATEGORY, value + "z"))),
    }
    assert CODE.fullmatch(code_of(rise))
    assert code_of(rise) not in others


def test_it_is_answered_and_the_answer_can_be_another_one() -> None:
    until = TODAY + timedelta(days=9)
    looked = after(an_alarm(), LookInto(owner="ruth", until=until)).content
    assert isinstance(looked, Alarm)
    assert (looked.answer, looked.owner, looked.until) == (AlarmAnswer.LOOK_INTO, "ruth", until)
    ended = after(an_alarm(), LookInto(owner="ruth", until=until), NoProblem(why="A new product")).content
    assert isinstance(ended, Alarm)
    assert (ended.answer, ended.owner, ended.why) == (AlarmAnswer.NO_PROBLEM, None, "A new product")
    assert not ended.waits


@pytest.mark.parametrize("named", ["late-parcels", "demo.late-parcels"])
def test_it_joins_a_theme_that_there_is_named_by_its_code_or_its_id(named: str) -> None:
    with_theme = context(records=(a_theme(),))
    joined = after(an_alarm(), JoinTheme(theme=named), given=with_theme).content
    assert isinstance(joined, Alarm)
    assert (joined.answer, joined.theme) == (AlarmAnswer.THEME, "late-parcels")
    with pytest.raises(Invalid):
        after(an_alarm(), JoinTheme(theme="other"), given=with_theme)


@pytest.mark.parametrize("owner", ["audrey", "nobody"])
def test_somebody_who_can_looks_into_it_by_a_day_to_come(owner: str) -> None:
    with pytest.raises(Invalid) as refused:
        after(an_alarm(), LookInto(owner=owner, until=TODAY - timedelta(days=1)))
    assert {each.pointer for each in refused.value.errors} == {"/owner", "/until"}


def test_who_works_on_cases_alone_answers_none() -> None:
    with pytest.raises(Forbidden):
        after(an_alarm(), NoProblem(why="Fine"), given=context(ADA))


def test_quality_management_is_told_at_once_and_the_manager_after_a_fortnight() -> None:
    alarm = an_alarm()
    later = MONDAY + timedelta(days=14)
    assert due(alarm) == MONDAY
    assert told(alarm, MONDAY) == [("quality", None, "raised")]
    assert due(alarm, MONDAY) == later
    assert told(alarm, later) == [("quality", None, "unanswered"), ("manager", None, "unanswered")]
    assert due(alarm, later) is None


def test_whoever_looks_into_it_is_asked_the_day_after_and_nobody_once_it_is_answered() -> None:
    until = TODAY + timedelta(days=9)
    looked = after(an_alarm(), LookInto(owner="ruth", until=until))
    asked = due(looked)
    assert asked is not None
    assert asked.date() == until + timedelta(days=1)
    assert told(looked, asked) == [("owner", "ruth", "looked_into")]
    assert due(looked, asked) is None
    assert due(after(looked, NoProblem(why="A campaign"))) is None

"""Pack files: what is taken, what is refused, and when a pack holds."""

import json
from collections.abc import Callable, Container
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import complaints
from complaints.calendars.durations import Duration
from complaints.promise_packs.conditions import Condition
from complaints.promise_packs.loader import PackRefused, conditions_hold, in_force, read_packs

Json = dict[str, Any]

DEFAULT = (Path(complaints.__file__).parent / "data/packs/iso10002-default.json").read_bytes()


def changed(change: Callable[[Json], object]) -> bytes:
    """The default file with one change to it."""
    file = json.loads(DEFAULT)
    change(file)
    return json.dumps(file).encode()


def pack(**fields: object) -> bytes:
    return changed(lambda file: file["packs"][0].update(fields))


def clock(**fields: object) -> bytes:
    return changed(lambda file: file["packs"][0]["clocks"][1].update(fields))


def versions(*spans: tuple[str, str | None]) -> bytes:
    def replace(file: Json) -> None:
        one = file["packs"][0]
        file["packs"] = [
            {**one, "version": number, "effective_from": begins, "effective_to": ends}
            for number, (begins, ends) in enumerate(spans, start=1)
        ]

    return changed(replace)


def two_clocks_of_one_name(file: Json) -> None:
    file["packs"][0]["clocks"][1]["id"] = "acknowledge"


def condition(field: str, op: str, value: object) -> Json:
    return {"field": field, "op": op, "value": value}


def extension(amount: float, unit: str, blocks: tuple[str, ...] = ()) -> Json:
    return {"amount": amount, "unit": unit, "needs_notice": True, "times": 1, "notice_blocks": blocks}


AFTER_HALF_A_DAY: Json = {"when": "missed", "to": "team", "after": {"amount": 0.5, "unit": "business_days"}}
NOWHERE: Json = {"name": "Ombudsman", "url": "https://ombudsman.example or by post"}
AFTER_AGES: Json = {"when": "missed", "to": "team", "after": {"amount": 2000, "unit": "months"}}


def test_the_default_pack_promises_each_step() -> None:
    (default,) = read_packs(DEFAULT)
    assert {one.id: one.length for one in default.clocks} == {
        "acknowledge": Duration(1, "business_days", "next_day", "none", "close"),
        "assess": Duration(2, "business_days", "next_day", "none", "close"),
        "immediate_action": Duration(4, "hours", "exact", "none", None),
        "data_request": Duration(30, "calendar_days", "next_day", "preceding", "close"),
        "progress": Duration(10, "business_days", "next_day", "none", "close"),
        "respond": Duration(30, "calendar_days", "next_day", "preceding", "close"),
        "answer_window": Duration(30, "calendar_days", "next_day", "none", "midnight"),
        "review_respond": Duration(20, "business_days", "next_day", "none", "close"),
        "remedy": Duration(10, "business_days", "next_day", "none", "close"),
        "survey": Duration(5, "business_days", "next_day", "none", "close"),
    }


@pytest.mark.parametrize(
    ("data", "pointer", "reason"),
    [
        (b'{"format":', "", "not JSON"),
        (changed(lambda file: file.update(format=2)), "/format", "2"),
        (changed(lambda file: file.update(packs=[])), "/packs", "length"),
        (pack(surprise=1), "/packs/0/surprise", "unknown"),
        (pack(id="two-lines\n"), "/packs/0/id", "regex"),
        (pack(external_body=NOWHERE), "/packs/0/external_body/url", "regex"),
        (pack(working_time={"mon": [["9:00", "18:00"]]}), "/packs/0/working_time", "time of day"),
        (pack(timezone="Europe/Atlantis"), "/packs/0/timezone", "Atlantis"),
        (pack(effective_to="2017-01-01"), "/packs/0/effective_to", "before it begins"),
        (pack(letter_blocks=["no.such"]), "/packs/0/letter_blocks", "no.such"),
        (pack(conditions=[condition("mood", "eq", "x")]), "/packs/0/conditions/0/field", "mood"),
        (pack(conditions=[condition("country", "in", "TR")]), "/packs/0/conditions/0", "'in'"),
        (pack(conditions=[condition("safety", "gte", "two")]), "/packs/0/conditions/0", "'gte'"),
        (pack(conditions=[condition("country", "eq", ["TR"])]), "/packs/0/conditions/0", "'eq'"),
        (changed(two_clocks_of_one_name), "/packs/0/clocks/1/id", "another clock"),
        (clock(starts_on="no.such"), "/packs/0/clocks/1/starts_on", "no.such"),
        (clock(stops_on="no.such"), "/packs/0/clocks/1/stops_on", "no.such"),
        (clock(stops_on="complaint_received"), "/packs/0/clocks/1/stops_on", "starts it"),
        (clock(letter_blocks=["no.such"]), "/packs/0/clocks/1/letter_blocks", "no.such"),
        (clock(amount=0), "/packs/0/clocks/1/amount", ">= 1"),
        (clock(amount=1.5), "/packs/0/clocks/1", "whole numbers"),
        (clock(counting="exact"), "/packs/0/clocks/1", "counted as exact"),
        (clock(eod=None), "/packs/0/clocks/1", "when a date ends"),
        (clock(pause={"allowed": True}), "/packs/0/clocks/1/pause", "reasons"),
        (clock(pause={"allowed": False, "max_times": 2}), "/packs/0/clocks/1/pause", "limits"),
        (clock(extension=extension(2, "hours")), "/packs/0/clocks/1", "dates"),
        (clock(extension=extension(0.5, "weeks")), "/packs/0/clocks/1", "whole numbers"),
        (clock(escalates=[AFTER_HALF_A_DAY]), "/packs/0/clocks/1/escalates/0/after", "whole numbers"),
        (clock(amount=1001), "/packs/0/clocks/1/amount", "more than 1000"),
        (clock(escalates=[AFTER_AGES]), "/packs/0/clocks/1/escalates/0/after/amount", "more than 1000"),
        (
            clock(extension=extension(1, "weeks", ("no.such",))),
            "/packs/0/clocks/1/extension/notice_blocks",
            "no.such",
        ),
        (
            clock(escalates=[{"when": "before", "to": "owner"}]),
            "/packs/0/clocks/1/escalates/0",
            "how much is left",
        ),
        (
            versions(("2020-01-01", "2020-12-31"), ("2020-12-31", None)),
            "/packs/1/effective_from",
            "version 1",
        ),
        (
            versions(("2020-01-01", "2020-12-31"), ("2021-01-02", None)),
            "/packs/1/effective_from",
            "version 1",
        ),
        (versions(("2020-01-01", None), ("2021-01-02", None)), "/packs/1/effective_from", "version 1"),
    ],
)
def test_a_wrong_pack_file_is_refused_with_place_and_reason(data: bytes, pointer: str, reason: str) -> None:
    place, found = refusal(data)
    assert place == pointer
    assert reason in found


def refusal(data: bytes, calendars: Container[str] = ("TR",)) -> tuple[str, str]:
    """Where a pack file is wrong, and why."""
    with pytest.raises(PackRefused) as refused:
        read_packs(data, calendars)
    return refused.value.fault.pointer, refused.value.fault.reason


def test_an_unknown_unit_is_refused() -> None:
    place, reason = refusal(clock(unit="fortnights"))
    assert place == "/packs/0/clocks/1/unit"
    assert "fortnights" in reason


@pytest.mark.parametrize(
    ("windows", "reason"),
    [
        ([["09:00", "13:00"], ["12:00", "18:00"]], "overlap"),
        ([["18:00", "09:00"]], "closes before"),
        ([["22:00", "06:00"]], "closes before"),
    ],
    ids=["overlapping", "reversed", "over midnight"],
)
def test_windows_that_overlap_or_end_before_they_begin_are_refused(
    windows: list[list[str]], reason: str
) -> None:
    place, found = refusal(pack(working_time={"mon": windows}))
    assert place == "/packs/0/working_time"
    assert reason in found


def test_a_missing_calendar_is_refused() -> None:
    assert refusal(pack(holiday_calendar="FR")) == ("/packs/0/holiday_calendar", "there is no calendar 'FR'")


@pytest.mark.parametrize("week", [{}, {"mon": [], "tue": []}])
def test_a_calendar_without_hours_is_refused(week: Json) -> None:
    place, reason = refusal(pack(working_time=week))
    assert place == "/packs/0/working_time"
    assert "no working time" in reason


def test_an_extension_longer_than_is_allowed_is_refused() -> None:
    place, reason = refusal(clock(extension=extension(11, "months")))
    assert place == "/packs/0/clocks/1/extension/amount"
    assert "10 times" in reason


def test_a_pack_may_name_a_calendar_that_there_is() -> None:
    assert read_packs(pack(holiday_calendar="TR"), calendars={"TR"})[0].holiday_calendar == "TR"


def test_the_version_in_force_is_that_of_the_date() -> None:
    packs = read_packs(versions(("2026-04-08", None), ("2016-01-01", "2026-04-07")))
    dates = [date(2015, 12, 31), date(2016, 1, 1), date(2026, 4, 7), date(2026, 4, 8)]
    assert [[one.version for one in in_force(packs, on)] for on in dates] == [[], [2], [2], [1]]


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        (Condition("country", "eq", "TR"), True),
        (Condition("country", "eq", "GB"), False),
        (Condition("country", "ne", "GB"), True),
        (Condition("country", "in", ("GB", "TR")), True),
        (Condition("country", "not_in", ("GB", "TR")), False),
        (Condition("safety", "gte", 2), True),
        (Condition("safety", "gte", 3), False),
        (Condition("safety", "lte", 2), True),
        (Condition("product", "eq", "loan"), False),
        (Condition("product", "ne", "loan"), True),
        (Condition("severity", "gte", 0), False),
        (Condition("severity", "lte", 3), False),
    ],
)
def test_a_condition_compares_with_a_fact_of_the_case(expected: Condition, holds: bool) -> None:
    assert conditions_hold([expected], {"country": "TR", "safety": 2}) is holds


def test_all_conditions_must_hold() -> None:
    conditions = [Condition("country", "eq", "TR"), Condition("sector", "eq", "banking")]
    assert not conditions_hold(conditions, {"country": "TR"})
    assert conditions_hold(conditions, {"country": "TR", "sector": "banking"})
    assert conditions_hold([], {})

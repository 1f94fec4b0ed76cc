"""Each clock keeps its own due moment, has hours to count, and no date that is not there."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from complaints.adapters.config.shipped_data import ShippedData
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.calendars.opening_hours import WEEKDAYS, WindowsRefused
from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, Promise
from complaints.settings.validation import wrong_site
from complaints.values.errors import Wrong
from functions.serializers.parts.complaint import local_time
from tests.builders import ACKNOWLEDGE, DEMO, MONDAY, RESPOND, TUESDAY, WEDNESDAY, Story, a_complaint
from tests.complaints.working_time import working_calendar

LOCALES = Path(__file__).resolve().parents[3] / "templates/locale"
NO_HOURS: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(WEEKDAYS, ())


@pytest.mark.parametrize(
    "story",
    [
        pytest.param(lambda story: story.acknowledged(TUESDAY), id="acknowledged"),
        pytest.param(
            lambda story: story.acknowledged().assessed(at=TUESDAY, severity=3), id="assessed as grave"
        ),
        pytest.param(lambda story: story.acknowledged().wrote(at=WEDNESDAY), id="more was written"),
        pytest.param(lambda story: story.ticked(WEDNESDAY), id="the shorter one was missed"),
    ],
)
def test_clocks_are_independent(story: Callable[[Story], Story]) -> None:
    """What happens to the shorter one, or is about the case, moves no other."""
    before = a_complaint().received().build()
    after = story(a_complaint().received()).build()
    assert after.clock(RESPOND).due == before.clock(RESPOND).due
    assert after.clock(ACKNOWLEDGE).due == before.clock(ACKNOWLEDGE).due


def test_more_time_for_one_clock_is_for_no_other() -> None:
    before = a_complaint().received()
    other = before.build().clock(ACKNOWLEDGE)
    before.extended().taken("extension")
    assert before.build().clock(ACKNOWLEDGE) == other
    assert before.build().clock(RESPOND).added is not None


@pytest.mark.parametrize("windows", [{}, NO_HOURS])
def test_a_calendar_without_hours_is_refused(windows: dict[str, tuple[tuple[str, str], ...]]) -> None:
    with pytest.raises(WindowsRefused, match="no working time in the week"):
        msgspec.structs.replace(working_calendar(), windows=windows)
    record = msgspec.structs.replace(DEMO, windows=windows)
    assert list(wrong_site(record, DEMO.key, ShippedData(Catalogues(LOCALES)), ())) == [
        Wrong("/windows", "windows")
    ]


def moments(value: object) -> Iterator[datetime | date]:
    """Every date and moment that stands anywhere in some data."""
    if isinstance(value, datetime | date):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from moments(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from moments(inner)


def of_data(value: object) -> list[datetime | date]:
    return list(moments(msgspec.to_builtins(value, builtin_types=(datetime, date))))


def test_no_date_is_ever_the_epoch() -> None:
    """From the first moment of a case to its end, nothing in it lies before the day on which it began."""
    story = a_complaint().received().acknowledged().assigned().assessed().asked(TUESDAY).wrote()
    listed: list[Any] = [story.facts, story.build()]
    listed.append(story.found().decided().responded(WEDNESDAY).accepted().build())
    listed.append([story.cases.letters, story.facts])
    found = of_data(listed)
    assert len(found) > 40
    assert all(moment >= (MONDAY if isinstance(moment, datetime) else MONDAY.date()) for moment in found)


@pytest.mark.parametrize("kind", [Complaint, Clock, Letter, Promise])
def test_a_date_that_is_not_there_is_absent(kind: type[msgspec.Struct]) -> None:
    dates = [field for field in msgspec.structs.fields(kind) if field.type in (datetime | None, date | None)]
    assert dates
    assert {field.default for field in dates} <= {None, msgspec.NODEFAULT}


def test_a_date_that_is_not_there_is_shown_as_none() -> None:
    assert local_time(None, UTC) is None

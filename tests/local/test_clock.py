"""The product's clock, and moving it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infrastructure.errors import CommandError
from infrastructure.local.clock import FURTHEST, LocalClock, TimeMachine

HOUR = timedelta(hours=1)
BLINK = timedelta(seconds=30)


class Diary:
    """A schedule that notes when it ran, and what is due when; mails are settled after each run."""

    def __init__(self, clock: LocalClock, *due: datetime) -> None:
        self.clock = clock
        self.due = due
        self.runs: list[datetime] = []
        self.settled_after: list[int] = []
        self.sealed: list[datetime] = []

    def machine(self) -> TimeMachine:
        return TimeMachine(self.clock, self.next_due, self.tick, self.settle, self.seal)

    def next_due(self, after: datetime) -> datetime | None:
        return min((moment for moment in self.due if moment > after), default=None)

    def tick(self) -> None:
        self.runs.append(self.clock.now())

    def seal(self) -> None:
        self.sealed.append(self.clock.now())

    def settle(self) -> None:
        self.settled_after.append(len(self.runs))


@pytest.fixture
def clock(tmp_path: Path) -> LocalClock:
    return LocalClock(tmp_path / "clock.json")


def near(moment: datetime, expected: datetime) -> bool:
    return expected <= moment < expected + BLINK


def test_the_schedule_runs_at_each_due_moment_and_at_the_end(clock: LocalClock) -> None:
    now = clock.now()
    diary = Diary(clock, now + 3 * HOUR, now + HOUR, now + 9 * HOUR)
    diary.machine().go_to(now + 5 * HOUR)
    expected = [now + HOUR, now + 3 * HOUR, now + 5 * HOUR]
    assert len(diary.runs) == len(expected)
    assert all(map(near, diary.runs, expected))
    assert diary.settled_after == [0, 1, 2, 3]


def test_when_late_the_schedule_runs_once(clock: LocalClock) -> None:
    now = clock.now()
    diary = Diary(clock, now + HOUR)
    diary.machine().advance(2 * HOUR, late=True)
    assert [near(run, now + 2 * HOUR) for run in diary.runs] == [True]


def test_the_hours_that_went_by_are_sealed_once_at_the_end(clock: LocalClock) -> None:
    now = clock.now()
    diary = Diary(clock, now + HOUR)
    diary.machine().go_to(now + 48 * HOUR)
    assert [near(moment, now + 48 * HOUR) for moment in diary.sealed] == [True]


def test_moving_by_nothing_still_runs_the_schedule(clock: LocalClock) -> None:
    diary = Diary(clock)
    diary.machine().advance(timedelta())
    assert len(diary.runs) == 1


def test_reaching_what_is_past_stays_where_it_is(clock: LocalClock) -> None:
    now = clock.now()
    Diary(clock).machine().reach(now - HOUR)
    assert near(clock.now(), now)


@pytest.mark.parametrize("ahead", [-HOUR, timedelta(microseconds=-1), FURTHEST + HOUR])
def test_the_clock_goes_forward_only_and_not_out_of_sight(clock: LocalClock, ahead: timedelta) -> None:
    diary = Diary(clock)
    with pytest.raises(ValueError, match="The clock moves"):
        diary.machine().advance(ahead)
    with pytest.raises(ValueError, match="The clock moves"):
        diary.machine().go_to(clock.now() + ahead)
    assert diary.runs == []


def test_the_offset_lasts_with_the_data(tmp_path: Path) -> None:
    LocalClock(tmp_path / "clock.json").move_to(datetime(2031, 1, 1, tzinfo=UTC))
    assert near(LocalClock(tmp_path / "clock.json").now(), datetime(2031, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"ahead": "soon"}'])
def test_a_damaged_note_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clock.json").write_bytes(content)
    with pytest.raises(CommandError, match=r"clock\.json is damaged"):
        LocalClock(tmp_path / "clock.json")

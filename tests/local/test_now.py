"""A local run whose new data begins at another moment."""

from datetime import timedelta
from pathlib import Path

import pytest

from infrastructure.errors import CommandError
from infrastructure.local.clock import LocalClock
from infrastructure.local.options import read

BEGINS = "2026-03-18T15:00:00+03:00"


def test_data_begins_at_the_moment_that_is_said_without_a_demonstration() -> None:
    options = read({"NOW": BEGINS})
    assert options.now is not None
    assert options.now.isoformat() == BEGINS
    assert not options.demo


@pytest.mark.parametrize("text", ["yesterday", "2026-03-18", "2026-03-18T15:00:00"])
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="NOW must be a moment"):
        read({"NOW": text})


def test_a_moment_at_which_the_stream_is_not_followed_is_refused() -> None:
    with pytest.raises(CommandError, match="STREAM must be one of 1, early, late, 0"):
        read({"STREAM": "never"})


def test_time_never_goes_back_for_data_that_there_is(tmp_path: Path) -> None:
    begins = read({"NOW": BEGINS}).now
    assert begins is not None
    clock = LocalClock(tmp_path / "clock.json")
    clock.begin_at(begins)
    assert timedelta() <= clock.now() - begins < timedelta(minutes=5)
    with pytest.raises(CommandError, match="is further"):
        clock.begin_at(begins - timedelta(days=1))

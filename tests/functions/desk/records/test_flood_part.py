"""The closing of a part of a flood begins with the times of the whole, to the second."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from complaints.management.flood_closings import ProposeFloodClosing
from functions.desk.records.flood_part import as_typed
from functions.desk.records.forms import fields_of_command
from functions.forms.to_json import body_of
from functions.forms.urlencoded import FormData

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.mark.parametrize(
    ("at", "typed"),
    [
        (datetime(2026, 11, 28, 20, 0, tzinfo=UTC), "2026-11-28T23:00:00"),
        (datetime(2026, 11, 28, 20, 0, 37, tzinfo=UTC), "2026-11-28T23:00:37"),
        (datetime(2026, 11, 28, 20, 0, 37, 5000, tzinfo=UTC), "2026-11-28T23:00:37.005"),
    ],
)
def test_a_moment_comes_back_from_the_form_as_it_was(at: datetime, typed: str) -> None:
    assert as_typed(at, ISTANBUL) == typed
    sent = body_of(fields_of_command(ProposeFloodClosing), FormData([("until", typed)]), ISTANBUL)
    assert datetime.fromisoformat(sent["until"]) == at

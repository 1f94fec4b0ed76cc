"""What pages say of a letter that may take long, by what came in of late, as forms or by the API."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from complaints.case.complaint import Complaint
from functions.public.own_case import asked_letter
from functions.public.timestamp_proof import FormPace
from functions.use_cases.submission.intake_load import IntakeLoad
from tests.builders import MONDAY

COMPLAINT = Complaint(reference="C-7K3M9-QX2HT-7", site="demo")


def may_take_long(now: datetime = MONDAY) -> bool:
    installation: Any = SimpleNamespace(now=lambda: now, settings=SimpleNamespace(letters_an_hour=480))
    return asked_letter.may_take_long(installation, COMPLAINT)


def test_within_a_minute_nothing_is_offered_and_the_table_is_not_asked() -> None:
    """On most days the letter has left by then. These dependencies have no table."""
    now = MONDAY + timedelta(seconds=59)
    received = Complaint(reference=COMPLAINT.reference, site="demo", received_at=MONDAY)
    installation: Any = SimpleNamespace(now=lambda: now)
    assert not asked_letter.waits(installation, received)


@pytest.mark.parametrize(("name", "kind"), [("LOAD", IntakeLoad), ("PACE", FormPace)])
def test_s67_more_than_a_site_writes_to_in_two_minutes_takes_long(
    monkeypatch: pytest.MonkeyPatch, name: str, kind: type[IntakeLoad]
) -> None:
    load = kind()
    for other in ("LOAD", "PACE"):
        monkeypatch.setattr(asked_letter, other, load if other == name else IntakeLoad())
    for _ in range(15):
        load.note("demo", None, MONDAY)
        load.note("elsewhere", None, MONDAY)
    assert not may_take_long()
    load.note("demo", None, MONDAY)
    assert may_take_long()
    assert not may_take_long(MONDAY + timedelta(minutes=2))

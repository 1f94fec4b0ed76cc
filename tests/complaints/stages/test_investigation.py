"""Investigation: what was found, and why it happened."""

import pytest

from complaints.casework.lifecycle import decide
from complaints.commands.case import Find
from complaints.events.case import FindingRecorded
from complaints.values.errors import NotNow
from complaints.values.field_types import Cause, Stage
from tests.builders import ADA, MONDAY, a_complaint, context

COURIER = Find(finding="The courier rang at the wrong door.", root_cause=Cause.SUPPLIER)


def test_a_finding_names_its_cause() -> None:
    (fact,) = decide(a_complaint().received().assessed().build(), COURIER, context())
    assert fact == FindingRecorded(at=MONDAY, by=ADA, finding=COURIER.finding, root_cause=Cause.SUPPLIER)


def test_a_finding_begins_the_investigation() -> None:
    assert a_complaint().received().assessed().found().build().stage is Stage.INVESTIGATING


def test_more_may_be_found_later() -> None:
    assert a_complaint().received().assessed().found().found().build().stage is Stage.INVESTIGATING


def test_nothing_is_found_before_it_is_assessed() -> None:
    with pytest.raises(NotNow) as refusal:
        decide(a_complaint().received().build(), COURIER, context())
    assert "assess" in refusal.value.allowed
    assert "find" not in refusal.value.allowed

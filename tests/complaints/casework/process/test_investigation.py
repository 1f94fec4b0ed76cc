"""Investigation: what was found, and why it happened."""

from typing import Any

import pytest

from complaints.case.outcome.decision import DecisionProposed
from complaints.case.process.investigation import FindingRecorded
from complaints.casework.outcome.decision import Decide
from complaints.casework.process.investigation import Find
from complaints.handling.lifecycle import decide
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Cause, Outcome, Stage
from tests.builders import ADA, MONDAY, a_complaint, context

COURIER = Find(finding="The courier rang at the wrong door.", root_cause=Cause.SUPPLIER)


@pytest.mark.iso10002("7.6 investigation: finding")
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


def undecided(outcome: Outcome = Outcome.UPHELD, **fields: Any) -> Decide:
    return Decide(outcome=outcome, reasons="It is so.", **fields)


@pytest.mark.iso10002("7.6 investigation: finding")
def test_nothing_is_decided_before_it_was_looked_into() -> None:
    with pytest.raises(Invalid) as refusal:
        decide(a_complaint().received().assessed().build(), undecided(), context())
    assert refusal.value.errors == (Wrong("/finding", "missing"), Wrong("/root_cause", "missing"))
    assert decide(a_complaint().received().assessed().found().build(), undecided(), context())


def test_what_was_found_is_recorded_with_the_decision() -> None:
    found = undecided(finding=COURIER.finding, root_cause=COURIER.root_cause)
    proposed, finding, *_ = decide(a_complaint().received().assessed().build(), found, context())
    assert isinstance(proposed, DecisionProposed)
    assert finding == FindingRecorded(at=MONDAY, by=ADA, finding=COURIER.finding, root_cause=Cause.SUPPLIER)


def test_half_a_finding_is_none() -> None:
    with pytest.raises(Invalid) as refusal:
        decide(a_complaint().received().assessed().build(), undecided(finding="A wet box."), context())
    assert refusal.value.errors == (Wrong("/root_cause", "missing"),)


def test_what_is_out_of_scope_needs_no_finding() -> None:
    out = undecided(Outcome.OUT_OF_SCOPE)
    assert decide(a_complaint().received().assessed().build(), out, context())

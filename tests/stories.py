"""Complaints that have come a long way: tests of what happens then begin with them."""

from datetime import datetime
from typing import Any

from complaints.case.complaint import Complaint
from complaints.casework.outcome.decision import Respond
from complaints.values.field_types import Way
from tests.builders import MONDAY, OMBUDSMAN, RUTH, Story, a_complaint


def responded(**site: Any) -> Story:
    """A decision of Ada's that was told on Monday, and waits for an answer."""
    return a_complaint(**site).received().acknowledged().assessed().decided().responded()


def reviewed(**site: Any) -> Story:
    """A decision of Ruth's at level 2, told on the same Monday."""
    return responded(**site).disagreed().decided(by=RUTH).responded()


def referred() -> Complaint:
    """A complaint that was refused twice, and is at an external body."""
    return reviewed(external_body=OMBUDSMAN).disagreed().build()


def by_telephone(at: datetime = MONDAY) -> Respond:
    """The decision is told in a talk."""
    return Respond(by=Way.TELEPHONE, at=at)

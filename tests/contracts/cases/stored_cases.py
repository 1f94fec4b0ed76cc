"""Cases put straight into the store as they would stand there, for queues and agendas to find."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.case.complaint import Complaint
from complaints.context.case import CaseWrite
from complaints.values.field_types import Stage
from complaints.values.text.case_reference import written
from tests.builders import MONDAY
from tests.contracts.writes import opening

OPENED = opening()


def a_case(number: int, *, due: datetime | None = MONDAY, **changed: Any) -> CaseWrite:
    """The write of a case whose reference holds a number; `due` is its binding promise, if it has one."""
    template = OPENED.case.complaint
    clocks = (replace(template.clocks[0], due=due, rungs=()),) if due else ()
    usual: dict[str, Any] = {"reference": reference(number), "clocks": clocks}
    complaint: Complaint = replace(template, **usual | changed)
    return replace(OPENED, case=replace(OPENED.case, complaint=complaint), letters=())


def a_closed_case(number: int, at: datetime, **changed: Any) -> CaseWrite:
    """The write of a case that ended at a moment."""
    return a_case(number, stage=Stage.CLOSED, ended_at=at, **changed)


def reference(number: int) -> str:
    """A reference that holds a number."""
    return written(f"{number:010d}")


def shelved(*writings: CaseWrite) -> None:
    """Puts all of them into the store."""
    for writing in writings:
        DynamoCases().write(writing)

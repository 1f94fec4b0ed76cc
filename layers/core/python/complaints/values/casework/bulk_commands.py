"""Bulk commands: one command of staff on many cases. What was asked for is on record, and is carried out in
steps, on each case as a command of its own."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

MOST = 500
"""How many cases one may be about."""

STEP = 20
"""How many cases are looked at in one step."""

DONE, PROPOSED = "done", "proposed"
"""What became of a case that the command was carried out on; `proposed` waits for a second person."""


class BulkCase(Struct, frozen=True, omit_defaults=True):
    """A case in the `version` that was looked at. `outcome` is what became of it, a refusal by its code or
    its rule; it is empty until its step is taken."""

    reference: str
    version: int
    outcome: str = ""


class BulkCommand(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `member` asked for at a moment. `body` is the JSON of the command, empty once all is done;
    `origin` is the query of the queue in which the cases were chosen. `revision` counts what was written."""

    id: str
    member: str
    at: datetime
    verb: str
    body: str
    cases: tuple[BulkCase, ...]
    origin: str = ""
    revision: int = 1

    @property
    def remaining(self) -> tuple[BulkCase, ...]:
        """The cases that nothing became of yet."""
        return tuple(case for case in self.cases if not case.outcome)

    def number(self, outcome: str) -> int:
        """Of how many cases this is what became."""
        return sum(case.outcome == outcome for case in self.cases)

    @property
    def refused(self) -> tuple[BulkCase, ...]:
        """The cases on which it was not carried out."""
        return tuple(case for case in self.cases if case.outcome not in ("", DONE, PROPOSED))


def after_step(bulk: BulkCommand, outcomes: Mapping[str, str]) -> BulkCommand:
    """With what became of some cases, by their references. What became of one before, stands."""
    cases = tuple(
        case if case.outcome else replace(case, outcome=outcomes.get(case.reference, ""))
        for case in bulk.cases
    )
    after = replace(bulk, cases=cases, revision=bulk.revision + 1)
    return after if after.remaining else replace(after, body="")

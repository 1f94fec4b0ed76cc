"""Which of some cases have changed since a moment, by their last entries."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from complaints.audit_trail import hash_chain
from complaints.context.case import Case

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasMessages


def changed_cases(deps: "HasMessages", cases: Mapping[str, Case], since: datetime | None) -> dict[str, Case]:
    """Those whose last entry was recorded at or after `since`, or all without it: one batch read for every
    fifty.

    An entry says when it was decided, which is seconds before it can be read: who reads on goes back a
    little. One that this release cannot read has changed.
    """
    if since is None or not cases:
        return dict(cases)
    last = deps.messages.of_cases({name: {case.complaint.number} for name, case in cases.items()})
    before = {
        name
        for name, entries in last.items()
        for entry in entries
        if (moments := [fact.at for _, fact in hash_chain.known(entry.data)]) and max(moments) < since
    }
    return {name: case for name, case in cases.items() if name not in before}

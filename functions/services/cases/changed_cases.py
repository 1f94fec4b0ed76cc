"""Which of some cases have changed since a moment, by their last entries."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from complaints.audit_trail import hash_chain
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.outcome.survey import SurveyTextCleared
from complaints.context.case import Case

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def changed_cases(deps: "Container", cases: Mapping[str, Case], since: datetime | None) -> dict[str, Case]:
    """Those whose last entry was recorded at or after `since`, or all without it: one batch read for every
    fifty.

    An entry says when it was decided, which is seconds before it can be read: who reads on goes back a
    little. One that this release cannot read has changed. One that says only that free words of the survey
    were looked at changes nothing, because it would tell whose words they are: the one before it counts.
    """
    if since is None or not cases:
        return dict(cases)
    before: set[str] = set()
    last = {name: case.complaint.number for name, case in cases.items()}
    while last:
        found = deps.messages.of_cases({name: {number} for name, number in last.items()})
        looks = {name for name, entries in found.items() if any(map(_is_look_at_words, entries))}
        before |= {
            name
            for name, entries in found.items()
            for entry in entries
            if name not in looks
            and (moments := [fact.at for _, fact in hash_chain.known(entry.data)])
            and max(moments) < since
        }
        last = {name: last[name] - 1 for name in looks}
    return {name: case for name, case in cases.items() if name not in before}


def _is_look_at_words(entry: StoredEntry) -> bool:
    """Whether an entry says nothing but that free words of the survey were looked at."""
    facts = hash_chain.known(entry.data)
    return bool(facts) and all(isinstance(fact, SurveyTextCleared) for _, fact in facts)

"""The published procedure (clauses 6.2 and 7.1): what a site promises to complainants, step by step.

It is read from the promise packs in force, so that it is always what the clocks of a case will do.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.clocks import recalculation
from complaints.clocks.lifecycle import ANSWER, foreseen
from complaints.promise_packs.schema import RIGHT, Pack, PackClock
from complaints.site.pack_circumstances import always, unknowable
from complaints.site.pack_events import (
    DATA_REQUESTED,
    MESSAGE,
    RECEIPT,
    REQUESTED,
    RESPONDED,
    REVIEW,
    WRITTEN,
)
from complaints.site.site import SiteTerms
from complaints.values.field_types import Feedback

RECEIVED, ACKNOWLEDGED, NEWS, ANSWERED, REVIEWED, SETTLED, ASKED_FOR_DATA, OTHER = (
    "receipt", "acknowledgement", "message", "response", "review", "acceptance", "data_request", "event",
)  # fmt: skip
_SINCE = {
    **dict.fromkeys(RECEIPT, RECEIVED),
    **dict.fromkeys(("acknowledged", WRITTEN), ACKNOWLEDGED),
    **dict.fromkeys(MESSAGE, NEWS),
    RESPONDED: ANSWERED,
    "company_response": ANSWERED,
    **dict.fromkeys(REVIEW, REVIEWED),
    **dict.fromkeys(("decision_accepted", "complainant_answered", "resolved"), SETTLED),
}
_ORDER = (RECEIVED, ACKNOWLEDGED, NEWS, ANSWERED, REVIEWED, SETTLED, ASKED_FOR_DATA, OTHER)
_SHOWN = frozenset({"acknowledge", "progress", "respond", "remedy", ANSWER, RIGHT})


class PublishedStep(NamedTuple):
    """One promise: `since` says from what its time is counted; `only` is the pack of one that holds for some
    complaints and not for others."""

    clock: PackClock
    since: str
    due: datetime
    only: Pack | None = None


def published(terms: SiteTerms, now: datetime) -> list[PublishedStep]:
    """What a site promises now, in the order of the way: of each step that holds for all, the strictest."""
    steps = sorted(_steps(terms, now), key=lambda step: (_ORDER.index(step.since), step.due))
    shown: dict[tuple[object, ...], PublishedStep] = {}
    for step in steps:
        whose = (step.only.id, step.clock.id) if step.only else ()
        shown.setdefault((step.clock.purpose, step.since, *whose), step)
    return list(shown.values())


def _steps(terms: SiteTerms, now: datetime) -> Iterator[PublishedStep]:
    """Every promise that can hold for a complaint at this site, or for a request about personal data."""
    complaints = replace(terms.site, feedback=())
    for pack in terms.in_force(now):
        for clock in pack.clocks:
            if clock.purpose not in _SHOWN:
                continue
            conditions = (*pack.conditions, *clock.conditions)
            due = recalculation.started(clock, pack, now, terms).due
            if clock.starts_on in (DATA_REQUESTED, REQUESTED) and _is_of_request(clock, pack, now, terms):
                yield PublishedStep(clock, ASKED_FOR_DATA, due)
            if clock.starts_on == DATA_REQUESTED or any(unknowable(conditions, complaints)):
                continue
            only = None if always(conditions, complaints) else pack
            yield PublishedStep(clock, _SINCE.get(clock.starts_on, OTHER), due, only)


def _is_of_request(clock: PackClock, pack: Pack, now: datetime, terms: SiteTerms) -> bool:
    """Whether a clock holds for requests about personal data that come as such."""
    if not terms.site.takes_data_requests:
        return False
    asked = Complaint(reference="", feedback=Feedback.PERSONAL_DATA, received_at=now)
    begun = foreseen(asked, clock.starts_on, now, terms)
    return any((each.pack, each.id) == (pack.id, clock.id) for each in begun)

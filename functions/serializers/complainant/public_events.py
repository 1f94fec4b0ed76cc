"""What happened to a complaint, in words for whoever made it: each fact that concerns the person alone."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.deadlines import DeadlineExtended, DeadlineMissed
from complaints.case.fact import Fact
from complaints.case.facts import FACTS
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.process.closing import DecisionAccepted, Withdrawn
from complaints.case.process.escalation import DecisionRefused
from complaints.values.people import COMPLAINANT
from functions.serializers.field_types import Moment
from functions.serializers.parts.complaint import local_time

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


class Happened(Struct, frozen=True, kw_only=True):
    """Something that happened, in words; `reason` is what the person wrote."""

    at: Moment
    event: str
    text: str
    reason: str | UnsetType = UNSET


EVENTS: dict[type[Fact], str] = {fact: fact.PUBLIC for fact in FACTS if fact.PUBLIC}
"""What each is called. A step of a body outside has a name of its own: `referral_decided`."""

_OWN_REASONS = (DecisionAccepted, DecisionRefused, Withdrawn, Converted)
_OF_CLOCKS = (DeadlineMissed, DeadlineExtended)


def public_events(
    catalogues: "Catalogues",
    complaint: Complaint,
    facts: Iterable[tuple[int, Fact]],
    zone: tzinfo,
    language: str,
) -> Iterator[Happened]:
    """What happened, the oldest first. Only reasons that the person gave are told, and no names of staff."""
    for _, fact in facts:
        if type(fact) not in EVENTS or not _concerns_the_person(complaint, fact):
            continue
        event = _name(fact)
        reason = fact.reason if isinstance(fact, _OWN_REASONS) and fact.by == COMPLAINANT else None
        yield Happened(
            at=local_time(fact.at, zone),
            event=event,
            text=catalogues.text(language, f"api.event.{event}"),
            reason=reason or UNSET,
        )


def _name(fact: Fact) -> str:
    name = EVENTS[type(fact)]
    return f"{name}_{fact.step}" if isinstance(fact, ReferralRecorded) else name


def _concerns_the_person(complaint: Complaint, fact: Fact) -> bool:
    """Promises among ourselves are nobody else's."""
    return not isinstance(fact, _OF_CLOCKS) or complaint.clock(fact.clock).is_for_complainant

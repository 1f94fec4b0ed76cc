"""What happened to a complaint, in words for whoever made it: each fact that concerns the person alone."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from complaints.events import case as case_events
from complaints.events.clocks import DeadlineExtended, DeadlineMissed, DelayExplained
from complaints.events.correspondence.letters import AddressFailed, LinkAsked, LinkChanged
from complaints.events.event import Fact
from complaints.events.outcome.feedback import Converted
from complaints.events.outcome.redress import RemedyDeclined
from complaints.events.outcome.referral import ReferralRecorded
from complaints.events.outcome.survey import SurveyAnswered, SurveyDeclined, SurveySent
from complaints.events.people.adjustments import AdjustmentNoted
from complaints.events.people.contact import ContactCorrected, MailAddressConfirmed, MailAddressProposed
from complaints.events.record.details import DetailsCorrected
from complaints.events.record.merges import Absorbed, Merged
from complaints.model.complaint import Complaint
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


EVENTS: dict[type[Fact], str] = {
    case_events.Received: "received",
    case_events.Acknowledged: "acknowledged",
    case_events.Assessed: "assessed",
    case_events.InformationAsked: "asked",
    case_events.MessageReceived: "from_you",
    case_events.MessageSent: "to_you",
    case_events.Responded: "responded",
    case_events.DecisionAccepted: "accepted",
    case_events.DecisionRefused: "refused",
    case_events.Escalated: "escalated",
    case_events.Referred: "referred",
    ReferralRecorded: "referral",
    case_events.RemedyDone: "remedy_done",
    RemedyDeclined: "remedy_declined",
    case_events.Reopened: "reopened",
    case_events.Closed: "closed",
    case_events.Withdrawn: "withdrawn",
    Converted: "converted",
    DeadlineMissed: "missed",
    DeadlineExtended: "extended",
    DelayExplained: "delay_explained",
    AddressFailed: "address_failed",
    LinkAsked: "link_asked",
    LinkChanged: "link_changed",
    AdjustmentNoted: "adjustment_noted",
    ContactCorrected: "contact_corrected",
    DetailsCorrected: "details_corrected",
    MailAddressProposed: "address_proposed",
    MailAddressConfirmed: "address_confirmed",
    Merged: "merged",
    Absorbed: "absorbed",
    SurveySent: "survey_sent",
    SurveyAnswered: "survey_answered",
    SurveyDeclined: "survey_declined",
}
"""What each is called. A step of a body outside has a name of its own: `referral_decided`."""

_OWN_REASONS = (case_events.DecisionAccepted, case_events.DecisionRefused, case_events.Withdrawn, Converted)
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

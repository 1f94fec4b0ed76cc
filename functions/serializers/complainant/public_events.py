"""What happened to a complaint, in words for whoever made it: each fact that concerns the person alone."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letters import AddressFailed, LinkAsked, LinkChanged
from complaints.case.correspondence.messages import InformationAsked, MessageReceived, MessageSent
from complaints.case.deadlines import DeadlineExtended, DeadlineMissed, DelayExplained
from complaints.case.fact import Fact
from complaints.case.outcome.decision import Responded
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.outcome.remedies import RemedyDeclined, RemedyDone
from complaints.case.outcome.survey import SurveyAnswered, SurveyDeclined, SurveySent
from complaints.case.people.adjustments import AdjustmentNoted
from complaints.case.people.contact_details import ContactCorrected, MailAddressConfirmed, MailAddressProposed
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.process.assessment import Assessed
from complaints.case.process.closing import Closed, DecisionAccepted, Reopened, Withdrawn
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.case.process.receipt import Received
from complaints.case.record.details import DetailsCorrected
from complaints.case.record.merging import Absorbed, Merged
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
    Received: "received",
    Acknowledged: "acknowledged",
    Assessed: "assessed",
    InformationAsked: "asked",
    MessageReceived: "from_you",
    MessageSent: "to_you",
    Responded: "responded",
    DecisionAccepted: "accepted",
    DecisionRefused: "refused",
    Escalated: "escalated",
    Referred: "referred",
    ReferralRecorded: "referral",
    RemedyDone: "remedy_done",
    RemedyDeclined: "remedy_declined",
    Reopened: "reopened",
    Closed: "closed",
    Withdrawn: "withdrawn",
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

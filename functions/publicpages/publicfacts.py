"""What happened to a complaint, in words for whoever made it: each fact that concerns the person alone."""

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any

from complaints import facts
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.feedback_facts import Converted
from complaints.letter_facts import AddressFailed, LinkAsked
from complaints.pairs.merging_facts import Absorbed, Merged
from complaints.promise_facts import DeadlineExtended, DeadlineMissed
from complaints.survey_facts import SurveyAnswered, SurveyDeclined, SurveySent
from complaints.world.assemble import world
from functions import shapes

EVENTS: dict[type[Fact], str] = {
    facts.Received: "received",
    facts.Acknowledged: "acknowledged",
    facts.Assessed: "assessed",
    facts.InformationAsked: "asked",
    facts.MessageReceived: "from_you",
    facts.MessageSent: "to_you",
    facts.Responded: "responded",
    facts.DecisionAccepted: "accepted",
    facts.DecisionRefused: "refused",
    facts.Escalated: "escalated",
    facts.Referred: "referred",
    facts.RemedyDone: "remedy_done",
    facts.Reopened: "reopened",
    facts.Closed: "closed",
    facts.Withdrawn: "withdrawn",
    Converted: "converted",
    DeadlineMissed: "missed",
    DeadlineExtended: "extended",
    AddressFailed: "address_failed",
    LinkAsked: "link_asked",
    Merged: "merged",
    Absorbed: "absorbed",
    SurveySent: "survey_sent",
    SurveyAnswered: "survey_answered",
    SurveyDeclined: "survey_declined",
}
"""The ends of their msgids."""

_OWN_REASONS = (facts.DecisionAccepted, facts.DecisionRefused, facts.Withdrawn)
_OF_CLOCKS = (DeadlineMissed, DeadlineExtended)


def happened(
    complaint: Complaint, said: Iterable[tuple[int, Fact]], zone: tzinfo
) -> Iterator[dict[str, Any]]:
    """What happened, the oldest first. Only reasons that the person gave are told, and no names of staff."""
    catalogues = world().catalogues
    language = catalogues.spoken(complaint.language)
    for _, fact in said:
        event = EVENTS.get(type(fact))
        if event is None or not _concerns_the_person(complaint, fact):
            continue
        shape = {
            "at": shapes.local(fact.at, zone),
            "event": event,
            "text": catalogues.text(language, f"api.event.{event}"),
        }
        yield shape | ({"reason": fact.reason} if isinstance(fact, _OWN_REASONS) and fact.reason else {})


def _concerns_the_person(complaint: Complaint, fact: Fact) -> bool:
    """Promises among ourselves are nobody else's."""
    return not isinstance(fact, _OF_CLOCKS) or complaint.clock(fact.clock).is_told

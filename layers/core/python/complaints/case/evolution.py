"""Evolution: the complaint after one more fact, or after several. Each fact says itself what it changes."""

from collections.abc import Iterable
from functools import reduce

from complaints.case.complaint import Complaint
from complaints.case.correspondence import inbound_mail
from complaints.case.correspondence.messages import MessageReceived, MessageSent
from complaints.case.fact import Fact
from complaints.case.outcome import survey
from complaints.case.record.erasure import contacted

CONTACTS: frozenset[type[Fact]] = frozenset(
    {
        MessageReceived,
        inbound_mail.MailJoined,
        MessageSent,
        survey.SurveyAnswered,
    }
)
"""How the complainant and the organisation write to each other once a case has ended."""


def evolve(complaint: Complaint, fact: Fact) -> Complaint:
    """The complaint after one more fact. What happened, happened: it never refuses."""
    after = fact.apply(complaint)
    return contacted(after, fact) if after.ended_at and type(fact) in CONTACTS else after


def evolve_all(complaint: Complaint, happened: Iterable[Fact]) -> Complaint:
    """The complaint after several facts, in their order."""
    return reduce(evolve, happened, complaint)

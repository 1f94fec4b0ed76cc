"""Competence (ISO 10002, 4 and 6.4): what somebody must be trained in to decide, to approve and to review.

The site says for each which topics it needs; where it says nothing, nothing is asked.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from complaints.case.complaint import Complaint
from complaints.casework.outcome.decision import Approve, Decide
from complaints.casework.outcome.points import AnswerPoint
from complaints.casework.process.investigation import Find
from complaints.context.decision_context import Context
from complaints.site.site import HandlingProfile
from complaints.values.competence import Competence, Lacking, Topic
from complaints.values.errors import CompetenceNeeded
from complaints.values.people import Role

NOTICE = timedelta(days=30)
"""How long before the end of a record its holder is warned."""

REVIEW = 2
_DECIDING = frozenset({Decide.verb, AnswerPoint.verb})
_REVIEWING = frozenset({Find.verb, AnswerPoint.verb, Decide.verb, Approve.verb})


def must_be_competent(complaint: Complaint, verb: str, context: Context) -> CompetenceNeeded | None:
    """Why somebody may not ask for this command: each topic whose record is missing or has ended."""
    if not context.by.is_staff:
        return None
    needed = topics_for(verb, complaint.level, context.terms.site)
    lacking = tuple(lacking_of(needed, context.competence, context.terms.today(context.now)))
    return CompetenceNeeded(lacking) if lacking else None


def topics_for(verb: str, level: int, site: HandlingProfile) -> tuple[Topic, ...]:
    """What a command needs on a case of a level, in the order of the site, each topic once."""
    needed = [
        *(site.decision_topics if verb in _DECIDING else ()),
        *(site.approval_topics if verb == Approve.verb else ()),
        *(site.review_topics if verb in _REVIEWING and level == REVIEW else ()),
    ]
    return tuple(dict.fromkeys(needed))


def topics_of_role(role: Role, site: HandlingProfile) -> tuple[Topic, ...]:
    """What somebody with a role needs for all that the role allows on cases."""
    if role is Role.AGENT:
        return site.decision_topics
    if role is Role.REVIEWER:
        return tuple(dict.fromkeys((*site.decision_topics, *site.approval_topics, *site.review_topics)))
    return ()


def lacking_of(needed: Iterable[Topic], held: Iterable[Competence], today: date) -> Iterator[Lacking]:
    """The topics without a record that holds on a day."""
    known = tuple(held)
    for topic in needed:
        ends = [each.until for each in known if each.topic is topic]
        if not any(end is None or today <= end for end in ends):
            yield Lacking(topic, max((end for end in ends if end), default=None))


def ending_soon(site: HandlingProfile, held: Iterable[Competence], today: date) -> Iterator[Competence]:
    """The records that the site needs for something, that hold today and end within `NOTICE`."""
    known = tuple(held)
    for topic in dict.fromkeys((*site.decision_topics, *site.approval_topics, *site.review_topics)):
        ends = [each.until for each in known if each.topic is topic]
        last = max((end for end in ends if end), default=None)
        if last and None not in ends and today <= last <= today + NOTICE:
            yield Competence(topic, last)

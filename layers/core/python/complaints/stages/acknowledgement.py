"""Acknowledgement (clause 7.4): the complainant knows that it arrived.

It is a fact when the mail service has taken the letter, or a person has spoken or written.
"""

from msgspec.structs import replace

from complaints.commands.case import Acknowledge
from complaints.context.decision_context import Context
from complaints.events.case import Acknowledged
from complaints.events.event import Fact
from complaints.model.complaint import Complaint
from complaints.rules.staff_recorded_times import recorded_moment
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Stage, Way


def acknowledge(complaint: Complaint, command: Acknowledge, context: Context) -> list[Fact]:
    """Records an acknowledgement by telephone, post or in person. Raises `Invalid`."""
    if command.by in (Way.MAIL, Way.PAGE):
        raise Invalid(Wrong("/by", "not-by-mail"))
    told_at = recorded_moment(complaint, command.at, context)
    return [Acknowledged(at=context.now, by=context.by, way=command.by, told_at=told_at)]


def acknowledged(complaint: Complaint, fact: Acknowledged) -> Complaint:
    """Later acknowledgements change nothing: the first one counts.

    Whoever has a mail address, and read it on the page, had no mail so far."""
    if complaint.acknowledged_at:
        return complaint
    is_read = fact.way is Way.PAGE and Way.MAIL in complaint.reach
    complaint = replace(complaint, acknowledged_at=fact.told_at, acknowledged_on_page=is_read)
    if complaint.stage is Stage.RECEIVED:
        return replace(complaint, stage=Stage.ACKNOWLEDGED)
    if complaint.stage_before_question is Stage.RECEIVED:
        return replace(complaint, stage_before_question=Stage.ACKNOWLEDGED)
    return complaint

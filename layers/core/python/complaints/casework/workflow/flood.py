"""Closing with a flood (clause 7.9): a case that nobody worked on, and with no sign of a person behind it."""

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.process.closing import Closed
from complaints.casework.command import Command
from complaints.casework.people.sensitive_cases import is_sensitive
from complaints.context.decision_context import Context
from complaints.site.site import Site
from complaints.values.casework.floods import LeftOut
from complaints.values.field_types import Channel, ClosingReason, Feedback, Stage


class CloseWithFlood(Command, frozen=True, kw_only=True):
    """Closes the case as no complaint, as the `record` of the flood says, unless there may be a person behind
    it; `is_known` says that the site knows its mailbox."""

    verb = "close_with_flood"
    record: str
    is_known: bool


_BY_ITSELF = (Channel.WEB, Channel.EMAIL)
"""Channels by which no member of staff takes a complaint down."""

_UNTOUCHED = (Stage.RECEIVED, Stage.ACKNOWLEDGED)


def close(complaint: Complaint, command: CloseWithFlood, context: Context) -> list[Fact]:
    """Closes it, unless something keeps it out: then nothing follows."""
    if why_left_out(complaint, context.terms.site, is_known=command.is_known):
        return []
    return [Closed(at=context.now, by=context.by, reason=ClosingReason.FLOOD, record=command.record)]


def why_left_out(complaint: Complaint, site: Site, *, is_known: bool) -> LeftOut | None:
    """What keeps a case out. Whatever a person did to it after its receipt does. Whether the site knows who
    complains in a sealed case, nobody may look up. A request about personal data is said to be one, whatever
    else keeps it out: nobody takes it for closed."""
    if complaint.feedback is Feedback.PERSONAL_DATA:
        return LeftOut.DATA_REQUEST
    if complaint.sealed or is_sensitive(site, complaint.categories):
        return LeftOut.SENSITIVE
    if is_known or complaint.channel not in _BY_ITSELF or complaint.joint or complaint.taken_up:
        return LeftOut.KNOWN
    if complaint.is_vulnerable or complaint.has_any_needs or complaint.danger:
        return LeftOut.CARE
    if complaint.attachments:
        return LeftOut.FILES
    if complaint.recent or complaint.last_mail or complaint.has_news:
        return LeftOut.MESSAGE
    return None if _is_untouched(complaint) else LeftOut.WORKED_ON


def _is_untouched(complaint: Complaint) -> bool:
    """Whether the person who sent it was the only one who did anything. Feedback that is no complaint, parts
    of others and cases under a hold are looked at one by one."""
    is_apart = complaint.merged_into or complaint.parts or complaint.holds or complaint.restriction
    return (
        complaint.version <= 1
        and complaint.stage in _UNTOUCHED
        and complaint.feedback is Feedback.COMPLAINT
        and not is_apart
        and complaint.erasure is None
    )

"""What each fact changes of a complaint, as one table; what happened, happened, and is never refused."""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from complaints import (
    acknowledgement,
    assessment,
    closing,
    correspondence,
    delivery,
    escalation,
    extension,
    facts,
    fairness,
    feedback,
    feedback_facts,
    handover,
    handover_facts,
    import_facts,
    importing,
    investigation,
    letter_facts,
    lost_link,
    mail_facts,
    posting,
    promise_facts,
    promises,
    receipt,
    redaction,
    redaction_facts,
    remedy,
    response,
    survey,
    survey_facts,
)
from complaints.complaint import Complaint
from complaints.fact import Fact
from complaints.files import attachment_facts, attachments
from complaints.improvement import corrective_action_facts, corrective_actions
from complaints.pairs import linking, linking_facts, merging, merging_facts
from complaints.timekeeping import bringing_forward

EVOLVE: dict[type[Fact], Callable[[Complaint, Any], Complaint]] = {
    facts.Received: receipt.received,
    import_facts.Imported: importing.imported,
    facts.Acknowledged: acknowledgement.acknowledged,
    facts.Assigned: assessment.assigned,
    facts.Assessed: assessment.assessed,
    facts.NoteAdded: correspondence.note_added,
    facts.MessageSent: correspondence.message_sent,
    facts.InformationAsked: correspondence.asked,
    facts.Resumed: correspondence.resumed,
    facts.MessageReceived: correspondence.message_received,
    mail_facts.MailJoined: correspondence.mail_joined,
    facts.FindingRecorded: investigation.found,
    facts.DecisionProposed: response.proposed,
    facts.DecisionApproved: response.approved,
    facts.DecisionReturned: response.returned,
    facts.ResponseIssued: response.issued,
    facts.Responded: response.responded,
    facts.DecisionAccepted: closing.accepted,
    facts.Closed: closing.closed,
    facts.Withdrawn: closing.withdrawn,
    promise_facts.ClockStarted: promises.started,
    promise_facts.ClockPaused: promises.paused,
    promise_facts.ClockResumed: promises.resumed,
    promise_facts.ClockStopped: promises.stopped,
    promise_facts.DeadlineMissed: promises.missed,
    promise_facts.ReminderRaised: promises.climbed,
    promise_facts.EscalationRaised: promises.climbed,
    facts.LetterSent: delivery.sent,
    facts.LetterFailed: delivery.failed,
    facts.DecisionRefused: escalation.refused,
    facts.Escalated: escalation.escalated,
    facts.Referred: escalation.referred,
    facts.ConflictDeclared: fairness.conflict_declared,
    facts.VulnerabilityNoted: fairness.vulnerability_noted,
    facts.RemedyDone: remedy.done,
    facts.EventRecorded: remedy.recorded,
    facts.Reopened: closing.reopened,
    handover_facts.Unassigned: handover.unassigned,
    linking_facts.Linked: linking.linked,
    linking_facts.Unlinked: linking.unlinked,
    merging_facts.Merged: merging.merged,
    merging_facts.Absorbed: merging.absorbed,
    merging_facts.PromiseTakenOver: promises.started,
    facts.ClosingProposed: closing.closing_proposed,
    attachment_facts.AttachmentOffered: attachments.offered,
    attachment_facts.AttachmentArrived: attachments.arrived,
    attachment_facts.AttachmentRefused: attachments.refused,
    attachment_facts.AttachmentSwept: attachments.swept,
    promise_facts.ExtensionRequested: extension.requested,
    promise_facts.DeadlineExtended: extension.granted,
    promise_facts.ExtensionFailed: extension.failed,
    promise_facts.DueBroughtForward: bringing_forward.moved,
    promise_facts.ClockMigrated: bringing_forward.gone_over,
    letter_facts.LetterPrepared: posting.prepared,
    letter_facts.LetterPosted: posting.posted,
    letter_facts.AddressFailed: delivery.address_failed,
    letter_facts.LinkAsked: lost_link.asked,
    feedback_facts.Converted: feedback.converted,
    corrective_action_facts.ActionPlanned: corrective_actions.planned,
    corrective_action_facts.ActionDone: corrective_actions.done,
    corrective_action_facts.ActionChecked: corrective_actions.checked,
    corrective_action_facts.ActionRaised: corrective_actions.raised,
    redaction_facts.Redacted: redaction.redacted,
    survey_facts.SurveySent: survey.sent,
    survey_facts.SurveyAnswered: survey.answered,
    survey_facts.SurveyDeclined: survey.declined,
}


def evolve(complaint: Complaint, fact: Fact) -> Complaint:
    """The complaint after one more fact. What happened, happened: it never refuses."""
    return EVOLVE[type(fact)](complaint, fact)


def evolve_all(complaint: Complaint, happened: Iterable[Fact]) -> Complaint:
    """The complaint after several facts, in their order."""
    return reduce(evolve, happened, complaint)

"""What each fact changes of a complaint, as one table; what happened, happened, and is never refused."""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from complaints.events import case as case_events
from complaints.events import clocks
from complaints.events.correspondence import inbound_mail, letters
from complaints.events.correspondence.standard_texts import StandardTextsUsed
from complaints.events.event import Fact
from complaints.events.outcome import classification as classification_events
from complaints.events.outcome import feedback as feedback_events
from complaints.events.outcome import points as points_events
from complaints.events.outcome import redress as redress_events
from complaints.events.outcome import referral as referral_events
from complaints.events.outcome import survey as survey_events
from complaints.events.people import adjustments as adjustment_events
from complaints.events.people import contact as contact_events
from complaints.events.people import contact_plan as contact_plan_events
from complaints.events.people import identity as identity_events
from complaints.events.people import parties as party_events
from complaints.events.record import attachments as attachments_events
from complaints.events.record import case_file as case_file_events
from complaints.events.record import case_links, merges
from complaints.events.record import details as details_events
from complaints.events.record import erasure as erasure_events
from complaints.events.record import imports as import_events
from complaints.events.record import personal_data as personal_data_events
from complaints.events.record import redaction as redaction_events
from complaints.events.workflow import automation as automation_events
from complaints.events.workflow import corrective_actions as corrective_actions_events
from complaints.events.workflow import handover as handover_events
from complaints.events.workflow import safety as safety_events
from complaints.events.workflow import tasks as task_events
from complaints.lazy_imports import lazy_imports
from complaints.model.complaint import Complaint

with lazy_imports():
    from complaints.clocks import bring_forward
    from complaints.letters import paper_letters
    from complaints.linked_cases import linking, merging, repeats
    from complaints.rules import (
        classification,
        conflicts_of_interest,
        deadline_extension,
        deadlines,
        overdue_remedies,
    )
    from complaints.rules.correspondence import (
        correspondence,
        holding_letter,
        letter_delivery,
        lost_link,
        standard_texts,
    )
    from complaints.rules.people import (
        adjustments,
        contact_details,
        contact_plan,
        identity,
        joint_complaints,
        parties,
        vulnerability,
    )
    from complaints.rules.record import (
        attachments,
        case_file,
        details,
        erasure,
        party_erasure,
        personal_data,
        redaction,
        retention,
    )
    from complaints.rules.workflow import automation, corrective_actions, handover, safety, tasks
    from complaints.stages import (
        acknowledgement,
        assessment,
        closing,
        escalation,
        feedback,
        investigation,
        points,
        receipt,
        referral,
        remedy,
        response,
        survey,
    )
    from complaints.stages import imports as import_stage

EVOLVE: dict[type[Fact], Callable[[Complaint, Any], Complaint]] = {
    case_events.Received: receipt.received,
    import_events.Imported: import_stage.imported,
    case_events.Acknowledged: acknowledgement.acknowledged,
    case_events.Assigned: assessment.assigned,
    case_events.Assessed: assessment.assessed,
    case_events.PriorityRaised: assessment.prioritised,
    case_events.ColleaguesTold: assessment.told,
    classification_events.Classified: classification.classified,
    case_events.NoteAdded: correspondence.note_added,
    StandardTextsUsed: standard_texts.used,
    automation_events.AutomationApplied: automation.applied,
    case_events.MessageSent: correspondence.message_sent,
    case_events.InformationAsked: correspondence.asked,
    case_events.Resumed: correspondence.resumed,
    case_events.MessageReceived: correspondence.message_received,
    inbound_mail.MailJoined: correspondence.mail_joined,
    case_events.FindingRecorded: investigation.found,
    points_events.PointRaised: points.raised,
    points_events.PointAnswered: points.answered,
    case_events.DecisionProposed: response.proposed,
    case_events.DecisionApproved: response.approved,
    case_events.DecisionReturned: response.returned,
    case_events.ResponseIssued: response.issued,
    case_events.Responded: response.responded,
    case_events.DecisionAccepted: closing.accepted,
    case_events.Closed: closing.closed,
    case_events.Withdrawn: closing.withdrawn,
    clocks.ClockStarted: deadlines.started,
    clocks.ClockPaused: deadlines.paused,
    clocks.ClockResumed: deadlines.resumed,
    clocks.ClockStopped: deadlines.stopped,
    clocks.DeadlineMissed: deadlines.missed,
    clocks.ReminderRaised: deadlines.climbed,
    clocks.EscalationRaised: deadlines.climbed,
    case_events.LetterSent: letter_delivery.sent,
    case_events.LetterFailed: letter_delivery.failed,
    case_events.DecisionRefused: escalation.refused,
    case_events.Escalated: escalation.escalated,
    case_events.Referred: escalation.referred,
    case_events.ConflictDeclared: conflicts_of_interest.conflict_declared,
    case_events.VulnerabilityNoted: vulnerability.noted,
    case_events.RemedyDone: remedy.done,
    redress_events.RemedyDeclined: remedy.declined,
    redress_events.RemedyOverdue: overdue_remedies.overdue_communicated,
    case_events.EventRecorded: remedy.recorded,
    referral_events.ReferralRecorded: referral.recorded,
    case_events.Reopened: closing.reopened,
    handover_events.Unassigned: handover.unassigned,
    case_links.Linked: linking.linked,
    case_links.Unlinked: linking.unlinked,
    case_links.RepeatFound: repeats.noted,
    merges.Merged: merging.merged,
    merges.Absorbed: merging.absorbed,
    merges.PromiseTakenOver: deadlines.started,
    case_events.ClosingProposed: closing.closing_proposed,
    attachments_events.AttachmentOffered: attachments.offered,
    attachments_events.AttachmentArrived: attachments.arrived,
    attachments_events.AttachmentRefused: attachments.refused,
    attachments_events.AttachmentSwept: attachments.swept,
    attachments_events.AttachmentShared: attachments.shared,
    clocks.DelayExplained: holding_letter.explained,
    clocks.ExtensionRequested: deadline_extension.requested,
    clocks.DeadlineExtended: deadline_extension.granted,
    clocks.ExtensionFailed: deadline_extension.failed,
    clocks.DueBroughtForward: bring_forward.moved,
    clocks.ClockMigrated: bring_forward.gone_over,
    letters.LetterPrepared: paper_letters.prepared,
    letters.LetterPosted: paper_letters.posted,
    letters.AddressFailed: letter_delivery.address_failed,
    letters.LinkAsked: lost_link.asked,
    letters.LinkChanged: lost_link.changed,
    feedback_events.Converted: feedback.converted,
    corrective_actions_events.ActionPlanned: corrective_actions.planned,
    corrective_actions_events.ActionDone: corrective_actions.done,
    corrective_actions_events.ActionChecked: corrective_actions.checked,
    corrective_actions_events.ActionRaised: corrective_actions.raised,
    task_events.TaskAssigned: tasks.assigned,
    task_events.CallAssigned: tasks.call_assigned,
    task_events.TaskReassigned: tasks.reassigned,
    task_events.TaskCompleted: tasks.completed,
    task_events.TaskCancelled: tasks.cancelled,
    task_events.TaskRaised: tasks.raised,
    safety_events.DangerKnown: safety.danger_known,
    safety_events.ImmediateActionTaken: safety.action_taken,
    redaction_events.Redacted: redaction.redacted,
    case_file_events.CaseFilePrepared: case_file.prepared,
    personal_data_events.PersonalDataPrepared: personal_data.prepared,
    survey_events.SurveySent: survey.sent,
    survey_events.SurveyAnswered: survey.answered,
    survey_events.SurveyDeclined: survey.declined,
    survey_events.SurveyTextCleared: survey.cleared,
    adjustment_events.AdjustmentNoted: adjustments.noted,
    contact_plan_events.ContactPlanned: contact_plan.planned,
    contact_plan_events.ContactPlanDue: contact_plan.reminded,
    party_events.ComplainantJoined: joint_complaints.joined,
    party_events.ComplainantLeft: joint_complaints.left,
    party_events.RepresentationRecorded: parties.represented,
    party_events.RespondentNamed: parties.respondent_named,
    party_events.SideAsked: parties.side_asked,
    party_events.SideRecorded: parties.side_recorded,
    identity_events.IdentityOpened: identity.identity_opened,
    contact_events.ContactCorrected: contact_details.corrected,
    contact_events.MailAddressProposed: contact_details.proposed,
    contact_events.MailAddressConfirmed: contact_details.confirmed,
    details_events.DetailsCorrected: details.corrected,
    erasure_events.ErasureProposed: erasure.proposed,
    erasure_events.ErasureRequested: erasure.requested,
    erasure_events.ErasureRefused: erasure.refused,
    erasure_events.Erased: erasure.erased,
    erasure_events.PartyErased: party_erasure.erased,
    erasure_events.DataRemovalRequested: retention.removal_requested,
    erasure_events.DataRemovalBegun: retention.removal_begun,
    erasure_events.DataRemovalStopped: retention.removal_stopped,
    erasure_events.DataRemoved: retention.data_removed,
    erasure_events.LegalHoldSet: erasure.held,
    erasure_events.LegalHoldLifted: erasure.hold_lifted,
    erasure_events.ProcessingRestricted: erasure.restricted,
    erasure_events.RestrictionLifted: erasure.restriction_lifted,
}


CONTACTS: frozenset[type[Fact]] = frozenset(
    {
        case_events.MessageReceived,
        inbound_mail.MailJoined,
        case_events.MessageSent,
        survey_events.SurveyAnswered,
    }
)
"""How the complainant and the organisation write to each other once a case has ended."""


def evolve(complaint: Complaint, fact: Fact) -> Complaint:
    """The complaint after one more fact. What happened, happened: it never refuses."""
    after = EVOLVE[type(fact)](complaint, fact)
    return retention.contacted(after, fact) if after.ended_at and type(fact) in CONTACTS else after


def evolve_all(complaint: Complaint, happened: Iterable[Fact]) -> Complaint:
    """The complaint after several facts, in their order."""
    return reduce(evolve, happened, complaint)

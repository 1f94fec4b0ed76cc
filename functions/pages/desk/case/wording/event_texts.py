"""What happened in a case, in words for staff: one line for each fact, with the text that somebody wrote."""

from collections.abc import Mapping

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letters import (
    LetterFailed,
    LetterPosted,
    LetterPrepared,
    LetterSent,
    LinkChanged,
)
from complaints.case.correspondence.messages import (
    InformationAsked,
    MessageReceived,
    MessageSent,
    NoteAdded,
    Resumed,
)
from complaints.case.correspondence.standard_texts import StandardTextsUsed
from complaints.case.deadlines import (
    ClockMigrated,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    DeadlineExtended,
    DeadlineMissed,
    DelayExplained,
    DueBroughtForward,
    EscalationRaised,
    ExtensionFailed,
    ExtensionRequested,
    ReminderRaised,
)
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.decision import DecisionProposed, DecisionReturned, Responded
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.points import PointAnswered, PointRaised
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.outcome.remedies import EventRecorded, RemedyDeclined, RemedyDone, RemedyOverdue
from complaints.case.people.adjustments import AdjustmentNoted
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.case.people.contact_details import ContactCorrected
from complaints.case.people.contact_plan import ContactPlanDue, ContactPlanned
from complaints.case.people.identity import IdentityOpened
from complaints.case.people.parties import (
    ComplainantJoined,
    ComplainantLeft,
    RepresentationRecorded,
    RespondentNamed,
    SideAsked,
    SideRecorded,
)
from complaints.case.people.vulnerability import VulnerabilityNoted
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.process.assessment import Assessed, PriorityRaised
from complaints.case.process.closing import Closed, ClosingProposed, DecisionAccepted, Reopened, Withdrawn
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.case.process.investigation import FindingRecorded
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentOffered, AttachmentRefused, AttachmentShared
from complaints.case.record.case_file import CaseFilePrepared
from complaints.case.record.details import DetailsCorrected
from complaints.case.record.erasure import (
    DataRemovalBegun,
    DataRemovalRequested,
    DataRemovalStopped,
    DataRemoved,
    ErasureProposed,
    ErasureRefused,
    ErasureRequested,
    LegalHoldLifted,
    LegalHoldSet,
    PartyErased,
    ProcessingRestricted,
    RestrictionLifted,
)
from complaints.case.record.links import Linked, RepeatFound, Unlinked
from complaints.case.record.merging import Absorbed, Merged, PromiseTakenOver
from complaints.case.record.personal_data import PersonalDataPrepared
from complaints.case.record.redaction import Redacted
from complaints.case.workflow.assignment import Assigned, ColleaguesTold, Unassigned
from complaints.case.workflow.automation import AutomationApplied
from complaints.case.workflow.corrective_actions import ActionChecked, ActionDone, ActionPlanned, ActionRaised
from complaints.case.workflow.safety import DangerKnown, ImmediateActionTaken
from complaints.case.workflow.tasks import (
    CallAssigned,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskRaised,
    TaskReassigned,
)
from functions.pages.desk.case.wording.event_details import (
    answered,
    applied,
    assessed,
    assigned,
    call,
    case_file,
    classified,
    danger_known,
    data_removed,
    decided,
    details,
    held,
    joined,
    of_letter,
    party_erased,
    planned,
    received,
    referral,
    represented,
)
from functions.pages.desk.case.wording.event_wording import EventWording
from functions.pages.desk.case.wording.text_lines import EventText, TextLine, named


def line(fact: Fact, teller: EventWording) -> TextLine:
    """What a fact says."""
    tell = _EVENT_TEXTS.get(type(fact))
    return tell(fact, teller) if tell else TextLine(type(fact).__name__)


_EVENT_TEXTS: Mapping[type[Fact], EventText] = {
    Received: received,
    Acknowledged: named(way="case.way.", when="told_at"),
    Assigned: named(to="person"),
    Assessed: assessed,
    ColleaguesTold: named(to="case.to.", text="reason"),
    PriorityRaised: named(priority="case.priority.", text="reason"),
    Classified: classified,
    NoteAdded: named(text="text"),
    StandardTextsUsed: lambda fact, teller: TextLine("StandardTextsUsed", {"texts": ", ".join(fact.texts)}),
    MessageSent: named(text="text"),
    InformationAsked: named(text="text"),
    Resumed: named(text="reason"),
    MessageReceived: named(text="text"),
    MailJoined: joined,
    FindingRecorded: named(root_cause="code:causes", text="finding"),
    PointRaised: named(id="as it is", text="text"),
    PointAnswered: answered,
    DecisionProposed: decided,
    DecisionReturned: named(text="reasons"),
    Responded: named(way="case.way.", when="told_at"),
    DecisionAccepted: named(text="reason"),
    DecisionRefused: named(text="reason"),
    Escalated: named(text="reason"),
    Referred: named(body="as it is", text="reason"),
    ConflictDeclared: named(text="reason"),
    VulnerabilityNoted: named("is_vulnerable", text="reason"),
    ContactCorrected: named(text="reason"),
    DetailsCorrected: details,
    ComplainantJoined: named(id="as it is", letters="case.letters_wanted.", text="name"),
    ComplainantLeft: named(id="as it is"),
    RepresentationRecorded: represented,
    RespondentNamed: named(id="as it is", kind="case.respondent.", text="name"),
    SideAsked: named(id="as it is"),
    SideRecorded: named(id="as it is", text="side"),
    ContactPlanned: named("is_limited", limit="case.contact_limit.", day="review_on", text="plan"),
    ContactPlanDue: named(when="due"),
    AdjustmentNoted: named("is_needed", kind="case.adjustment.", text="details"),
    LinkChanged: named(change="case.link_change.", text="reason"),
    RemedyOverdue: named(remedy="code:remedies", when="due"),
    RemedyDeclined: named(remedy="code:remedies", text="reason"),
    RemedyDone: named(remedy="code:remedies", day="done_on", text="how"),
    EventRecorded: named(event="as it is", when="told_at", text="evidence"),
    Reopened: named(text="reason"),
    ClosingProposed: named(reason="case.reason."),
    Withdrawn: named(text="reason"),
    Closed: named(reason="case.reason."),
    LetterSent: of_letter(named("doubtful", kind="case.letter.")),
    LetterFailed: of_letter(named(kind="case.letter.", reason="as it is")),
    ClockStarted: named(clock="promise", when="clock.due"),
    ClockPaused: named(clock="promise"),
    ClockResumed: named(clock="promise", when="due"),
    ClockStopped: named("in_time", clock="promise"),
    ExtensionRequested: named(clock="promise", when="due", text="reason"),
    DelayExplained: named(day="expected_on", text="text"),
    DeadlineExtended: named(clock="promise", when="due"),
    ExtensionFailed: named(clock="promise"),
    DueBroughtForward: named(clock="promise", when="due"),
    ClockMigrated: named(clock="promise"),
    ReminderRaised: named(clock="promise"),
    DeadlineMissed: named(clock="promise"),
    EscalationRaised: named(clock="promise"),
    Linked: named(to="as it is", relation="case.relation.", text="reason"),
    Unlinked: named(to="as it is", text="reason"),
    RepeatFound: named("is_found", of="as it is"),
    AttachmentOffered: named(id="as it is", name="as it is"),
    AttachmentShared: named(id="as it is"),
    AttachmentRefused: named(flaw="case.flaw."),
    Unassigned: named(was="person"),
    Merged: named(into="as it is", text="reason"),
    Absorbed: named(source="as it is"),
    PromiseTakenOver: named(of="as it is", clock="promise", when="clock.due"),
    LetterPrepared: named(kind="case.letter."),
    LetterPosted: named(kind="case.letter.", when="told_at"),
    Converted: named(text="reason"),
    ActionPlanned: planned,
    ActionDone: named(id="as it is", day="done_on"),
    ActionChecked: named("effective", id="as it is"),
    ActionRaised: named(id="as it is"),
    TaskAssigned: assigned,
    CallAssigned: call,
    TaskReassigned: assigned,
    TaskCompleted: named(id="as it is", text="answer"),
    TaskCancelled: named("because", id="as it is", text="reason"),
    TaskRaised: named(id="as it is"),
    DangerKnown: danger_known,
    ImmediateActionTaken: named(when="told_at", text="action"),
    Redacted: named(entry="as it is", text="reason"),
    CaseFilePrepared: case_file,
    PersonalDataPrepared: named(asked_by="person"),
    ErasureProposed: named(ground="case.erasure_ground."),
    ErasureRequested: named(ground="case.erasure_ground."),
    PartyErased: party_erased,
    DataRemovalRequested: named(data="case.removed_data."),
    DataRemovalBegun: named(data="case.removed_data."),
    DataRemovalStopped: named(data="case.removed_data."),
    DataRemoved: data_removed,
    ErasureRefused: named(ground="case.keeping_ground.", text="reason"),
    LegalHoldSet: held,
    LegalHoldLifted: named(id="as it is", text="reason"),
    ProcessingRestricted: named(ground="case.restriction_ground.", text="reason"),
    RestrictionLifted: named(text="reason"),
    IdentityOpened: named(text="reason"),
    AutomationApplied: applied,
    ReferralRecorded: referral,
}

"""All facts of a case, in the past tense. A fact is never changed; a new shape gets a new name.

Fields named in `PRIVATE` hold what people wrote or who they are. Before a fact enters the chain,
`hash_chain.seal` replaces each of them by a salted commitment, so that a person can be forgotten
and the record holds.
"""

from typing import TypeAlias, get_args

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letters import LetterFact, LetterFailed, LetterSent
from complaints.case.correspondence.messages import (
    InformationAsked,
    MessageReceived,
    MessageSent,
    NoteAdded,
    Resumed,
    StandardTextsUsed,
)
from complaints.case.deadlines import DelayExplained, PromiseFact
from complaints.case.fact import Fact
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.decision import (
    DecisionApproved,
    DecisionProposed,
    DecisionReturned,
    Responded,
    ResponseIssued,
)
from complaints.case.outcome.feedback import Converted
from complaints.case.outcome.points import PointFact
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.outcome.remedies import EventRecorded, RemedyDeclined, RemedyDone, RemedyOverdue
from complaints.case.outcome.survey import SurveyFact
from complaints.case.people.adjustments import AdjustmentNoted
from complaints.case.people.conflicts_of_interest import ConflictDeclared
from complaints.case.people.contact_details import ContactFact
from complaints.case.people.contact_plan import ContactPlanDue, ContactPlanned
from complaints.case.people.identity import IdentityOpened
from complaints.case.people.parties import PartyFact
from complaints.case.people.vulnerability import VulnerabilityNoted
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.process.assessment import Assessed, PriorityRaised
from complaints.case.process.closing import Closed, ClosingProposed, DecisionAccepted, Reopened, Withdrawn
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.case.process.imports import Imported
from complaints.case.process.investigation import FindingRecorded
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentFact
from complaints.case.record.case_file import CaseFilePrepared
from complaints.case.record.details import DetailsCorrected
from complaints.case.record.erasure import ErasureFact
from complaints.case.record.links import LinkFact
from complaints.case.record.merging import MergeFact
from complaints.case.record.personal_data import PersonalDataPrepared
from complaints.case.record.redaction import Redacted
from complaints.case.workflow.assignment import Assigned, ColleaguesTold, Unassigned
from complaints.case.workflow.automation import AutomationApplied
from complaints.case.workflow.corrective_actions import ActionFact
from complaints.case.workflow.safety import SafetyFact
from complaints.case.workflow.tasks import TaskFact

AnyFact: TypeAlias = (
    Received | Acknowledged | Assigned | Assessed | NoteAdded | MessageSent | InformationAsked | Resumed
    | MessageReceived | FindingRecorded | DecisionProposed | DecisionApproved | DecisionReturned
    | ResponseIssued | Responded | DecisionAccepted | Withdrawn | Closed | LetterSent | LetterFailed
    | DecisionRefused | Escalated | Referred | ConflictDeclared | VulnerabilityNoted | RemedyDone
    | EventRecorded | Reopened | ClosingProposed | PromiseFact | LinkFact | AttachmentFact | Unassigned
    | MergeFact | LetterFact | Converted | ActionFact | Redacted | SurveyFact | Imported
    | MailJoined | PointFact | Classified | TaskFact | ContactFact | SafetyFact | AdjustmentNoted | PartyFact
    | RemedyOverdue | RemedyDeclined | DetailsCorrected | StandardTextsUsed | ContactPlanned | ContactPlanDue
    | CaseFilePrepared | ReferralRecorded | AutomationApplied | PriorityRaised | ColleaguesTold
    | PersonalDataPrepared | ErasureFact | IdentityOpened
)  # fmt: skip

FACTS: tuple[type[Fact], ...] = get_args(AnyFact)
"""Each kind of them."""

MESSAGES = (MessageReceived, MessageSent, InformationAsked, DelayExplained)
"""What complainant and organisation write to each other."""

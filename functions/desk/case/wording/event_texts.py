"""What happened in a case, in words for staff: one line for each fact, with the text that somebody wrote."""

from collections.abc import Mapping

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letters import LetterFailed, LetterSent
from complaints.case.correspondence.messages import StandardTextsUsed
from complaints.case.fact import Fact, wording
from complaints.case.outcome.classification import Classified
from complaints.case.outcome.decision import DecisionProposed
from complaints.case.outcome.points import PointAnswered
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.people.parties import RepresentationRecorded
from complaints.case.process.assessment import Assessed
from complaints.case.process.receipt import Received
from complaints.case.record.case_file import CaseFilePrepared
from complaints.case.record.details import DetailsCorrected
from complaints.case.record.erasure import DataRemoved, LegalHoldSet, PartyErased
from complaints.case.workflow.automation import AutomationApplied
from complaints.case.workflow.corrective_actions import ActionPlanned
from complaints.case.workflow.safety import DangerKnown
from complaints.case.workflow.tasks import CallAssigned, TaskAssigned, TaskReassigned
from functions.desk.case.wording.event_details import (
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
    standard_texts,
)
from functions.desk.case.wording.event_wording import EventWording
from functions.desk.case.wording.text_lines import EventText, TextLine, named


def line(fact: Fact, teller: EventWording) -> TextLine:
    """What a fact says."""
    tell = _EVENT_TEXTS.get(type(fact)) or (named(fact.TIMELINE) if fact.TIMELINE else None)
    return tell(fact, teller) if tell else TextLine(type(fact).__name__)


_EVENT_TEXTS: Mapping[type[Fact], EventText] = {
    Received: received,
    Assessed: assessed,
    Classified: classified,
    StandardTextsUsed: standard_texts,
    MailJoined: joined,
    PointAnswered: answered,
    DecisionProposed: decided,
    DetailsCorrected: details,
    RepresentationRecorded: represented,
    LetterSent: of_letter(named(wording("doubtful", kind="case.letter."))),
    LetterFailed: of_letter(named(wording(kind="case.letter.", reason="as it is"))),
    ActionPlanned: planned,
    TaskAssigned: assigned,
    CallAssigned: call,
    TaskReassigned: assigned,
    DangerKnown: danger_known,
    CaseFilePrepared: case_file,
    PartyErased: party_erased,
    DataRemoved: data_removed,
    LegalHoldSet: held,
    AutomationApplied: applied,
    ReferralRecorded: referral,
}
"""Of facts whose line takes more than the names of their fields."""

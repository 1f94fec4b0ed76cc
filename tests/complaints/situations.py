"""Where a case can stand, one story each, and one good example of every command."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.outcome.referral import ReferralStep
from complaints.case.people.adjustments import AdjustmentKind
from complaints.case.people.parties import AuthorityStep, LettersWanted, RespondentKind
from complaints.case.record.attachments import FileType
from complaints.case.record.erasure import ErasureGround, KeepingGround, RestrictionGround
from complaints.case.record.links import Relation
from complaints.casework.command import Command
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.correspondence.letters import Posted
from complaints.casework.correspondence.lost_link import ChangeLink
from complaints.casework.correspondence.messages import Add, Ask, Message, Note, Resume
from complaints.casework.outcome.classification import Classify
from complaints.casework.outcome.decision import Approve, Return
from complaints.casework.outcome.feedback import Convert, Insist
from complaints.casework.outcome.points import AddPoint, AnswerPoint
from complaints.casework.outcome.referral import RecordReferral
from complaints.casework.outcome.remedies import DeclineRemedy, Record, Remedied
from complaints.casework.outcome.survey import AnswerSurvey, DeclineSurvey
from complaints.casework.people.adjustments import Adjust
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.people.contact_details import CorrectContact
from complaints.casework.people.contact_plan import PlanContact
from complaints.casework.people.identity import OpenIdentity
from complaints.casework.people.joint_complaints import AddComplainant, RemoveComplainant
from complaints.casework.people.parties import NameRespondent, RecordSide, Represent
from complaints.casework.people.vulnerability import Protect
from complaints.casework.process.acknowledgement import Acknowledge
from complaints.casework.process.assessment import Prioritise
from complaints.casework.process.closing import Close, Reopen, TakeBack, Withdraw
from complaints.casework.process.escalation import Answer, Escalate
from complaints.casework.process.holding_letter import ExplainDelay
from complaints.casework.process.investigation import Find
from complaints.casework.record.attachments import Attach, SendFile
from complaints.casework.record.case_file import PrepareCaseFile
from complaints.casework.record.details import CorrectDetails
from complaints.casework.record.erasure import (
    Erase,
    LiftLegalHold,
    LiftRestriction,
    RefuseErasure,
    Restrict,
    SetLegalHold,
)
from complaints.casework.record.links import Link, Unlink
from complaints.casework.record.merging import Merge
from complaints.casework.record.party_erasure import EraseParty
from complaints.casework.record.redaction import Redact
from complaints.casework.workflow.assignment import Assign, Tell
from complaints.casework.workflow.corrective_actions import Act, Acted
from complaints.casework.workflow.safety import Secure
from complaints.casework.workflow.tasks import AddTask, CancelTask, CompleteTask, ReassignTask
from complaints.context.decision_context import OtherCase
from complaints.values.field_types import Cause, ClosingReason, CorrectiveAction, Feedback, LinkChange, Way
from complaints.values.people import COMPLAINANT, Actor, Role
from tests.builders import MONDAY, OMBUDSMAN, REX, Story, a_complaint, assess, decide_to, refund
from tests.complaints.two_cases import another, link, merge
from tests.stories import by_telephone

GUS = Actor("staff", "gus", (Role.AGENT,))


def received() -> Story:
    return a_complaint().received()


def acknowledged() -> Story:
    return received().acknowledged()


def assessed() -> Story:
    return acknowledged().assessed()


def found() -> Story:
    """In investigation, and nothing is decided."""
    return assessed().found()


def decided() -> Story:
    """Decided, and nobody's agreement is missing."""
    return found().decided()


def unapproved() -> Story:
    """Ada decided on something that a second person has to agree to."""
    return found().decided(refund("900"))


def issued() -> Story:
    """The decision is handed to the mail, which has not taken it."""
    return decided().issued()


def asked() -> Story:
    """The complainant was asked something."""
    return assessed().asked()


def responded() -> Story:
    return decided().responded()


def silent() -> Story:
    """Closed, for nobody answered."""
    return responded().ticked(MONDAY + timedelta(days=25)).ticked(MONDAY + timedelta(days=31))


def closed() -> Story:
    return responded().accepted()


def withdrawn() -> Story:
    return acknowledged().withdrawn()


def escalated() -> Story:
    """Gus's decision was refused, and somebody else has to look at it again."""
    story = a_complaint(external_body=OMBUDSMAN).received().acknowledged().assessed()
    return story.decided(by=GUS).responded().disagreed()


def reviewed() -> Story:
    """Rex decided at level 2, and the complainant was told."""
    return escalated().decided(by=REX).responded()


def referred() -> Story:
    """At an external body."""
    return reviewed().disagreed()


def linked() -> Story:
    """Received, and linked to another case of the same person."""
    story = received()
    link(story, another(story, key=BESIDE_KEY))
    return story


def merged() -> Story:
    """Part of another case, to which it was linked before."""
    story = received()
    other = another(story, key=BESIDE_KEY)
    link(story, other)
    merge(story, other)
    return story


def paper() -> Story:
    """Received from somebody without mail; the acknowledgement is to be posted."""
    return a_complaint().received(email=None, post="1 Rain Street")


def thanked() -> Story:
    """Praise: it is no complaint."""
    return a_complaint().received(feedback=Feedback.PRAISE)


BESIDE_KEY = "k-2"
BESIDE = OtherCase(complaint=a_complaint().received(key=BESIDE_KEY).build(), is_one_person=True)
"""The case that a command names: in every store it has the same reference."""


TRAIN = Act(action=CorrectiveAction.TRAINING_GIVEN, owner="grace", due=date(2026, 3, 30))


SITUATIONS: dict[str, Callable[[], Story]] = {
    situation.__name__: situation
    for situation in (
        received, acknowledged, assessed, found, decided, unapproved, issued, asked, responded, silent,
        closed, withdrawn, escalated, reviewed, referred, linked, merged, paper, thanked,
    )
}  # fmt: skip

COMMANDS: dict[str, Command] = {
    command.verb: command
    for command in (
        Acknowledge(by=Way.TELEPHONE, at=MONDAY),
        Assign(to="grace"),
        Tell(to="manager", reason="It may be in the papers."),
        Prioritise(priority=2, reason="The shop opens on Friday."),
        assess(note="She rang again."),
        Classify(category="product.defective", tags=("rain",), reason="The cup was cracked before."),
        Secure(action="She keeps the cup outside."),
        Note(text="Rang the courier."),
        Message(text="New cups are on their way."),
        SendFile(file="f-9", text="The report of the depot."),
        Ask(text="Which of the cups are broken?"),
        Resume(reason="She told us on the telephone."),
        Find(finding="No porch.", root_cause=Cause.SUPPLIER),
        decide_to(),
        Approve(),
        Return(reasons="Nine cups, not six."),
        by_telephone(),
        Escalate(to=2, reason="She rang and does not agree."),
        Extend(clock="respond", reason="The courier has not answered."),
        ExplainDelay(text="The laboratory has not answered.", expected_on=MONDAY.date()),
        Record(event="external_decided", at=MONDAY, evidence="Letter of the ombudsman."),
        DeclineRemedy(remedy="replacement", reason="She wants no letter."),
        RecordReferral(step=ReferralStep.DECIDED, on=MONDAY.date(), result="upheld", summary="They agree."),
        Remedied(remedy="replacement", done_on=MONDAY.date()),
        Close(reason=ClosingReason.ABUSIVE),
        Reopen(reason="She rang again."),
        Recuse(reason="My brother drives for the courier."),
        Protect(vulnerable=True, reason="She is ill."),
        AddComplainant(name="Bob Okafor", email="bob@okafor.example", letters=LettersWanted.ALL),
        RemoveComplainant(complainant="j7"),
        Represent(authority=AuthorityStep.CHECKED, evidence="Power of attorney of 2 January."),
        NameRespondent(name="Depot North", kind=RespondentKind.UNIT),
        RecordSide(respondent="r1", side="Nobody opened."),
        PlanContact(plan="Every Friday, by mail."),
        Adjust(adjustment=AdjustmentKind.INTERPRETER, needed=True, details="Turkish sign language"),
        ChangeLink(change=LinkChange.RENEW, reason="Her brother has the link."),
        CorrectDetails(earlier_reference="AB-12", reason="She found the first letter."),
        CorrectContact(phone="+90 212 000 00 01", reason="She rang from there."),
        Link(to=BESIDE.complaint.reference, relation=Relation.SAME_PERSON),
        Unlink(to=BESIDE.complaint.reference),
        Merge(into=BESIDE.complaint.reference, reason="The same parcel."),
        Posted(letter="000001.1", at=MONDAY),
        Convert(reason="It is one after all."),
        TakeBack(note="She said so on the telephone."),
        AddPoint(text="Two cups are broken.", category="product.defective", remedy_sought="New cups."),
        AnswerPoint(point="1", outcome="upheld", reasons="They were not padded."),
        AddTask(text="What did the driver note?", to="grace", due=date(2026, 3, 30)),
        CompleteTask(answer="The box was wet."),
        ReassignTask(),
        CancelTask(reason="The driver rang."),
        TRAIN,
        Acted(effective=True),
        Redact(message=1, reason="She named a child."),
        PrepareCaseFile(left_out=("entry-1",), reason="She named a child."),
        Erase(ground=ErasureGround.NOT_NEEDED),
        EraseParty(party="j7", ground=ErasureGround.CONSENT_WITHDRAWN),
        RefuseErasure(ground=KeepingGround.LEGAL_CLAIMS, reason="She went to court."),
        SetLegalHold(reason="She went to court.", until=date(2027, 12, 31)),
        LiftLegalHold(hold="h7", reason="The court has decided."),
        Restrict(ground=RestrictionGround.ACCURACY, reason="She says that it was another parcel."),
        LiftRestriction(reason="It was this parcel."),
        OpenIdentity(reason="The prosecutor asks for the witness."),
    )
}
"""Those of staff. Of `escalate`, the one from level 1: see `example`."""

OWN: dict[str, Command] = {
    command.verb: command
    for command in (
        Add(text="And the lid."),
        Attach(id="f-1", name="lid.png", type=FileType.PNG, size=9),
        Answer(accepts=True),
        Insist(),
        Withdraw(),
        AnswerSurvey(easy=5, respect=4, understood=2, time=1, outcome=3, text="It took three calls."),
        DeclineSurvey(),
    )
}
"""Those of the complainant; two of them have the names of commands of staff."""


def example(verb: str, complaint: Complaint, by: Actor) -> Command:
    """A good example of a command, as this person would give it: the next level follows on the one before."""
    first, second = (OWN, COMMANDS) if by == COMPLAINANT else (COMMANDS, OWN)
    command = first.get(verb) or second[verb]
    return replace(command, to=3) if isinstance(command, Escalate) and complaint.level > 1 else command

"""What happened in a case, in words for staff: one line for each fact, with the text that somebody wrote."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from complaints.events import case as case_events
from complaints.events.clocks import (
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
from complaints.events.correspondence.inbound_mail import MailJoined
from complaints.events.correspondence.letters import LetterPosted, LetterPrepared, LinkChanged
from complaints.events.correspondence.standard_texts import StandardTextsUsed
from complaints.events.event import Fact
from complaints.events.outcome.classification import Classified
from complaints.events.outcome.feedback import Converted
from complaints.events.outcome.points import PointAnswered, PointRaised
from complaints.events.outcome.redress import RemedyDeclined, RemedyOverdue
from complaints.events.outcome.referral import ReferralRecorded
from complaints.events.people.adjustments import AdjustmentNoted
from complaints.events.people.contact import ContactCorrected
from complaints.events.people.contact_plan import ContactPlanDue, ContactPlanned
from complaints.events.people.identity import IdentityOpened
from complaints.events.people.parties import (
    ComplainantJoined,
    ComplainantLeft,
    RepresentationRecorded,
    RespondentNamed,
    SideAsked,
    SideRecorded,
)
from complaints.events.record.attachments import AttachmentOffered, AttachmentRefused, AttachmentShared
from complaints.events.record.case_file import CaseFilePrepared
from complaints.events.record.case_links import Linked, RepeatFound, Unlinked
from complaints.events.record.details import DetailsCorrected
from complaints.events.record.erasure import (
    DataRemovalRequested,
    DataRemoved,
    ErasureRefused,
    ErasureRequested,
    LegalHoldLifted,
    LegalHoldSet,
    PartyErased,
    ProcessingRestricted,
    RestrictionLifted,
)
from complaints.events.record.merges import Absorbed, Merged, PromiseTakenOver
from complaints.events.record.personal_data import PersonalDataPrepared
from complaints.events.record.redaction import Redacted
from complaints.events.workflow.automation import AutomationApplied
from complaints.events.workflow.corrective_actions import (
    ActionChecked,
    ActionDone,
    ActionPlanned,
    ActionRaised,
)
from complaints.events.workflow.handover import Unassigned
from complaints.events.workflow.safety import DangerKnown, ImmediateActionTaken
from complaints.events.workflow.tasks import (
    CallAssigned,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskRaised,
    TaskReassigned,
)
from complaints.model.correspondence.letter import LetterKind
from complaints.model.record.detail_entries import DETAILS
from complaints.rules.record.party_erasure import COMPLAINANT, REPRESENTED
from complaints.values.codes import CodeList
from complaints.values.field_types import Remedy, Way
from complaints.values.own_fields import answers_in
from functions.pages.desk.case.wording.event_wording import EventWording
from functions.serializers.desk.automation import reason


class TextLine(NamedTuple):
    """One line: the end of its msgid and what it names; `text` is in the words of who wrote it."""

    words: str
    values: Mapping[str, str] = {}
    when: datetime | None = None
    day: date | None = None
    text: str | None = None
    remedies: tuple[Remedy, ...] = ()


EventText = Callable[[Any, EventWording], TextLine]


def line(fact: Fact, teller: EventWording) -> TextLine:
    """What a fact says."""
    tell = _EVENT_TEXTS.get(type(fact))
    return tell(fact, teller) if tell else TextLine(type(fact).__name__)


def _named(how: str = "", when: str = "", day: str = "", text: str = "", **named: str) -> EventText:
    """A line that names fields of its fact, each by how it is said: what the msgids of its words begin with,
    `code:` and a list of codes, `person`, `promise`, or `as it is`.

    `when`, `day` and `text` are the fields in which the moment, the date and the text stand.
    """

    def tell(fact: Any, teller: EventWording) -> TextLine:
        values = {name: _value(teller, value, getattr(fact, name, None)) for name, value in named.items()}
        return TextLine(
            words=type(fact).__name__ + _variant(how, fact),
            values=values,
            when=_at(fact, when) if when else None,
            day=getattr(fact, day) if day else None,
            text=getattr(fact, text) if text else None,
            remedies=getattr(fact, "remedies", ()),
        )

    return tell


def _variant(field: str, fact: Any) -> str:
    """Which wording: that for a field that is true, false or none."""
    return f".{str(getattr(fact, field)).lower()}" if field else ""


def _at(fact: Any, path: str) -> Any:
    for name in path.split("."):
        fact = getattr(fact, name)
    return fact


def _value(teller: EventWording, how: str, value: Any) -> str:
    if how.endswith("."):
        return teller.word(how)(value)
    method, _, codes = how.partition(":")
    match method:
        case "person":
            return teller.person(value)
        case "promise":
            return teller.promise(value)
        case "code":
            return teller.code(CodeList(codes))(value)
    return str(value)


def _decided(fact: case_events.DecisionProposed, teller: EventWording) -> TextLine:
    """A decision by the code that the site decided by."""
    outcome = teller.code(CodeList.OUTCOMES)(fact.outcome_code or fact.outcome)
    words = "DecisionProposed" + _variant("needs_approval", fact)
    return TextLine(words, {"outcome": outcome}, text=fact.reasons, remedies=fact.remedies)


def _answered(fact: PointAnswered, teller: EventWording) -> TextLine:
    outcome = teller.code(CodeList.OUTCOMES)(fact.outcome_code or fact.outcome)
    values = {"id": fact.point, "outcome": outcome}
    return TextLine("PointAnswered", values, text=fact.reasons, remedies=fact.remedies)


def _assessed(fact: case_events.Assessed, teller: EventWording) -> TextLine:
    """An assessment by what the marks mean."""
    scales = ((name, teller.word(f"case.scale.{name}.")(mark)) for name, mark in _scales(fact))
    return TextLine("Assessed", dict(scales))


def _classified(fact: Classified, teller: EventWording) -> TextLine:
    """What staff said that the case is about; their words one beneath the other, the reason last."""
    codes = [
        teller.code(kind)(code)
        for kind, code in ((CodeList.CATEGORIES, fact.category), (CodeList.SUBCATEGORIES, fact.subcategory))
        if code
    ]
    colon = teller.catalogues.text(teller.language, "words.format.colon")
    words = [
        f"{teller.word('case.matter.')(name)}{colon} {found}"
        for name in ("product", "order_number", "place", "tags")
        if (found := getattr(fact, name))
    ]
    text = "\n".join([*words, *([fact.reason] if fact.reason else [])])
    named = {"category": ", ".join(codes)} if codes else {}
    return TextLine("Classified.category" if codes else "Classified", named, text=text or None)


def _details(fact: DetailsCorrected, teller: EventWording) -> TextLine:
    """The details that were put right one beneath the other, the reason last."""
    colon = teller.catalogues.text(teller.language, "words.format.colon")
    site = teller.site
    pairs = [
        *((teller.word("case.matter.")(name), found) for name in DETAILS if (found := getattr(fact, name))),
        *(
            (each.label, each.text)
            for each in answers_in(site.fields, fact.own_fields, teller.language, site.language)
        ),
    ]
    words = [f"{label}{colon} {found}" for label, found in pairs]
    return TextLine("DetailsCorrected", text="\n".join([*words, fact.reason]))


def _danger_known(fact: DangerKnown, teller: EventWording) -> TextLine:
    return TextLine("DangerKnown", {"how": teller.word("words.danger.")(fact.known_by)})


def _scales(fact: case_events.Assessed) -> Iterator[tuple[str, int]]:
    return ((name, getattr(fact.scales, name)) for name in fact.scales.__struct_fields__)


def _of_letter(of_mail: EventText) -> EventText:
    """What became of a mail, of a letter that is read on the page, or of a webhook, which is neither."""

    def tell(fact: Any, teller: EventWording) -> TextLine:
        line = of_mail(fact, teller)
        if fact.kind == LetterKind.WEBHOOK:
            return line._replace(words=f"{type(fact).__name__}.webhook")
        is_on_page = isinstance(fact, case_events.LetterSent) and fact.way is Way.PAGE
        return line._replace(words="LetterSent.page") if is_on_page else line

    return tell


def _assigned(fact: TaskAssigned | TaskReassigned, teller: EventWording) -> TextLine:
    values = {"id": fact.id, "to": teller.holder(fact)}
    if isinstance(fact, TaskReassigned):
        return TextLine("TaskReassigned", values)
    return TextLine("TaskAssigned", values, day=fact.due, text=fact.text)


def _call(fact: CallAssigned, teller: EventWording) -> TextLine:
    kind = teller.word("case.letter.")(fact.kind)
    to = teller.person(fact.to) if fact.to else teller.word("case.tasks.")("team")
    return TextLine("CallAssigned", {"id": fact.id, "kind": kind, "to": to}, day=fact.due)


def _joined(fact: MailJoined, teller: EventWording) -> TextLine:
    words = "MailJoined.from" if fact.sender else "MailJoined"
    return TextLine(words, {"sender": fact.sender or ""}, text=fact.text)


def _represented(fact: RepresentationRecorded, teller: EventWording) -> TextLine:
    """How far the authority is, where that changed."""
    if fact.step is None:
        return TextLine("RepresentationRecorded", text=fact.represented)
    return TextLine(
        "RepresentationRecorded.step", {"step": teller.word("case.authority.")(fact.step)}, text=fact.evidence
    )


def _referral(fact: ReferralRecorded, teller: EventWording) -> TextLine:
    """What the body outside did, or decided."""
    body = fact.body or teller.word("case.level.")(3)
    if fact.result is None:
        words, values = f"ReferralRecorded.{fact.step}", {"body": body}
    else:
        words = "ReferralRecorded.result"
        values = {"body": body, "result": teller.word("words.outcome.")(fact.result)}
    texts = [text for text in (fact.body_reference, fact.summary) if text]
    return TextLine(words, values, day=fact.on, text="\n".join(texts) or None, remedies=fact.remedies)


def _applied(fact: AutomationApplied, teller: EventWording) -> TextLine:
    """What a rule did, and what of it the case did not take."""
    action, why = teller.word("automation.action."), teller.word("automation.why.")
    refused = [f"{action(verb)} ({why(reason(each))})" for verb, each in fact.refused]
    done = ", ".join(action(verb) for verb in fact.done or ("none",))
    values = {"title": fact.title, "rule": fact.rule, "version": str(fact.version), "done": done}
    if refused:
        return TextLine("AutomationApplied.refused", values | {"refused": ", ".join(refused)})
    return TextLine("AutomationApplied", values)


def _case_file(fact: CaseFilePrepared, teller: EventWording) -> TextLine:
    items = ", ".join((*fact.left_out, *fact.redacted))
    words = "CaseFilePrepared.without" if items else "CaseFilePrepared"
    return TextLine(words, {"items": items} if items else {}, text=fact.reason)


def _party_erased(fact: PartyErased, teller: EventWording) -> TextLine:
    """Whose data went; somebody who joined is named by the id."""
    is_named = fact.party in (COMPLAINANT, REPRESENTED)
    party = teller.word("case.erased_party.")(fact.party) if is_named else fact.party
    return TextLine(
        "PartyErased", {"party": party, "ground": teller.word("case.erasure_ground.")(fact.ground)}
    )


def _data_removed(fact: DataRemoved, teller: EventWording) -> TextLine:
    """Which kind of data went by a rule of retention, and how much of it."""
    data = teller.word("case.removed_data.")(fact.data)
    return TextLine("DataRemoved", {"data": data, "count": str(fact.count)})


_EVENT_TEXTS: Mapping[type[Fact], EventText] = {
    case_events.Received: _named(channel="case.channel.", text="description"),
    case_events.Acknowledged: _named(way="case.way.", when="told_at"),
    case_events.Assigned: _named(to="person"),
    case_events.Assessed: _assessed,
    case_events.ColleaguesTold: _named(to="case.to.", text="reason"),
    case_events.PriorityRaised: _named(priority="case.priority.", text="reason"),
    Classified: _classified,
    case_events.NoteAdded: _named(text="text"),
    StandardTextsUsed: lambda fact, teller: TextLine("StandardTextsUsed", {"texts": ", ".join(fact.texts)}),
    case_events.MessageSent: _named(text="text"),
    case_events.InformationAsked: _named(text="text"),
    case_events.Resumed: _named(text="reason"),
    case_events.MessageReceived: _named(text="text"),
    MailJoined: _joined,
    case_events.FindingRecorded: _named(root_cause="code:causes", text="finding"),
    PointRaised: _named(id="as it is", text="text"),
    PointAnswered: _answered,
    case_events.DecisionProposed: _decided,
    case_events.DecisionReturned: _named(text="reasons"),
    case_events.Responded: _named(way="case.way.", when="told_at"),
    case_events.DecisionAccepted: _named(text="reason"),
    case_events.DecisionRefused: _named(text="reason"),
    case_events.Escalated: _named(text="reason"),
    case_events.Referred: _named(body="as it is", text="reason"),
    case_events.ConflictDeclared: _named(text="reason"),
    case_events.VulnerabilityNoted: _named("is_vulnerable", text="reason"),
    ContactCorrected: _named(text="reason"),
    DetailsCorrected: _details,
    ComplainantJoined: _named(id="as it is", letters="case.letters_wanted.", text="name"),
    ComplainantLeft: _named(id="as it is"),
    RepresentationRecorded: _represented,
    RespondentNamed: _named(id="as it is", kind="case.respondent.", text="name"),
    SideAsked: _named(id="as it is"),
    SideRecorded: _named(id="as it is", text="side"),
    ContactPlanned: _named("is_limited", limit="case.contact_limit.", day="review_on", text="plan"),
    ContactPlanDue: _named(when="due"),
    AdjustmentNoted: _named("is_needed", kind="case.adjustment.", text="details"),
    LinkChanged: _named(change="case.link_change.", text="reason"),
    RemedyOverdue: _named(remedy="code:remedies", when="due"),
    RemedyDeclined: _named(remedy="code:remedies", text="reason"),
    case_events.RemedyDone: _named(remedy="code:remedies", day="done_on", text="how"),
    case_events.EventRecorded: _named(event="as it is", when="told_at", text="evidence"),
    case_events.Reopened: _named(text="reason"),
    case_events.ClosingProposed: _named(reason="case.reason."),
    case_events.Withdrawn: _named(text="reason"),
    case_events.Closed: _named(reason="case.reason."),
    case_events.LetterSent: _of_letter(_named("doubtful", kind="case.letter.")),
    case_events.LetterFailed: _of_letter(_named(kind="case.letter.", reason="as it is")),
    ClockStarted: _named(clock="promise", when="clock.due"),
    ClockPaused: _named(clock="promise"),
    ClockResumed: _named(clock="promise", when="due"),
    ClockStopped: _named("in_time", clock="promise"),
    ExtensionRequested: _named(clock="promise", when="due", text="reason"),
    DelayExplained: _named(day="expected_on", text="text"),
    DeadlineExtended: _named(clock="promise", when="due"),
    ExtensionFailed: _named(clock="promise"),
    DueBroughtForward: _named(clock="promise", when="due"),
    ClockMigrated: _named(clock="promise"),
    ReminderRaised: _named(clock="promise"),
    DeadlineMissed: _named(clock="promise"),
    EscalationRaised: _named(clock="promise"),
    Linked: _named(to="as it is", relation="case.relation.", text="reason"),
    Unlinked: _named(to="as it is", text="reason"),
    RepeatFound: _named("is_found", of="as it is"),
    AttachmentOffered: _named(id="as it is", name="as it is"),
    AttachmentShared: _named(id="as it is"),
    AttachmentRefused: _named(flaw="case.flaw."),
    Unassigned: _named(was="person"),
    Merged: _named(into="as it is", text="reason"),
    Absorbed: _named(source="as it is"),
    PromiseTakenOver: _named(of="as it is", clock="promise", when="clock.due"),
    LetterPrepared: _named(kind="case.letter."),
    LetterPosted: _named(kind="case.letter.", when="told_at"),
    Converted: _named(text="reason"),
    ActionPlanned: _named(id="as it is", action="code:actions", owner="person", day="due"),
    ActionDone: _named(id="as it is", day="done_on"),
    ActionChecked: _named("effective", id="as it is"),
    ActionRaised: _named(id="as it is"),
    TaskAssigned: _assigned,
    CallAssigned: _call,
    TaskReassigned: _assigned,
    TaskCompleted: _named(id="as it is", text="answer"),
    TaskCancelled: _named("because", id="as it is", text="reason"),
    TaskRaised: _named(id="as it is"),
    DangerKnown: _danger_known,
    ImmediateActionTaken: _named(when="told_at", text="action"),
    Redacted: _named(entry="as it is", text="reason"),
    CaseFilePrepared: _case_file,
    PersonalDataPrepared: _named(asked_by="person"),
    ErasureRequested: _named(ground="case.erasure_ground."),
    PartyErased: _party_erased,
    DataRemovalRequested: _named(data="case.removed_data."),
    DataRemoved: _data_removed,
    ErasureRefused: _named(ground="case.keeping_ground.", text="reason"),
    LegalHoldSet: _named(id="as it is", text="reason"),
    LegalHoldLifted: _named(id="as it is", text="reason"),
    ProcessingRestricted: _named(ground="case.restriction_ground.", text="reason"),
    RestrictionLifted: _named(text="reason"),
    IdentityOpened: _named(text="reason"),
    AutomationApplied: _applied,
    ReferralRecorded: _referral,
}

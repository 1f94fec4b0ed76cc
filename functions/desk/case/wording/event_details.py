"""Lines on facts that take more than the names of fields: what is said depends on what a fact holds."""

from collections.abc import Iterator
from typing import Any

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letter import LetterKind
from complaints.case.correspondence.letters import LetterSent
from complaints.case.correspondence.messages import StandardTextsUsed
from complaints.case.outcome.classification import WORDS, Classified
from complaints.case.outcome.decision import DecisionProposed
from complaints.case.outcome.points import PointAnswered
from complaints.case.outcome.referral import ReferralRecorded
from complaints.case.people.parties import RepresentationRecorded
from complaints.case.process.assessment import Assessed
from complaints.case.process.receipt import Received
from complaints.case.record.case_file import CaseFilePrepared
from complaints.case.record.details import DETAILS, DetailsCorrected
from complaints.case.record.erasure import COMPLAINANT, REPRESENTED, DataRemoved, LegalHoldSet, PartyErased
from complaints.case.workflow.automation import AutomationApplied
from complaints.case.workflow.corrective_actions import ActionPlanned
from complaints.case.workflow.safety import DangerKnown
from complaints.case.workflow.tasks import CallAssigned, TaskAssigned, TaskReassigned
from complaints.values.codes import CodeList
from complaints.values.field_types import Feedback, Way
from complaints.values.own_fields import answers_in
from functions.desk.case.wording.event_wording import EventWording
from functions.desk.case.wording.text_lines import EventText, TextLine, variant
from functions.serializers.desk.automation import reason


def decided(fact: DecisionProposed, teller: EventWording) -> TextLine:
    """A decision by the code that the site decided by."""
    outcome = teller.code(CodeList.OUTCOMES)(fact.outcome_code or fact.outcome)
    words = "DecisionProposed" + variant("needs_approval", fact)
    return TextLine(words, {"outcome": outcome}, text=fact.reasons, remedies=fact.remedies)


def answered(fact: PointAnswered, teller: EventWording) -> TextLine:
    """The decision on one point, by the code that the site decided by."""
    outcome = teller.code(CodeList.OUTCOMES)(fact.outcome_code or fact.outcome)
    values = {"id": fact.point, "outcome": outcome}
    return TextLine("PointAnswered", values, text=fact.reasons, remedies=fact.remedies)


def assessed(fact: Assessed, teller: EventWording) -> TextLine:
    """An assessment by what the marks mean."""
    scales = ((name, teller.word(f"case.scale.{name}.")(mark)) for name, mark in _scales(fact))
    return TextLine("Assessed", dict(scales))


def classified(fact: Classified, teller: EventWording) -> TextLine:
    """What staff said that the case is about; their words one beneath the other, the reason last."""
    codes = [
        teller.code(kind)(code)
        for kind, code in ((CodeList.CATEGORIES, fact.category), (CodeList.SUBCATEGORIES, fact.subcategory))
        if code
    ]
    colon = teller.catalogues.text(teller.language, "words.format.colon")
    words = [
        f"{teller.word('case.matter.')(name)}{colon} {found}"
        for name in (*WORDS, "tags")
        if (found := getattr(fact, name))
    ]
    text = "\n".join([*words, *([fact.reason] if fact.reason else [])])
    named = {"category": ", ".join(codes)} if codes else {}
    return TextLine("Classified.category" if codes else "Classified", named, text=text or None)


def details(fact: DetailsCorrected, teller: EventWording) -> TextLine:
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


def danger_known(fact: DangerKnown, teller: EventWording) -> TextLine:
    """By whom a danger became known."""
    return TextLine("DangerKnown", {"how": teller.word("words.danger.")(fact.known_by)})


def _scales(fact: Assessed) -> Iterator[tuple[str, int]]:
    return ((name, getattr(fact.scales, name)) for name in fact.scales.__struct_fields__)


def of_letter(of_mail: EventText) -> EventText:
    """What became of a mail, of a letter that is read on the page, or of a webhook, which is neither."""

    def tell(fact: Any, teller: EventWording) -> TextLine:
        line = of_mail(fact, teller)
        if fact.kind == LetterKind.WEBHOOK:
            return line._replace(words=f"{type(fact).__name__}.webhook")
        is_on_page = isinstance(fact, LetterSent) and fact.way is Way.PAGE
        return line._replace(words="LetterSent.page") if is_on_page else line

    return tell


def assigned(fact: TaskAssigned | TaskReassigned, teller: EventWording) -> TextLine:
    """Who has a task; what it is, and by when, where it is new."""
    values = {"id": fact.id, "to": teller.holder(fact)}
    if isinstance(fact, TaskReassigned):
        return TextLine("TaskReassigned", values)
    return TextLine("TaskAssigned", values, day=fact.due, text=fact.text)


def planned(fact: ActionPlanned, teller: EventWording) -> TextLine:
    """A corrective action: who does what by when; by which measure it is seen whether it helped."""
    values = {
        "id": fact.id,
        "action": teller.code(CodeList.ACTIONS)(fact.action),
        "owner": teller.person(fact.owner),
        "measure": fact.measure or "",
        "target": fact.target or "",
    }
    words = "ActionPlanned.measured" if fact.measure else "ActionPlanned"
    return TextLine(words, values, day=fact.due, text=fact.text)


def call(fact: CallAssigned, teller: EventWording) -> TextLine:
    """Who is to call instead of a letter, and by when."""
    kind = teller.word("case.letter.")(fact.kind)
    to = teller.person(fact.to) if fact.to else teller.word("case.tasks.")("team")
    return TextLine("CallAssigned", {"id": fact.id, "kind": kind, "to": to}, day=fact.due)


def joined(fact: MailJoined, teller: EventWording) -> TextLine:
    """A mail that joined the case; who wrote it, where it was somebody else."""
    words = "MailJoined.from" if fact.sender else "MailJoined"
    return TextLine(words, {"sender": fact.sender or ""}, text=fact.text)


def represented(fact: RepresentationRecorded, teller: EventWording) -> TextLine:
    """How far the authority is, where that changed."""
    if fact.step is None:
        return TextLine("RepresentationRecorded", text=fact.represented)
    return TextLine(
        "RepresentationRecorded.step", {"step": teller.word("case.authority.")(fact.step)}, text=fact.evidence
    )


def referral(fact: ReferralRecorded, teller: EventWording) -> TextLine:
    """What the body outside did, or decided."""
    body = fact.body or teller.word("case.level.")(3)
    if fact.result is None:
        words, values = f"ReferralRecorded.{fact.step}", {"body": body}
    else:
        words = "ReferralRecorded.result"
        values = {"body": body, "result": teller.word("words.outcome.")(fact.result)}
    texts = [text for text in (fact.body_reference, fact.summary) if text]
    return TextLine(words, values, day=fact.on, text="\n".join(texts) or None, remedies=fact.remedies)


def applied(fact: AutomationApplied, teller: EventWording) -> TextLine:
    """What a rule did, and what of it the case did not take."""
    action, why = teller.word("automation.action."), teller.word("automation.why.")
    refused = [f"{action(verb)} ({why(reason(each))})" for verb, each in fact.refused]
    done = ", ".join(action(verb) for verb in fact.done or ("none",))
    values = {"title": fact.title, "rule": fact.rule, "version": str(fact.version), "done": done}
    if refused:
        return TextLine("AutomationApplied.refused", values | {"refused": ", ".join(refused)})
    return TextLine("AutomationApplied", values)


def case_file(fact: CaseFilePrepared, teller: EventWording) -> TextLine:
    """A file for a body outside, and what is not in it."""
    items = ", ".join((*fact.left_out, *fact.redacted))
    words = "CaseFilePrepared.without" if items else "CaseFilePrepared"
    return TextLine(words, {"items": items} if items else {}, text=fact.reason)


def party_erased(fact: PartyErased, teller: EventWording) -> TextLine:
    """Whose data went; somebody who joined is named by the id."""
    is_named = fact.party in (COMPLAINANT, REPRESENTED)
    party = teller.word("case.erased_party.")(fact.party) if is_named else fact.party
    return TextLine(
        "PartyErased", {"party": party, "ground": teller.word("case.erasure_ground.")(fact.ground)}
    )


def received(fact: Received, teller: EventWording) -> TextLine:
    """What came in, and how: a request about data, a question or praise is no complaint."""
    words = "Received" if fact.feedback is Feedback.COMPLAINT else "Received.message"
    return TextLine(words, {"channel": teller.word("case.channel.")(fact.channel)}, text=fact.description)


def held(fact: LegalHoldSet, teller: EventWording) -> TextLine:
    """Why nothing may be erased, and until when, if an end was named."""
    words = "LegalHoldSet.until" if fact.until else "LegalHoldSet"
    return TextLine(words, {"id": fact.id}, day=fact.until, text=fact.reason)


def data_removed(fact: DataRemoved, teller: EventWording) -> TextLine:
    """Which kind of data went by a rule of retention, and how much of it."""
    data = teller.word("case.removed_data.")(fact.data)
    return TextLine("DataRemoved", {"data": data, "count": str(fact.count)})


def standard_texts(fact: StandardTextsUsed, _: EventWording) -> TextLine:
    """The standard texts that a letter or a decision took over, by their codes."""
    return TextLine("StandardTextsUsed", {"texts": ", ".join(fact.texts)})

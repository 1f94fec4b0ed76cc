"""The audit programme (ISO 10002, clause 8.5): planned audits, answers with evidence, and findings.

    planned ─▶ questions answered ─▶ reported; each finding has an owner and a date until it is settled

The auditor who is named records answers and findings, and nobody else does. A finding is settled by somebody
other than its owner; a corrective action follows from it at once, and names it as its source.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.audit_questions import QUESTIONS, Clause, Question, clause_of
from complaints.management.evaluation.following_actions import Following, begun, following
from complaints.management.evaluation.shared import (
    colleague_wrong,
    content_of,
    day_wrong,
    due_days,
    next_morning,
    told,
)
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.management.responsibilities import Duty, Responsibility, is_held
from complaints.values.errors import AlreadySo, Invalid, OwnersCheck, Wrong
from complaints.values.field_types import CorrectiveAction, ShortText, Text
from complaints.values.people import Actor, Role, accounts_of

NOTICE = timedelta(days=7)
"""How long before its date the auditor is told of an audit."""

MOST_FINDINGS = 50

Clauses = Annotated[tuple[Clause, ...], Meta(min_length=1, max_length=len(Clause))]


class Conformity(StrEnum):
    """What the answer to a question is."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class Grade(StrEnum):
    """How grave a finding is."""

    NONCONFORMITY = "nonconformity"
    OBSERVATION = "observation"
    OPPORTUNITY = "opportunity"


class AuditAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was found on a question, and what shows it."""

    question: Question
    result: Conformity
    evidence: Text


class AuditFinding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that an audit found on a question, counted from 1. It is open until it is settled; `action`
    is the code of the corrective action that follows."""

    id: str
    question: Question
    grade: Grade
    text: Text
    owner: str
    due: date
    settled_on: date | None = None
    settled_by: str | None = None
    how: str = ""
    action: str | None = None

    @property
    def is_open(self) -> bool:
        return self.settled_on is None


class Audit(Content, frozen=True, kw_only=True):
    """An audit of some clauses that is planned for a date, or was made."""

    title: ShortText
    scope: Text
    clauses: tuple[Clause, ...]
    auditor: ShortText
    on: date
    answers: tuple[AuditAnswer, ...] = ()
    findings: tuple[AuditFinding, ...] = ()
    reported_on: date | None = None
    conclusion: Text | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All that it asks, in the order of the clauses."""
        return tuple(each for clause in QUESTIONS if clause in self.clauses for each in QUESTIONS[clause])

    @property
    def unanswered(self) -> tuple[Question, ...]:
        answered = {each.question for each in self.answers}
        return tuple(each for each in self.questions if each not in answered)

    @property
    def open_findings(self) -> tuple[AuditFinding, ...]:
        return tuple(each for each in self.findings if each.is_open)


class AuditRecorded(RecordFact, frozen=True, kw_only=True):
    content: Audit


class PlanAudit(RecordCommand, frozen=True, kw_only=True):
    """Plans an audit, or plans it anew until it is reported."""

    verb: ClassVar[str] = "plan"
    title: ShortText
    scope: Text
    clauses: Clauses
    auditor: ShortText
    on: date


class AnswerQuestion(RecordCommand, frozen=True, kw_only=True):
    """Answers a question of an audit with evidence, or anew until it is reported."""

    verb: ClassVar[str] = "answer"
    question: Question
    result: Conformity
    evidence: Text


class RecordFinding(RecordCommand, frozen=True, kw_only=True):
    """Records what was found, who puts it right, and by when."""

    verb: ClassVar[str] = "find"
    question: Question
    grade: Grade
    text: Text
    owner: ShortText
    due: date


class ReportAudit(RecordCommand, frozen=True, kw_only=True):
    """Ends an audit with what it comes to."""

    verb: ClassVar[str] = "report"
    conclusion: Text


class SettleFinding(RecordCommand, frozen=True, kw_only=True):
    """Says how a finding was put right; its owner cannot say so."""

    verb: ClassVar[str] = "settle"
    finding: ShortText
    how: Text


def plan(record: ManagementRecord, command: PlanAudit, context: RecordsContext) -> Audit:
    """Raises `Invalid`."""
    findings = record.content.findings if isinstance(record.content, Audit) else ()
    wrong = [*_auditor_wrong(command.auditor, findings, context), *day_wrong("on", command.on, context)]
    if wrong:
        raise Invalid(*wrong)
    made = Audit(
        title=command.title,
        scope=command.scope,
        clauses=command.clauses,
        auditor=command.auditor,
        on=command.on,
    )
    if record.content is None:
        return made
    audit = content_of(record, Audit)
    return replace(made, answers=audit.answers, findings=audit.findings)


def _auditor_wrong(
    auditor: str, findings: Iterable[AuditFinding], context: RecordsContext
) -> Iterator[Wrong]:
    """An auditor may record what is found, and neither runs the process nor owns a finding."""
    found = next((each for each in context.members if each.id == auditor and each.active), None)
    if found is None or _AUDITORS.isdisjoint(found.roles):
        yield Wrong("/auditor", "unknown-value")
    owners = {
        each.content.member
        for each in context.records
        if isinstance(each.content, Responsibility)
        and each.content.duty is Duty.PROCESS_OWNER
        and is_held(each.content, context.today)
    }
    if not accounts_of(auditor, context.members).isdisjoint((*owners, *(each.owner for each in findings))):
        yield Wrong("/auditor", "same-person")


def answer(record: ManagementRecord, command: AnswerQuestion, context: RecordsContext) -> Audit:
    """Raises `Invalid` for a question of another clause."""
    audit = content_of(record, Audit)
    if clause_of(command.question) not in audit.clauses:
        raise Invalid(Wrong("/question", "unknown-value"))
    made = AuditAnswer(question=command.question, result=command.result, evidence=command.evidence)
    given = {each.question: each for each in audit.answers} | {command.question: made}
    return replace(audit, answers=tuple(given[each] for each in Question if each in given))


def find(record: ManagementRecord, command: RecordFinding, context: RecordsContext) -> Audit:
    """Raises `Invalid`."""
    audit = content_of(record, Audit)
    wrong = [*colleague_wrong("owner", command.owner, context), *day_wrong("due", command.due, context)]
    if command.owner in accounts_of(audit.auditor, context.members):
        wrong.append(Wrong("/owner", "same-person"))
    if len(audit.findings) >= MOST_FINDINGS:
        wrong.append(Wrong("", "too-many", MOST_FINDINGS))
    if wrong:
        raise Invalid(*wrong)
    found = _following(record, audit, command.owner, context)
    made = AuditFinding(
        id=str(len(audit.findings) + 1),
        question=command.question,
        grade=command.grade,
        text=command.text,
        owner=command.owner,
        due=command.due,
        action=found.code if found else None,
    )
    return replace(audit, findings=(*audit.findings, made))


def _following(
    record: ManagementRecord, audit: Audit, owner: str, context: RecordsContext
) -> Following | None:
    number = str(len(audit.findings) + 1)
    return following(record, number, owner, CorrectiveAction.PROCESS_CHANGE, (audit.auditor,), context)


def follows(
    before: ManagementRecord, after: ManagementRecord, context: RecordsContext
) -> Iterable[tuple[ManagementRecord, RecordCommand]]:
    """The corrective action of a new finding."""
    known, audit = before.content, content_of(after, Audit)
    if not isinstance(known, Audit):
        return
    for each in audit.findings[len(known.findings) :]:
        found = _following(before, known, each.owner, context)
        if found:
            yield begun(before, each.id, each.text, each.owner, each.due, found)


def report(record: ManagementRecord, command: ReportAudit, context: RecordsContext) -> Audit:
    """Who audits may have come to run the process since it was planned. Raises `Invalid`."""
    audit = content_of(record, Audit)
    if wrong := tuple(_auditor_wrong(audit.auditor, audit.findings, context)):
        raise Invalid(*wrong)
    return replace(audit, conclusion=command.conclusion, reported_on=context.today)


def settle(record: ManagementRecord, command: SettleFinding, context: RecordsContext) -> Audit:
    """Raises `Invalid`, `AlreadySo`; `OwnersCheck` for its owner."""
    audit = content_of(record, Audit)
    found = next((each for each in audit.findings if each.id == command.finding.strip()), None)
    if found is None:
        raise Invalid(Wrong("/finding", "unknown-value"))
    if not found.is_open:
        raise AlreadySo
    if context.is_own(found.owner):
        raise OwnersCheck
    settled = replace(found, settled_on=context.today, settled_by=context.by.id, how=command.how)
    return replace(audit, findings=tuple(settled if each is found else each for each in audit.findings))


def next_due(content: Audit, reminded: datetime | None) -> datetime | None:
    """A week before an audit, on its day, and on the days by which findings are to be put right."""
    return next_morning(_days(content), reminded)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """To the auditor, or to the owners of findings, and to the address for quality management."""
    audit = content_of(record, Audit)
    days = due_days(_days(audit), context)
    if audit.reported_on is None and not days.isdisjoint((audit.on - NOTICE, audit.on)):
        for to in (audit.auditor, None):
            yield told(record, audit.title, "planned", audit.on, to, context)
    for each in audit.open_findings:
        if each.due in days:
            yield told(record, each.text, "finding", each.due, each.owner, context)


def _days(audit: Audit) -> Iterator[date]:
    if audit.reported_on is None:
        yield from (audit.on - NOTICE, audit.on)
    yield from (each.due for each in audit.open_findings)


def _allowed(content: Audit, by: Actor) -> tuple[str, ...]:
    return tuple(_verbs(content, by))


def _verbs(content: Audit, by: Actor) -> Iterator[str]:
    if content.reported_on is None:
        yield "plan"
        if by.id == content.auditor:
            yield from ("answer", "find")
            if not content.unanswered:
                yield "report"
    if content.open_findings:
        yield "settle"


_AUDITORS = frozenset({Role.AUDITOR, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.AUDIT,
        content=Audit,
        fact=AuditRecorded,
        rules={
            PlanAudit: plan,
            AnswerQuestion: answer,
            RecordFinding: find,
            ReportAudit: report,
            SettleFinding: settle,
        },
        roles={
            "plan": frozenset({Role.QUALITY, Role.ADMIN}),
            "answer": _AUDITORS,
            "find": _AUDITORS,
            "report": _AUDITORS,
            "settle": _AUDITORS,
        },
        begins=("plan",),
        summaries={
            "plan": "Plans an audit, or plans it anew",
            "answer": "Answers a question of an audit with evidence; by its auditor only",
            "find": "Records a finding, with who puts it right and by when",
            "report": "Ends an audit with what it comes to",
            "settle": "Says how a finding was put right; not by its owner",
        },
        columns=("title", "on", "auditor", "reported_on"),
        of_members=("auditor", "owner"),
        helped=("scope", "auditor", "evidence", "finding"),
        unlisted=("clauses", "answers", "findings"),
        needs=(RecordKind.RESPONSIBILITY, RecordKind.ACTION),
        due=next_due,
        reminders=reminders,
        allowed=_allowed,
        follows=follows,
    )

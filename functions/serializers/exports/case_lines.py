"""A whole case as the lines of a file: one for the case, and one for each message, letter, decision, remedy,
point, party, task, action, file and clock, and for each fact.

Each line says by `record` what it is and by `reference` of which case, so that a BI tool makes a table of
each kind. As in `case_record`, names stay and new ones are added. Moments are in UTC; what was removed is
null.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import UNSET, Struct
from msgspec.structs import fields

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import DecisionProposed
from complaints.case.people.parties import LettersWanted, RespondentKind
from complaints.case.process.closing import DecisionAccepted
from complaints.case.process.escalation import DecisionRefused
from complaints.case.record.attachments import AttachmentState, FileType
from complaints.case.workflow.corrective_actions import ActionPlanned
from complaints.case.workflow.tasks import TaskState
from complaints.delivery.delivery_event import DeliveryOutcome
from complaints.delivery.delivery_state import DeliveryState
from complaints.values.field_types import EarlierDecision, Outcome
from functions.serializers.desk.case_facts import facts
from functions.serializers.desk.corrective_actions import action_words
from functions.serializers.desk.tasks import task_texts
from functions.serializers.exports.case_record import CaseRecord, case_record
from functions.serializers.field_types import Level, Member, Moment, Reference
from functions.serializers.parts import parties
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.files import for_staff
from functions.serializers.parts.messages import messages
from functions.serializers.parts.points import points_view
from functions.serializers.parts.redress import RedressState, decision_id, staff_redress


class Line(Struct, frozen=True, kw_only=True, tag_field="record"):
    """What every line says."""

    reference: Reference


class CaseLine(CaseRecord, frozen=True, kw_only=True, tag_field="record", tag="case"):
    """Every field of the case; one that was merged says into which."""

    merged_into: Reference | None


class MessageLine(Line, frozen=True, kw_only=True, tag="message"):
    """What complainant and organisation wrote to each other."""

    id: int
    sender: Literal["complainant", "organisation"]
    kind: Literal["message", "question"]
    at: Moment
    text: str | None


class LetterHeadLine(Line, frozen=True, kw_only=True, tag="letter"):
    """The head of a letter to the complainant or to staff, or of a webhook, which has an `event`, and what
    became of it."""

    id: str
    kind: str
    event: str | None
    to: str
    called_for: Moment
    on_paper: bool
    state: str
    fate: DeliveryOutcome | None


class DecisionLine(Line, frozen=True, kw_only=True, tag="decision"):
    """A decision with its reasons and the answer to it. One that has no `told_at` is proposed."""

    id: str
    level: Level
    outcome: Outcome
    outcome_code: str | None
    reasons: str | None
    earlier: EarlierDecision | None
    decided_at: Moment
    decided_by: Member
    approved_by: Member | None
    told_at: Moment | None
    in_force: bool
    accepted: bool | None
    answered_at: Moment | None
    answer: str | None


class RemedyLine(Line, frozen=True, kw_only=True, tag="remedy"):
    """A remedy that a decision promised, and how far it is."""

    id: str
    decision: str
    point: str | None
    kind: str
    amount: str | None
    currency: str | None
    by: date | None
    state: RedressState
    owed: bool
    done_on: date | None
    recorded_by: Member | None
    budget: str | None


class PointLine(Line, frozen=True, kw_only=True, tag="point"):
    """One thing of several that the complaint is about, with its finding and its answer."""

    id: str
    category: str | None
    cause: str | None
    outcome: Outcome | None
    outcome_code: str | None
    told: bool
    text: str | None
    remedy_sought: str | None
    finding: str | None
    reasons: str | None


class PartyLine(Line, frozen=True, kw_only=True, tag="party"):
    """Somebody who complains too, or who is complained about; of the latter their side."""

    id: str
    role: Literal["joint_complainant", "complained_about"]
    name: str | None
    kind: RespondentKind | None
    side: str | None
    email: str | None
    phone: str | None
    post: str | None
    letters: LettersWanted | None


class TaskLine(Line, frozen=True, kw_only=True, tag="task"):
    """What somebody was asked for, and what came of it."""

    id: str
    to: Member | None
    outside: bool
    due: date
    state: TaskState
    asked_by: Member
    call: str | None
    letter: str | None
    text: str | None
    answer: str | None


class ActionLine(Line, frozen=True, kw_only=True, tag="action"):
    """A corrective action, and whether it was effective."""

    id: str
    action: str
    cause: str | None
    owner: Member
    due: date
    done_on: date | None
    effective: bool | None
    text: str | None
    measure: str | None
    target: str | None


class FileLine(Line, frozen=True, kw_only=True, tag="file"):
    """The head of a file; `size` is in bytes."""

    id: str
    name: str | None
    type: FileType
    size: int
    state: AttachmentState
    internal: bool
    shared: bool


class ClockLine(Line, frozen=True, kw_only=True, tag="clock"):
    """A deadline, by the pack that asks for it."""

    clock: str
    pack: str
    started_at: Moment
    due: Moment | None
    paused_since: Moment | None
    stopped_at: Moment | None
    in_time: bool | None
    missed: bool
    extended: bool


class FactLine(Line, frozen=True, kw_only=True, tag="fact"):
    """What happened, when, and who did it; what the fact says beside that stands in `values`."""

    number: int
    fact: str
    at: Moment
    by: str
    values: dict[str, Any]


LINE_KINDS: tuple[type[Struct], ...] = (
    CaseLine, PointLine, PartyLine, MessageLine, LetterHeadLine, DecisionLine, RemedyLine, TaskLine,
    ActionLine, FileLine, ClockLine, FactLine,
)  # fmt: skip
"""What a line may be."""


class WholeCase(NamedTuple):
    """All that is held of a case: `said` are its facts with their texts, `today` is the date at its site.
    Whether the person needs particular care is told with `of_care`."""

    complaint: Complaint
    said: Sequence[tuple[int, Fact]]
    letters: Iterable[DeliveryState]
    today: date
    of_care: bool


AnyLine = CaseLine | Line
L = TypeVar("L", bound=Line)


def case_lines(whole: WholeCase, kinds: Iterable[str]) -> Iterator[AnyLine]:
    """The lines of these kinds, in the order of `LINES`."""
    wanted = frozenset(kinds)
    for kind, lines in LINES.items():
        if kind in wanted:
            yield from lines(whole)


def _line(line: type[L], whole: WholeCase, source: object, /, **others: Any) -> L:
    """A line with what its source calls by the same names, and `others`."""
    own = (field.name for field in fields(line) if field.name not in others and field.name != "reference")
    values = others | {name: getattr(source, name) for name in own}
    said = {name: _plain(value) for name, value in values.items()}
    return line(reference=whole.complaint.reference, **said)


def _plain(value: object) -> object:
    """A moment is in UTC; what was removed, or is not there, is null."""
    if isinstance(value, datetime):
        return local_time(value, UTC)
    return None if value in ("", UNSET) else value


def _case(whole: WholeCase) -> Iterator[CaseLine]:
    record = case_record(whole.complaint, whole.said, of_people=True, of_care=whole.of_care)
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    yield CaseLine(**values, merged_into=whole.complaint.merged_into)


def _messages(whole: WholeCase) -> Iterator[MessageLine]:
    for message in messages(whole.said, UTC):
        sender = "complainant" if message.sender == "you" else "organisation"
        yield _line(MessageLine, whole, message, sender=sender)


def _letters(whole: WholeCase) -> Iterator[LetterHeadLine]:
    for each in whole.letters:
        yield _line(LetterHeadLine, whole, each.letter, state=each.state, fate=each.fate)


def _decisions(whole: WholeCase) -> Iterator[DecisionLine]:
    complaint, facts = whole.complaint, whole.said
    reasons = {number: fact.reasons for number, fact in facts if isinstance(fact, DecisionProposed)}
    answers = {
        number: fact.reason for number, fact in facts if isinstance(fact, DecisionAccepted | DecisionRefused)
    }
    in_force = {each.entry for each in complaint.decisions_in_force}
    proposed = [complaint.decision] if complaint.decision and not complaint.decision.told_at else []
    for decision in (*complaint.decisions, *proposed):
        answer = decision.answer
        yield _line(
            DecisionLine,
            whole,
            decision,
            id=decision_id(decision.entry),
            reasons=reasons.get(decision.entry),
            decided_at=decision.at,
            in_force=decision.entry in in_force,
            accepted=answer.accepts if answer else None,
            answered_at=answer.at if answer else None,
            answer=answers.get(answer.entry) if answer else None,
        )


def _remedies(whole: WholeCase) -> Iterator[RemedyLine]:
    for each in staff_redress(whole.complaint, whole.today).lines:
        remedy = each.remedy
        promised = {"kind": remedy.kind, "amount": remedy.amount, "currency": remedy.currency}
        yield _line(RemedyLine, whole, each, by=remedy.by, **promised)


def _points(whole: WholeCase) -> Iterator[PointLine]:
    for point in points_view(whole.complaint, whole.said) or ():
        yield _line(PointLine, whole, point, cause=point.root_cause)


def _parties(whole: WholeCase) -> Iterator[PartyLine]:
    for joint in parties.joint_view(whole.complaint, whole.said):
        yield _line(PartyLine, whole, joint, role="joint_complainant", kind=None, side=None)
    nowhere = dict.fromkeys(("email", "phone", "post", "letters"))
    for respondent in parties.respondents_view(whole.complaint, whole.said, UTC):
        yield _line(PartyLine, whole, respondent, role="complained_about", **nowhere)


def _tasks(whole: WholeCase) -> Iterator[TaskLine]:
    texts, answers = task_texts(whole.said)
    for task in whole.complaint.tasks:
        yield _line(TaskLine, whole, task, text=texts.get(task.id), answer=answers.get(task.id))


def _actions(whole: WholeCase) -> Iterator[ActionLine]:
    said, unsaid = action_words(whole.said), dict.fromkeys(ActionPlanned.PRIVATE)
    for action in whole.complaint.actions:
        yield _line(ActionLine, whole, action, **said.get(action.id, unsaid))


def _files(whole: WholeCase) -> Iterator[FileLine]:
    for file in for_staff(whole.complaint, whole.said):
        yield _line(FileLine, whole, file)


def _clocks(whole: WholeCase) -> Iterator[ClockLine]:
    for clock in whole.complaint.clocks:
        due = None if clock.paused_at else clock.due
        paused = {"due": due, "paused_since": clock.paused_at}
        yield _line(ClockLine, whole, clock, clock=clock.purpose, extended=clock.added is not None, **paused)


def _facts(whole: WholeCase) -> Iterator[FactLine]:
    for number, fact in whole.said:
        (shown,) = facts([(number, fact)], UTC)
        values = {name: value for name, value in shown.items() if name not in _OF_EVERY_FACT}
        yield _line(FactLine, whole, fact, number=number, fact=shown["fact"], by=shown["by"], values=values)


_OF_EVERY_FACT = frozenset({"number", "fact", "at", "by"})

LINES: Mapping[str, Callable[[WholeCase], Iterable[AnyLine]]] = {
    "case": _case,
    "point": _points,
    "party": _parties,
    "message": _messages,
    "letter": _letters,
    "decision": _decisions,
    "remedy": _remedies,
    "task": _tasks,
    "action": _actions,
    "file": _files,
    "clock": _clocks,
    "fact": _facts,
}
"""The kinds of lines in their order, each with what makes them."""

"""The lifecycle: every command goes through `decide`, which answers with facts or raises a `Refusal`.

The commands of staff are declared in `staff_commands`, all others here. What each fact changes it
says itself (`apply`), and who may ask for what the table of `permissions`.
"""

from functools import cache, lru_cache

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.messages import NoteAdded
from complaints.case.evolution import evolve_all
from complaints.case.fact import Fact
from complaints.case.outcome.decision import Responded
from complaints.casework.command import (
    ACKNOWLEDGED,
    ALL,
    ANY,
    CLOSED,
    OPEN,
    OTHERS,
    RECEIVED,
    REFERRED,
    RESPONDED,
    WITHDRAWN,
    Command,
    CommandWithTexts,
    Declaration,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.casework.correspondence.lost_link import AskLink, ChangeOwnLink
from complaints.casework.correspondence.messages import Add, AddByMail, JoinMail
from complaints.casework.deadlines import Recalculate, Tick, recalculate
from complaints.casework.outcome.feedback import Insist
from complaints.casework.outcome.remedies import DeclineOwnRemedy
from complaints.casework.outcome.survey import AnswerSurvey, ClearSurveyText, DeclineSurvey
from complaints.casework.people.adjustments import AdjustOwn
from complaints.casework.people.contact_details import ConfirmAddress, CorrectOwnContact
from complaints.casework.process.closing import Withdraw
from complaints.casework.process.escalation import Answer
from complaints.casework.process.imports import Import
from complaints.casework.process.receipt import Receive
from complaints.casework.record.attachments import AddFile, Arrive, Attach, AttachFromMail
from complaints.casework.record.merging import Absorb
from complaints.casework.workflow import assignment
from complaints.casework.workflow.tasks import AnswerTask
from complaints.clocks import lifecycle
from complaints.context.decision_context import Context
from complaints.handling.permissions import may
from complaints.lazy_imports import lazy_imports
from complaints.values.errors import CaseErased, Forbidden, NotNow, PartOfAnother, Refusal, Restricted
from complaints.values.people import AUTOMATION, MACHINE, UNIT, Actor, Role

with lazy_imports():
    from complaints.casework import competence, deadlines
    from complaints.casework.correspondence import letters, lost_link, messages
    from complaints.casework.outcome import feedback, remedies, survey
    from complaints.casework.people import adjustments, conflicts_of_interest, contact_details
    from complaints.casework.process import closing, imports, receipt
    from complaints.casework.record import attachments, merging
    from complaints.casework.workflow import flood, safety, tasks
    from complaints.letters import cancelled_calls, paper_letters


COMPLAINANTS: tuple[Declaration[Command], ...] = (
    Declaration(Add, messages.add, ALL - {WITHDRAWN}, feedback=ANY),
    Declaration(Answer, closing.answer, frozenset({RESPONDED, CLOSED}), closing.can_be_answered),
    Declaration(Attach, attachments.attach, OPEN, attachments.can_add_file, ANY),
    Declaration(Insist, feedback.convert, OPEN | {CLOSED}, feedback=OTHERS),
    Declaration(Withdraw, closing.withdraw, OPEN),
    Declaration(AnswerSurvey, survey.answer, frozenset({CLOSED}), survey.can_be_answered),
    Declaration(DeclineSurvey, survey.decline, frozenset({CLOSED}), survey.can_be_answered),
)
"""What complainants can ask for, in the order in which `allowed_commands` names it."""

_OTHERS: tuple[Declaration[Command], ...] = (
    Declaration(Receive, receipt.receive, frozenset({RECEIVED}), receipt.is_new, ANY),
    Declaration(Import, imports.take_over, frozenset({RECEIVED}), receipt.is_new, ANY),
    Declaration(Absorb, merging.absorb, ALL, merging.can_be_merged),
    Declaration(CorrectOwnContact, contact_details.correct_own, ALL, feedback=ANY),
    Declaration(AdjustOwn, adjustments.adjust_own, ALL, feedback=ANY),
    Declaration(
        DeclineOwnRemedy,
        remedies.decline,
        frozenset({RESPONDED, CLOSED, REFERRED, WITHDRAWN}),
        remedies.can_be_done,
    ),
    Declaration(ConfirmAddress, contact_details.confirm, ALL, contact_details.can_be_confirmed, ANY),
    Declaration(AddByMail, messages.add_by_mail, ALL - {WITHDRAWN}, feedback=ANY),
    Declaration(
        JoinMail,
        messages.join_mail,
        ALL - {WITHDRAWN},
        conflicts_of_interest.must_have_no_interest,
        ANY,
    ),
    Declaration(AttachFromMail, attachments.attach, OPEN, attachments.can_add_file, ANY),
    Declaration(AddFile, attachments.attach, OPEN, attachments.can_add_internal_file, ANY),
    Declaration(Arrive, attachments.arrive, OPEN | {CLOSED}, attachments.can_arrive, ANY, when_merged=True),
    Declaration(LetterTaken, letters.taken, ALL, feedback=ANY, when_merged=True, when_erased=True),
    Declaration(LetterRefused, letters.refused, ALL, feedback=ANY, when_merged=True, when_erased=True),
    Declaration(ChangeOwnLink, lost_link.change_own, ALL, feedback=ANY),
    Declaration(AskLink, lost_link.ask, ALL, lost_link.can_be_sent, ANY, when_merged=True),
    Declaration(AnswerTask, tasks.answer, ALL, feedback=ANY, when_merged=True),
    Declaration(ClearSurveyText, survey.clear, ALL, survey.can_be_cleared, when_merged=True),
    Declaration(Tick, deadlines.tick, ALL, feedback=ANY, when_merged=True),
    Declaration(Recalculate, recalculate, ALL, feedback=ANY, when_merged=True),
    Declaration(assignment.Release, assignment.release, ALL, feedback=ANY, when_merged=True),
    Declaration(assignment.ReleaseTasks, assignment.release_tasks, ALL, feedback=ANY, when_merged=True),
)
"""What comes in, and what machines ask for."""

_WITHOUT_STAFF = {declared.command: declared for declared in (*COMPLAINANTS, *_OTHERS)}


@cache
def declarations() -> dict[type[Command], Declaration[Command]]:
    """Every command, by its type."""
    # Imported lazily: only the stream and the schedules apply rules, compare cases and erase them.
    from complaints.casework.record import repeats
    from complaints.casework.record.links import NoteRepeat
    from complaints.casework.workflow.flood import CloseWithFlood
    from complaints.handling import automation
    from complaints.handling.erasure_commands import ERASING

    rules = automation.declaration(happened_by)
    noting = Declaration(NoteRepeat, repeats.note, ALL, feedback=ANY, when_merged=True)
    flooded = Declaration(CloseWithFlood, flood.close, frozenset({RECEIVED, ACKNOWLEDGED}))
    by_machines = (rules, noting, flooded, *ERASING)
    others = _WITHOUT_STAFF | {declared.command: declared for declared in by_machines}
    return {declared.command: declared for declared in _staff_commands().values()} | others


def _staff_commands() -> dict[str, StaffDeclaration]:
    # Imported lazily: a submission does without them (gate "cold start of a submission" of
    # benchmarks/RESULTS.md).
    from complaints.handling.staff_commands import STAFF_COMMANDS

    return STAFF_COMMANDS


def _declared(command: type[Command]) -> Declaration[Command]:
    return _WITHOUT_STAFF.get(command) or declarations()[command]


_FROM_COMPLAINANTS = frozenset(
    {
        Receive,
        Arrive,
        AddByMail,
        CorrectOwnContact,
        AdjustOwn,
        ChangeOwnLink,
        DeclineOwnRemedy,
        ConfirmAddress,
        *(each.command for each in COMPLAINANTS),
    }
)

_NO_PERSON = frozenset({MACHINE.kind, AUTOMATION.kind})
_FROM_UNITS = frozenset({AnswerTask, AddFile, Arrive})


def decide(complaint: Complaint, command: Command, context: Context) -> list[Fact]:
    """The facts that follow from a command, clocks included. Raises a `Refusal`."""
    if _is_left_alone(complaint, type(command), context.by):
        return []
    happened = happened_by(complaint, command, context)
    after = evolve_all(complaint, happened)
    if alarmed := list(safety.became_known(complaint, after, happened, context)):
        happened += alarmed
        after = evolve_all(after, alarmed)
    for told in [each for each in happened if isinstance(each, Responded)]:
        happened += remedies.done_by_telling(after, told, context)
        after = evolve_all(complaint, happened)
    happened += lifecycle.follow(complaint, after, happened, context)
    if after.tasks or context.terms.site.checklists:
        happened += tasks.follow(complaint, after, happened, context)
    if any(task.is_open and task.call for task in after.tasks):
        happened += cancelled_calls.cancelled_calls(evolve_all(complaint, happened), context)
    if not after.is_written_to_by_mail:
        version = complaint.version + context.by.is_person
        written = replace(evolve_all(complaint, happened), number=complaint.number + 1, version=version)
        happened += paper_letters.prepare(written, happened, context)
    return happened


def happened_by(complaint: Complaint, command: Command, context: Context) -> list[Fact]:
    """The facts of a command itself, without what follows from them. Raises a `Refusal`."""
    refuse_what_is_not_possible(complaint, command, context)
    try:
        happened = _declared(type(command)).decide(complaint, command, context)
    except NotNow as refusal:
        refusal.allowed = allowed_commands(complaint, context)
        raise
    if isinstance(command, StaffCommand) and command.note:
        happened.append(NoteAdded(at=context.now, by=context.by, text=command.note))
    if isinstance(command, CommandWithTexts) and command.texts:
        happened.append(messages.chosen_texts(command, context))
    return happened


def refuse_what_is_not_possible(complaint: Complaint, command: Command, context: Context) -> None:
    """Raises `Forbidden` for the wrong role, `NotNow` for the wrong moment."""
    if not _may_ask(context.by, type(command)):
        raise Forbidden
    refusal = _refusal(complaint, _declared(type(command)), context)
    if isinstance(refusal, NotNow):
        refusal.allowed = allowed_commands(complaint, context)
    if refusal:
        raise refusal


def is_possible(complaint: Complaint, command: type[Command], context: Context) -> bool:
    """Whether this person may ask for a command now."""
    return _may_ask(context.by, command) and _refusal(complaint, _declared(command), context) is None


def allowed_commands(complaint: Complaint, context: Context) -> tuple[str, ...]:
    """The verbs that this person may ask for now: each of them would be taken."""
    by = context.by
    if by.is_staff:
        return tuple(verb for verb, why in judged_commands(complaint, context).items() if why is None)
    offered = (each for each in COMPLAINANTS if _may_ask(by, each.command))
    return tuple(declared.command.verb for declared in offered if not _refusal(complaint, declared, context))


def judged_commands(complaint: Complaint, context: Context) -> dict[str, Refusal | None]:
    """All verbs that the roles of this member of staff allow, each with why it is not taken now, if so."""
    return {
        declared.command.verb: _refusal(complaint, declared, context)
        for declared in _open_to(context.by.roles)
    }


@lru_cache(maxsize=256)
def _open_to(roles: tuple[Role, ...]) -> tuple[Declaration[StaffCommand], ...]:
    """What members of staff with these roles may ask for at some time."""
    return tuple(declared for verb, declared in _staff_commands().items() if may(roles, verb))


def _may_ask(by: Actor, command: type[Command]) -> bool:
    """Staff by their roles, also when they record what a person told them, or add a mail with its
    files; automation rules what `automation` names."""
    if by.kind == AUTOMATION.kind:
        from complaints.handling.automation import may_ask

        return may_ask(command)
    if issubclass(command, StaffCommand) or (issubclass(command, Receive) and by.is_staff):
        return may(by.roles, command.verb)
    if command is ClearSurveyText:
        return may(by.roles, command.verb)
    if command is AddFile and by.is_staff:
        return may(by.roles, AddFile.verb)
    if command is Arrive and by.is_staff:
        return may(by.roles, AttachFromMail.verb)
    if by.kind == UNIT.kind:
        return command in _FROM_UNITS
    return by.kind == ("complainant" if command in _FROM_COMPLAINANTS else "machine")


def _is_left_alone(complaint: Complaint, command: type[Command], by: Actor) -> bool:
    """Whether what a machine asks for is over: the case is erased, or nobody may work on it."""
    if complaint.erasure:
        return by.kind in _NO_PERSON and not _declared(command).when_erased
    return complaint.restriction is not None and by.kind == AUTOMATION.kind


def _refusal(complaint: Complaint, declared: Declaration[Command], context: Context) -> Refusal | None:
    if complaint.erasure:
        return None if declared.when_erased else CaseErased()
    if complaint.restriction and context.by.is_staff and not declared.when_restricted:
        return Restricted()
    if complaint.merged_into and not declared.when_merged:
        return PartOfAnother()
    if complaint.stage not in declared.stages or complaint.feedback not in declared.feedback:
        return NotNow()
    refusal = declared.gate(complaint, context)
    if refusal is None and context.terms.site.needs_competence:
        return competence.must_be_competent(complaint, declared.command.verb, context)
    return refusal

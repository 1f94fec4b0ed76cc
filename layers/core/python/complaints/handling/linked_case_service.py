"""The write path of commands that change two cases: both are decided, and written in one transaction."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from complaints.casework.command import Command
from complaints.casework.record.links import Link, PairCommand, Unlink
from complaints.casework.record.merging import Absorb, Merge
from complaints.context.case import Case, CaseWrite, Guard, VersionConflict
from complaints.context.decision_context import Context
from complaints.context.ports import Cases
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.handling.service import Casework
from complaints.values.errors import NotNow, Stale, Unavailable

TRIES = 6
"""How often a race that a machine's entry won in either case is decided again."""


class CaseSide(Struct, frozen=True):
    """One of the two cases, with the context of its rule, which holds the other one."""

    case: Case
    context: Context


Look = Callable[[], tuple[CaseSide, CaseSide | None]]
"""How the two cases stand now: the one that is asked, and the one that is named, if it is there."""


class TwoCaseService:
    """Carries out commands on two cases."""

    def __init__(self, casework: Casework, cases: Cases) -> None:
        self._casework, self._cases = casework, cases

    def carry_out(
        self, look: Look, command: PairCommand, *, expected: int, guard: Guard | None = None
    ) -> Case:
        """The case that was asked, after `command`; the same one when nothing follows from it.

        `expected` is its version that a person looked at. Raises `Stale` when it is not the one in force,
        a `Refusal` of a rule, `AlreadyUsed` when the guard stands.
        """
        for _ in range(TRIES):
            asked, named = look()
            case = asked.case
            if case.complaint.version != expected:
                raise Stale(case.complaint.version)
            facts = decide(case.complaint, command, asked.context)
            if not facts:
                return case
            assert named is not None, "a rule refuses what names no case"
            guards = (guard,) if guard else ()
            writing = self._casework.writing(case, facts, asked.context, guards=guards)
            also = self._other_half(asked, named, command)
            try:
                self._cases.write(writing, also)
            except VersionConflict:
                continue
            return writing.case
        raise Unavailable

    def _other_half(self, asked: CaseSide, named: CaseSide, command: PairCommand) -> CaseWrite | None:
        """What the command does to the case that it names. Raises a `Refusal` that tells of the one asked."""
        try:
            facts = decide(named.case.complaint, _mirrored(command, asked), named.context)
        except NotNow as refusal:
            refusal.allowed = allowed_commands(asked.case.complaint, asked.context)
            raise
        return self._casework.writing(named.case, facts, named.context) if facts else None


def _mirrored(command: PairCommand, asked: CaseSide) -> Command:
    """The command as the other case takes it."""
    complaint = asked.case.complaint
    match command:
        case Link() | Unlink():
            return replace(command, to=complaint.reference, note=None)
        case Merge():
            other = asked.context.other_case
            assert other is not None
            return Absorb(source=complaint, brings=other.brings, needs=other.needs, points=other.points)
    raise TypeError(command)

"""Writes as casework hands them to a store, made by the real rules for a store that is to be tried."""

from collections.abc import Sequence

from msgspec.structs import replace

from complaints.casework.command import Command
from complaints.casework.correspondence.messages import Note
from complaints.context.case import Case, CaseWrite, Guard, LetterMark
from complaints.context.ports import Cases
from complaints.handling.service import Casework, Submission
from complaints.values.people import COMPLAINANT, Actor
from tests.builders import ADA, context, receive
from tests.fakes import CountingSalt, FakeCases, FixedKeys


class Recorder(FakeCases):
    """Takes a write and keeps it, so that it can be handed to another store later."""

    def __init__(self) -> None:
        super().__init__()
        self.writings: list[CaseWrite] = []

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        super().write(writing, also)
        self.writings += (writing, also) if also else (writing,)


def opening(key: str = "k-1", body: str = "b-1", proof: Guard | None = None) -> CaseWrite:
    """The write that opens a case."""
    recorder = Recorder()
    submission = Submission(site="demo", key=key, body=body, proof=proof)
    casework(recorder).receive(receive(), context(COMPLAINANT), submission)
    return recorder.writings[0]


def following(
    case: Case,
    command: Command | None = None,
    by: Actor = ADA,
    *,
    guards: Sequence[Guard] = (),
    marks: Sequence[LetterMark] = (),
) -> CaseWrite:
    """The write of one more command on a case: of a note, if nothing else is said."""
    recorder = Recorder()
    recorder.hold(case)
    casework(recorder).carry_out(case, command or Note(text="Rang the courier."), context(by))
    return replace(recorder.writings[0], guards=tuple(guards), marks=tuple(marks))


def casework(cases: Cases) -> Casework:
    """The real casework over a store."""
    return Casework(cases, FixedKeys(), CountingSalt())

"""Where a case can stand, one story each, and one good example of every command."""

from collections.abc import Callable

from complaints.commands import (
    Acknowledge,
    Add,
    Answer,
    Approve,
    Ask,
    Assign,
    Close,
    Command,
    Find,
    Message,
    Note,
    Resume,
    Return,
    Withdraw,
)
from complaints.words import Cause, ClosingReason, Way
from tests.builders import MONDAY, Story, a_complaint, assess, by_telephone, decide_to, refund


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


def closed() -> Story:
    return responded().accepted()


def withdrawn() -> Story:
    return acknowledged().withdrawn()


def referred() -> Story:
    """At an external body."""
    return acknowledged().referred()


SITUATIONS: dict[str, Callable[[], Story]] = {
    situation.__name__: situation
    for situation in (
        received, acknowledged, assessed, found, decided, unapproved, issued, asked, responded, closed,
        withdrawn, referred,
    )
}  # fmt: skip

COMMANDS: dict[str, Command] = {
    command.verb: command
    for command in (
        Acknowledge(by=Way.TELEPHONE, at=MONDAY),
        Assign(to="grace"),
        assess(note="She rang again."),
        Note(text="Rang the courier."),
        Message(text="New cups are on their way."),
        Ask(text="Which of the cups are broken?"),
        Resume(reason="She told us on the telephone."),
        Find(finding="No porch.", root_cause=Cause.SUPPLIER),
        decide_to(),
        Approve(),
        Return(reasons="Nine cups, not six."),
        by_telephone(),
        Close(reason=ClosingReason.ACCEPTED),
        Add(text="And the lid."),
        Answer(accepts=True),
        Withdraw(),
    )
}

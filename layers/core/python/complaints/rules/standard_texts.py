"""Which standard texts were chosen for what is written in a case."""

from collections.abc import Iterator

from msgspec.structs import replace

from complaints.commands.command import Command, CommandWithTexts
from complaints.context.decision_context import Context
from complaints.events.standard_texts import StandardTextsUsed
from complaints.model.complaint import Complaint


def chosen(command: Command, context: Context) -> Iterator[StandardTextsUsed]:
    """The fact that a command was written with standard texts, if it was: each text counts once."""
    if isinstance(command, CommandWithTexts) and command.texts:
        texts = tuple(dict.fromkeys(command.texts))
        yield StandardTextsUsed(at=context.now, by=context.by, texts=texts)


def used(complaint: Complaint, fact: StandardTextsUsed) -> Complaint:
    """The complaint with how often each text was used in it."""
    times = dict(complaint.texts_used)
    times |= {code: times.get(code, 0) + 1 for code in fact.texts}
    return replace(complaint, texts_used=tuple(times.items()))

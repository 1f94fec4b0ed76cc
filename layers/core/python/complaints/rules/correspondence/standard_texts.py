"""Which standard texts were chosen for what is written in a case."""

from msgspec.structs import replace

from complaints.commands.command import CommandWithTexts
from complaints.context.decision_context import Context
from complaints.events.correspondence.standard_texts import StandardTextsUsed
from complaints.model.complaint import Complaint


def chosen(command: CommandWithTexts, context: Context) -> StandardTextsUsed:
    """The fact that a command was written with standard texts: each text counts once."""
    return StandardTextsUsed(at=context.now, by=context.by, texts=tuple(dict.fromkeys(command.texts)))


def used(complaint: Complaint, fact: StandardTextsUsed) -> Complaint:
    """The complaint with how often each text was used in it."""
    times = dict(complaint.texts_used)
    times |= {code: times.get(code, 0) + 1 for code in fact.texts}
    return replace(complaint, texts_used=tuple(times.items()))

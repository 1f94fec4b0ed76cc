"""Which standard texts were chosen for what is written in a case."""

from complaints.case.correspondence.standard_texts import StandardTextsUsed
from complaints.casework.command import CommandWithTexts
from complaints.context.decision_context import Context


def chosen(command: CommandWithTexts, context: Context) -> StandardTextsUsed:
    """The fact that a command was written with standard texts: each text counts once."""
    return StandardTextsUsed(at=context.now, by=context.by, texts=tuple(dict.fromkeys(command.texts)))

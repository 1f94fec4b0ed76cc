"""What staff ask for about the points of a complaint: to name one, and to answer one."""

from complaints.commands.command import CommandWithTexts, StaffCommand
from complaints.values.field_types import CodeName, LongText, Remedy, ShortText, Text


class AddPoint(StaffCommand, frozen=True, kw_only=True):
    """Names one thing of several that the complaint is about; the complainant reads `text` with the answer
    to it."""

    verb = "point"
    text: Text
    category: CodeName | None = None
    remedy_sought: Text | None = None


class AnswerPoint(CommandWithTexts, frozen=True, kw_only=True):
    """Answers one point, by its id; the decision takes up the answers to all."""

    verb = "answer_point"
    point: ShortText
    outcome: CodeName
    reasons: LongText
    remedies: tuple[Remedy, ...] = ()

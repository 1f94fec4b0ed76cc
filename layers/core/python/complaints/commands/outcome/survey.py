"""What complainants ask for about the survey about the handling (clause 8.3)."""

from complaints.commands.command import Command
from complaints.values.field_types import Mark, Text


class AnswerSurvey(Command, frozen=True, kw_only=True):
    """How the complaint was handled; each statement from 1 (disagree) to 5 (agree).

    `easy`: it was easy to complain. `respect`: I was treated fairly and with respect. `understood`: I
    understood what happened and why. `time`: it took a reasonable time. `outcome` is a question apart, and
    may be left out: I am satisfied with the result.
    """

    verb = "survey"
    easy: Mark
    respect: Mark
    understood: Mark
    time: Mark
    outcome: Mark | None = None
    text: Text | None = None


class ClearSurveyText(Command, frozen=True, kw_only=True):
    """What may be read of what was added in free words: the text, in which `[…]` stands for what told who
    wrote it or whom it is about. Without a `text` nothing of it is shown."""

    verb = "read_survey_texts"
    text: Text | None = None


class DeclineSurvey(Command, frozen=True, kw_only=True):
    """The complainant does not want to be asked."""

    verb = "decline_survey"

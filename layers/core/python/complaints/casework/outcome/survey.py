"""Survey about the handling (clause 8.3): asked once, some days after closing, whatever was decided.

    closed ──▶ the clock runs ──▶ its step to the complainant: an invitation ──▶ taken by the mail service
                   └──▶ reopened, or no mail arrives: it stops                      └──▶ answered | declined

Not asked are complainants who withdrew (there is no decision to rate), who were abusive or have no known
sender, or whom no mail reaches: a letter on paper has no link to answer by. No clock runs for them, so that
none is missed.
"""

from complaints.audit_trail.hash_chain import known, opened
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.survey import SurveyAnswered, SurveyDeclined, SurveyTextCleared
from complaints.casework.command import Command
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, NotNow, Wrong
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


REMOVED = "[…]"
"""What stands for words that told who somebody is."""


def answer(complaint: Complaint, command: AnswerSurvey, context: Context) -> list[Fact]:
    """Takes the answers, once."""
    return [
        SurveyAnswered(
            at=context.now,
            by=context.by,
            easy=command.easy,
            respect=command.respect,
            understood=command.understood,
            time=command.time,
            outcome=command.outcome,
            text=command.text,
        )
    ]


def decline(complaint: Complaint, command: DeclineSurvey, context: Context) -> list[Fact]:
    """The complainant does not want to be asked."""
    return [SurveyDeclined(at=context.now, by=context.by)]


def clear(complaint: Complaint, command: ClearSurveyText, context: Context) -> list[Fact]:
    """Puts on record what may be read of free words. Raises `Invalid` for what was not written so."""
    if command.text is not None and not _is_made_of(command.text, _written(context)):
        raise Invalid(Wrong("/text", "not-what-was-written"))
    return [SurveyTextCleared(at=context.now, by=context.by, text=command.text)]


def can_be_cleared(complaint: Complaint, context: Context) -> NotNow | None:
    """There are free words, which nobody removed."""
    survey = complaint.survey
    return None if survey and survey.text_entry and survey.text_entry not in complaint.redacted else NotNow()


def _written(context: Context) -> str:
    """The free words, as the entry has them that is looked at."""
    entry = context.passage.entry if context.passage else None
    facts = (opened(fact, place, entry.private) for place, fact in known(entry.data)) if entry else ()
    return next((fact.text or "" for fact in facts if isinstance(fact, SurveyAnswered)), "")


def _is_made_of(cleared: str, written: str) -> bool:
    """Whether nothing was changed but that `REMOVED` stands for words.

    >>> _is_made_of("[…] was kind.", "Mr Miller was kind."), _is_made_of("He was.", "Mr Miller was.")
    (True, False)
    """
    first, *parts = cleared.split(REMOVED)
    if not parts:
        return cleared == written
    if not written.startswith(first) or not written.endswith(parts[-1]):
        return False
    place, end = len(first), len(written) - len(parts[-1])
    for part in parts[:-1]:
        place = written.find(part, place, end)
        if place < 0:
            return False
        place += len(part)
    return place <= end


def can_be_answered(complaint: Complaint, context: Context) -> NotNow | None:
    """The complainant was asked, has not said anything about it, and the time for it is not over."""
    survey = complaint.survey
    return None if survey and survey.is_open(context.now) else NotNow()

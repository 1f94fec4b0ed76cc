"""The survey about the handling (clause 8.3): asked once, some days after closing, whatever was decided.

    closed ──▶ the clock runs ──▶ its step to the complainant: an invitation ──▶ taken by the mail service
                   └──▶ reopened, or no mail arrives: it stops                      └──▶ answered | declined

Not asked are complainants who withdrew (there is no decision to rate), who were abusive or have no known
sender, or whom no mail reaches: a letter on paper has no link to answer by. No clock runs for them, so that
none is missed.
"""

from msgspec.structs import replace

from complaints.commands.outcome.survey import AnswerSurvey, DeclineSurvey
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.outcome.survey import SurveyAnswered, SurveyDeclined, SurveySent
from complaints.model.complaint import Complaint
from complaints.model.outcome.survey import Survey
from complaints.values.errors import NotNow


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


def can_be_answered(complaint: Complaint, context: Context) -> NotNow | None:
    """The complainant was asked, has not said anything about it, and the time for it is not over."""
    survey = complaint.survey
    return None if survey and survey.is_open(context.now) else NotNow()


def sent(complaint: Complaint, fact: SurveySent) -> Complaint:
    return replace(complaint, survey=Survey(sent_at=fact.told_at))


def answered(complaint: Complaint, fact: SurveyAnswered) -> Complaint:
    assert complaint.survey is not None
    return replace(complaint, survey=replace(complaint.survey, answered_at=fact.at))


def declined(complaint: Complaint, fact: SurveyDeclined) -> Complaint:
    assert complaint.survey is not None
    return replace(complaint, survey=replace(complaint.survey, declined_at=fact.at))

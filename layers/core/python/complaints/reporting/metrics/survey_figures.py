"""What invitations and answers to the survey about the handling add to the figures (indicator 21)."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from complaints.case.complaint import Complaint
from complaints.case.outcome.survey import SurveyAnswered
from complaints.reporting.metrics.measures import ALL, ANSWERED, QUESTIONS, SURVEY_GROUPS, Measure, Step


def surveyed(
    before: Complaint, after: Complaint, zone: ZoneInfo, answers: SurveyAnswered | None
) -> Iterator[Step]:
    """Counts invitations to the survey, which were answered, and the answers (indicator 21). Where somebody's
    language is corrected, an invitation moves with it, and an answer stays."""
    if after.survey is None:
        return
    asked_in = _month(after.survey.sent_at, zone)
    then, now = set(_invited(before)), set(_invited(after))
    yield Step(asked_in, Measure.SURVEYED, tuple(then - now), -1)
    yield Step(asked_in, Measure.SURVEYED, tuple(now - then))
    if answers:
        for question in QUESTIONS:
            if mark := getattr(answers, question):
                values = tuple(_survey_groups(after, f"{question}:{mark}"))
                yield Step(_month(answers.at, zone), Measure.ANSWERS, values)


def _invited(complaint: Complaint) -> Iterator[str]:
    if complaint.survey:
        yield from _survey_groups(complaint, ALL)
        if complaint.survey.answered_at:
            yield from _survey_groups(complaint, ANSWERED)


def _survey_groups(complaint: Complaint, value: str) -> Iterator[str]:
    """A value for all, and for each group that this complainant belongs to."""
    yield value
    for group in SURVEY_GROUPS:
        yield f"{value}:{group}:{getattr(complaint, group)}"


def _month(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date().replace(day=1)

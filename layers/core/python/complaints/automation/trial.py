"""What an automation rule would have done with a case, had it held all the time; nothing is written."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice, pairwise

from msgspec import Struct
from msgspec.structs import replace

from complaints.automation.actions import application
from complaints.automation.moments import Moment
from complaints.automation.triggers import DueRule, Rule, holds, waited_until
from complaints.case.workflow.automation import AutomationApplied
from complaints.casework.workflow.automation import MOST_TIMES
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.site.site import SiteTerms
from complaints.values.casework.automation import Automation, Trigger
from complaints.values.casework.standard_texts import StandardText
from complaints.values.errors import Refusal
from complaints.values.people import AUTOMATION, Member


class TrialContext(Struct, frozen=True, kw_only=True):
    """What a trial is judged by: the terms of the site and the members of now, the standard text that the
    rule asks with, and the present."""

    terms: SiteTerms
    members: tuple[Member, ...]
    question: StandardText | None
    now: datetime


def would_apply(
    rule: Rule, moments: Sequence[Moment], context: TrialContext
) -> tuple[AutomationApplied, ...]:
    """The facts that would name the rule, one for each time that it would have been applied."""
    record = replace(rule.record, since=None)
    causes = islice(_causes(record, moments, context.now), MOST_TIMES)
    applied = (_applied(rule, moment, cause, context) for moment, cause in causes)
    return tuple(fact for fact in applied if fact)


def _causes(record: Automation, moments: Sequence[Moment], now: datetime) -> Iterator[tuple[Moment, int]]:
    """The moments at which a rule would have been applied, each with the number of its cause."""
    match record.when:
        case Trigger.RECEIVED:
            if holds(record, moments[0]):
                yield moments[0], moments[0].number
        case Trigger.CHANGED:
            for before, after in pairwise(moments):
                if after.by.is_person and holds(record, after) and not holds(record, before):
                    yield after, after.number
        case Trigger.WAITS:
            people = [place for place, each in enumerate(moments) if each.by.is_person or place == 0]
            for first, following in pairwise([*people, len(moments)]):
                until = moments[following].at if following < len(moments) else now
                last = moments[following - 1]
                if waited_until(record, moments[first]) <= until and holds(record, last):
                    yield last, moments[first].number


def _applied(rule: Rule, moment: Moment, cause: int, context: TrialContext) -> AutomationApplied | None:
    """What would have been done and refused at a moment; none where the case took no rules then."""
    clean = replace(moment.complaint, automations=())
    command = application(
        DueRule(rule, cause),
        moment,
        site=context.terms.site,
        today=context.terms.today(moment.at),
        question=context.question,
    )
    known = Context(now=moment.at, by=AUTOMATION, terms=context.terms, members=context.members)
    try:
        facts = decide(clean, command, known)
    except Refusal:
        return None
    return next((fact for fact in facts if isinstance(fact, AutomationApplied)), None)

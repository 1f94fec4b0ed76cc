"""What an automation rule asks for on a case: ordinary commands, as a member of staff would send them."""

from collections.abc import Iterator
from datetime import date, timedelta

from complaints.automation.moments import Moment
from complaints.automation.triggers import DueRule
from complaints.casework.command import StaffCommand
from complaints.casework.correspondence.messages import Ask
from complaints.casework.outcome.classification import Classify
from complaints.casework.process.assessment import Prioritise
from complaints.casework.workflow.assignment import Assign, Tell
from complaints.casework.workflow.automation import ApplyAutomation
from complaints.casework.workflow.tasks import AddTask
from complaints.letters.content.custom_paragraphs import paragraphs
from complaints.site.site import Site
from complaints.values.casework.automation import Automation
from complaints.values.casework.standard_texts import StandardText

BETWEEN = "\n\n"
"""What stands between two paragraphs."""

THEME = "theme"
"""What a rule does that links a case to a theme, which is a record beside the cases."""

USUAL_DAYS = 3
"""Days for a task whose rule names none."""


def members_named(record: Automation) -> frozenset[str]:
    """The members that the actions of a rule name."""
    return frozenset(name for name in (record.assign, record.task_to) if name)


def application(
    due: DueRule,
    moment: Moment,
    *,
    site: Site,
    today: date,
    question: StandardText | None,
    unlinked: str | None = None,
) -> ApplyAutomation:
    """The command that applies a rule to a case as it is at a `moment`; `today` is the date at the site.

    `question` is the standard text that the rule asks with. One that is not there, is retired, or says
    nothing here gives a question without words, which is refused. `unlinked` says why the case could not be
    linked to the theme that the rule names.
    """
    record = due.rule.record
    return ApplyAutomation(
        rule=due.rule.code,
        title=record.title,
        version=due.rule.version,
        when=record.when,
        cause=due.cause,
        actions=tuple(_actions(record, moment, site, today, question)),
        beside=((THEME, unlinked),) if record.theme else (),
    )


def _actions(
    record: Automation, moment: Moment, site: Site, today: date, question: StandardText | None
) -> Iterator[StaffCommand]:
    if record.ask:
        yield Ask(text=_asked(question, moment, site), texts=(record.ask,))
    held = {tag.casefold() for tag in moment.tags}
    new = tuple(tag for tag in record.add_tags if tag.casefold() not in held)
    if new:
        yield Classify(tags=(*moment.tags, *new), reason=record.title)
    if record.raise_to and record.raise_to > moment.complaint.least_priority:
        yield Prioritise(priority=record.raise_to, reason=record.title)  # type: ignore[arg-type]
    if record.assign and record.assign != moment.complaint.assignee:
        yield Assign(to=record.assign)
    if record.task:
        days = timedelta(days=record.task_days or USUAL_DAYS)
        yield AddTask(text=record.task, due=today + days, to=record.task_to)
    for reader in dict.fromkeys(record.tell):
        yield Tell(to=reader.value, reason=record.title)


def _asked(question: StandardText | None, moment: Moment, site: Site) -> str:
    """The words of a question, filled in; a paragraph that names what is not known is left out."""
    if question is None or question.retired:
        return ""
    told = moment.receipt
    values = {
        "name": told.name if told else None,
        "reference": moment.complaint.reference,
        "subject": told.subject if told else None,
        "site": site.name,
    }
    known = {placeholder: value for placeholder, value in values.items() if value}
    _, text = question.wording(moment.complaint.language, site.language)
    return BETWEEN.join("".join(pieces) for pieces in paragraphs(text, known))

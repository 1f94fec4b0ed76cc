"""The schedule, each minute: notices of due dates are sent once, and lost letters are tried again.

Where more is due than one run can work, runs beside each other work shares of it (`schedule_shares`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.casework.deadlines import Tick
from complaints.casework.record.attachments import file_key, swept_since
from complaints.context.case import Due
from complaints.context.decision_context import Context
from complaints.management.record import RecordKind
from complaints.settings.setting import SettingKind
from complaints.values.errors import Unavailable, WrittenByNewerRelease
from complaints.values.people import MACHINE
from functions.http.lambda_events import ScheduleEvent
from functions.workers import schedule_shares

if TYPE_CHECKING:
    from complaints.context.stores import Agenda


LONGEST_STEP = 50_000
"""Milliseconds that one due thing may take with every call at its time limit."""


SHORTEST_REST = 15_000
"""Milliseconds that a run must have left to look at the readings of one more case."""

HINDERED, LEFT = "CasesHindered", "ScheduleRunsTooShort"
"""The metrics of what the store hindered, and of runs whose time was too short (docs/alarms.md)."""

LAWS_AT = 7
"""At which minute of an hour it is looked whether a release brought new versions of promise packs."""

TRENDS_AT = 23
"""At which minute of an hour it is looked for trends, on the few days of a month on which that is done."""


READING_AT = 41
"""At which minute of an hour it is looked at what was read, in the first hours of a day."""


PULSE_EVERY = 5
"""Minutes from one pulse to the next: the alarm on what follows the stream waits for three."""


def escalate_overdue(event: ScheduleEvent) -> dict[str, int]:
    """Works through what is due by now, as far as the time goes; `left` says that it was too short.

    One case that cannot be worked is named and set aside, and stops no other.
    """
    deps = container()
    now = deps.now()
    task = schedule_shares.asked(event.detail)
    done = failed = left = 0
    letters = schedule_shares.Letters(deps.settings.letters_a_second, task)
    for due in schedule_shares.due(deps, now, task, letters):
        is_over = task is not None and deps.now() >= task.until
        if is_over or event.context.get_remaining_time_in_millis() < LONGEST_STEP:
            left = 1
            break
        if due.letter and not letters.may_leave():
            continue
        try:
            _work(deps, due, letters)
            done += 1
        except Exception as error:
            failed += 1
            _set_aside(deps.agenda, deps.now(), due, error)
    if task is None:
        _do_besides(deps, now, event)
    letters.count_untried(now)
    telemetry.note("schedule", done=done, failed=failed, left=left, waiting=letters.waiting)
    if left and task is None:
        # Of runs beside each other one says it for all: the alarm counts minutes.
        telemetry.count(LEFT)
    return {"done": done, "failed": failed, "left": left}


def _do_besides(deps: Container, now: datetime, event: ScheduleEvent) -> None:
    """What a minute brings besides what is due."""
    if now.minute % PULSE_EVERY == 0:
        _try("no pulse", lambda: deps.agenda.pulse(now))
    if now.minute == LAWS_AT:
        _try("laws not told", lambda: _tell_of_packs(deps))
    if now.minute == TRENDS_AT:
        _try("trends not looked for", lambda: _look_for_trends(deps))
    if now.minute == READING_AT:
        _look_at_reading(deps, event)
    if deps.settings.synthetic_site:
        _try("synthetic complaint failed", lambda: _complain_to_ourselves(deps, now))


def _try(failure: str, does: Callable[[], object]) -> None:
    """Does something that is done again at its next time where it fails."""
    try:
        does()
    except Exception as error:
        telemetry.failure(failure, error)


def _set_aside(agenda: "Agenda", now: datetime, due: Due, error: Exception) -> None:
    """Names what could not be worked, and leaves it for a while, unless it is the store that fails."""
    telemetry.failure("could not be worked", error, reference=due.reference, letter=due.letter)
    if isinstance(error, Unavailable) and not isinstance(error, WrittenByNewerRelease):
        telemetry.count(HINDERED)
        return
    telemetry.count(telemetry.NOT_WORKED)
    try:
        agenda.put_off(due, now)
    except Unavailable as trouble:
        telemetry.failure("not put off", trouble, reference=due.reference, letter=due.letter)


def _work(deps: Container, due: Due, letters: schedule_shares.Letters) -> None:
    if due.letter:
        wanted = deps.outbox.want_again(due.reference, due.letter, deps.now(), due.urgency)
        letters.look_at(wanted)
    elif due.member:
        _hand_over(deps, due.member)
    elif due.setting:
        _go_on(deps, *due.setting)
    elif due.record:
        _remind(deps, *due.record)
    else:
        _tick(deps, due)


def _hand_over(deps: Container, member: str) -> None:
    """Imported lazily: members leave seldom, and the schedule starts often."""
    from functions.use_cases.cases import handover

    handover.go_on(deps, member)


def _go_on(deps: Container, kind: str, name: str) -> None:
    """Imported lazily for the same reason: calendars and automation rules change seldom."""
    if kind == SettingKind.AUTOMATION:
        from functions.use_cases.cases import automation_waits

        automation_waits.go_on(deps, name)
        return
    from functions.use_cases.cases import due_date_recalculation

    due_date_recalculation.go_on(deps, kind, name)


def _remind(deps: Container, kind: str, id: str) -> None:
    """Imported lazily for the same reason: records of the management system are due on few days, and floods
    are rare."""
    if kind == RecordKind.FLOOD_CLOSING:
        from functions.use_cases.cases import flood_closing

        flood_closing.go_on(deps, id)
        return
    from functions.use_cases.management import management_records

    management_records.remind(deps, kind, id)


def _tell_of_packs(deps: Container) -> None:
    """Imported lazily: laws change seldom."""
    from functions.use_cases import pack_notices

    pack_notices.tell(deps)


def _look_for_trends(deps: Container) -> None:
    """Imported lazily: it is done on three days of a month."""
    from functions.use_cases.management import trends

    trends.look(deps)


def _look_at_reading(deps: Container, event: ScheduleEvent) -> None:
    """Imported lazily: it is done in three hours of a day."""
    from functions.use_cases.management import unusual_readings

    unusual_readings.look(deps, lambda: event.context.get_remaining_time_in_millis() > SHORTEST_REST)


def _complain_to_ourselves(deps: Container, now: datetime) -> None:
    """Imported lazily: few installations do. An alarm rings where it does not come to its end."""
    from functions.workers import synthetic

    synthetic.walk(deps, now)


def _tick(deps: Container, due: Due) -> None:
    """Decides from the head, read consistently: the index only said where to look.

    Automation rules are looked at as well, so that what the stream lost is caught up.
    """
    reference = due.reference
    case = deps.cases.load(reference)
    if case is None:
        return
    terms = deps.sites.terms(case.complaint.site)
    after = deps.casework.carry_out(case, Tick(), Context(now=deps.now(), by=MACHINE, terms=terms))
    for id in swept_since(case.complaint, after.complaint):
        deps.files.remove(file_key(reference, id))
    # Imported lazily: most sites have no rules.
    if due.waits or deps.automations.of(terms.site.key):
        from functions.use_cases.cases import automation

        automation.look(deps, reference, terms.site.key, is_awaited=due.waits)

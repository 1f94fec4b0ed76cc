"""Retention: once a day and site, the cases that a rule keeps no longer are asked to be erased, and those of
which it keeps one kind of data no longer, to lose that.

What is due is read from the index of ended cases, the oldest first, and the rule decides on the case itself.
A run notes how far it is, and which case it is about to ask for, before it asks: one that dies is gone on
with by the next one, and counts each case once. What was asked for is erased as any other case is. One case
that fails stops no other: it is named in the log, and an alarm rings.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.case.complaint import Complaint
from complaints.casework.record import retention
from complaints.casework.record.erasure import ApplyRetention
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.handling.replay import replayed
from complaints.site.site import Site
from complaints.values.casework.retention import RetentionRun
from complaints.values.errors import Stale, Unavailable, WrittenByNewerRelease
from complaints.values.people import MACHINE
from functions.use_cases.cases.waiting_mails import is_kept_unread

if TYPE_CHECKING:
    from complaints.adapters.container import Container


Step = Callable[["Container", RetentionRun, str], tuple[RetentionRun, bool]]

FAILED = "failed"
"""Why a case is kept that could not be looked at."""

MOST_ASKED = 100
"""How many cases of a site one turn reads: the run goes on in the next minute."""


def apply_rules(deps: "Container", has_time: Callable[[], bool]) -> list[str]:
    """Goes on with the run of the day at each site that has rules; of which cases anything was asked for.

    A site that fails is named, and stops no other.
    """
    asked: list[str] = []
    for site in deps.sites.all():
        if not site.retention:
            continue
        try:
            asked += _go_on(deps, site, has_time)
        except Stale:
            # Another turn has the run: the two would else count the same cases.
            continue
        except Exception as error:
            telemetry.failure("retention rules not applied", error, site=site.key)
            telemetry.count("ErasuresLate")
    return asked


def _go_on(deps: "Container", site: Site, has_time: Callable[[], bool]) -> list[str]:
    """Goes on with the run of the day. Raises `Stale` where another turn does, `Unavailable`."""
    now = deps.now()
    today = deps.sites.terms(site.key).today(now)
    run = deps.retention.run_of(site.key, today)
    if run is None:
        _end_earlier(deps, site)
        run = RetentionRun(site=site.key, day=today, began_at=now)
    first = retention.first_due(site, today)
    if run.ended_at or first is None:
        return []
    asked: list[str] = []
    if run.doing:
        # A turn died here: the case says whether it was asked for.
        reference = run.doing
        run, is_asked = _try(deps, run, reference, _ask)
        asked += [reference] if is_asked else []
    looked_at = 0
    for candidate in deps.retention.ended(site.key, datetime.combine(first, time(), UTC), run.place):
        if looked_at >= MOST_ASKED or not has_time():
            deps.retention.keep(replace(run, revision=run.revision + 1))
            return asked
        run = replace(run, place=candidate.place)
        if not retention.may_be_due(candidate, site, today):
            continue
        looked_at += 1
        run, is_asked = _try(deps, run, candidate.reference, _ask)
        if is_asked:
            asked.append(candidate.reference)
    deps.retention.keep(replace(run, revision=run.revision + 1, ended_at=deps.now()))
    telemetry.note("retention", site=site.key, erased=sum(run.erased.values()))
    return asked


def _end_earlier(deps: "Container", site: Site) -> None:
    """Ends the last run if midnight cut it off: the one of today looks at all that it left."""
    run = next(iter(deps.retention.runs(site.key, 1)), None)
    if run is None or run.ended_at:
        return
    if run.doing:
        run, _ = _try(deps, run, run.doing, _settle)
    deps.retention.keep(replace(run, revision=run.revision + 1, ended_at=deps.now()))


def _settle(deps: "Container", run: RetentionRun, reference: str) -> tuple[RetentionRun, bool]:
    """Counts what became of a case, and asks for nothing more."""
    case = deps.cases.load(reference)
    return _counted(case.complaint if case else None, run, reference), False


def _try(deps: "Container", run: RetentionRun, reference: str, step: Step) -> tuple[RetentionRun, bool]:
    """Does a step with one case. One that fails is kept, and the next run tries it again.

    Raises `Stale` where another turn has the run, `Unavailable` where the store does not answer: then all
    cases wait.
    """
    try:
        return step(deps, run, reference)
    except Exception as error:
        if isinstance(error, (Stale, Unavailable)) and not isinstance(error, WrittenByNewerRelease):
            raise
        telemetry.failure("retention rule not applied", error, reference=reference)
        telemetry.count("ErasuresLate")
        # The step may have noted what it was about to do.
        stored = deps.retention.run_of(run.site, run.day)
        return replace(run, revision=stored.revision if stored else 0).after_keeping(FAILED), False


def _ask(deps: "Container", run: RetentionRun, reference: str) -> tuple[RetentionRun, bool]:
    """Asks for what is due of a case, and whether anything was."""
    case = deps.cases.load(reference)
    if case is None or case.complaint.erasure:
        return _counted(case.complaint if case else None, run, reference), False
    case = with_contact(deps, case)
    terms = deps.sites.terms(case.complaint.site)
    parts = deps.cases.load_all(case.complaint.parts).values() if case.complaint.parts else ()
    of_parts = retention.categories_of(part.complaint for part in parts)
    rules = retention.due_rules(case.complaint, terms.site, run.day, of_parts)
    if not rules:
        # Nothing is due twice: a turn may have died after it asked.
        return _counted(case.complaint, run, reference), False
    why = retention.why_kept(case.complaint, run.day)
    if why:
        return run.after_keeping(retention.in_short(why)), False
    if is_kept_unread(deps, case.complaint, rules, run.day, terms.zone):
        return run.after_keeping(retention.UNREAD), False
    if run.doing != reference:
        run = replace(run, revision=run.revision + 1, doing=reference)
        deps.retention.keep(run)
    context = Context(now=deps.now(), by=MACHINE, terms=terms)
    after = deps.casework.carry_out(case, ApplyRetention(of_parts=of_parts), context)
    counted = _counted(after.complaint, run, reference)
    return counted, counted.erased != run.erased


def with_contact(deps: "Container", case: Case) -> Case:
    """A case with when people last wrote in it: of one that ended before heads said so, its entries tell."""
    complaint = case.complaint
    if complaint.contacted_at or not complaint.ended_at:
        return case
    told = replayed(complaint.reference, deps.cases.entries(complaint.reference)).contacted_at
    return replace(case, complaint=replace(complaint, contacted_at=told)) if told else case


def _counted(complaint: Complaint | None, run: RetentionRun, reference: str) -> RetentionRun:
    """The run after it asked for what is due of a case, where the case says that this was what it did."""
    if complaint is None or run.doing != reference:
        return replace(run, doing="")
    asked = (complaint.erasure,) if complaint.erasure else complaint.removals
    rules = [each.rule for each in asked if each.rule and each.requested_at >= run.began_at]
    return run.after_asking(reference, rules) if rules else replace(run, doing="")

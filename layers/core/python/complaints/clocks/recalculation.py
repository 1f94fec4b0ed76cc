"""Computes one clock: its due date, the effect of a pause or an extension on it, and its reminders.

All else follows from the pack, the site's calendar and the pauses; what starts and stops a clock is
said in `clocks`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from complaints.calendars.durations import EXACT_UNITS, Extension
from complaints.calendars.time_zones import VERSION
from complaints.case.clock import Clock, Pause, Rung, is_past
from complaints.clocks import never_later_rule
from complaints.clocks.quiet_hours import in_open_hours
from complaints.due_dates.due_date import later, moment_with_share_left
from complaints.due_dates.skipped_holidays import skipped_holidays
from complaints.due_dates.timeline import clock_timeline
from complaints.promise_packs.schema import RIGHT, Pack, PackClock
from complaints.promise_packs.schema import Rung as PackRung
from complaints.site.site import SiteTerms

_FIRST_LATE_SECOND = timedelta(seconds=1)


def started(clock: PackClock, pack: Pack, at: datetime, terms: SiteTerms) -> Clock:
    """The clock of a case that starts `at` an instant under `pack`."""
    calendar = terms.calendar(pack.id, pack.version)
    way = clock_timeline(calendar, at, clock.length)
    begun = Clock(
        id=clock.id,
        purpose=clock.purpose,
        pack=pack.id,
        pack_version=pack.version,
        calendar_version=calendar.version,
        zone_data=VERSION,
        stops_on=clock.stops_on,
        length=clock.length,
        started_at=at,
        due=calendar.local(way.due),
        left_out=skipped_holidays(calendar, way),
        may_pause=clock.pause.allowed,
        pause_days=clock.pause.max_calendar_days,
        pause_times=clock.pause.max_times,
        may_extend=clock.extension,
    )
    rungs = () if clock.purpose == RIGHT else (_rung(begun, rung) for rung in clock.escalates)
    return replace(begun, rungs=_ladder(begun, rungs, terms))


def started_late(clock: PackClock, pack: Pack, at: datetime, terms: SiteTerms) -> Clock:
    """The clock that would run since an instant, had been known then what is known now: what was decreed
    since makes it no later."""
    begun = started(clock, pack, at, terms)
    due, holidays = never_later_rule.as_known_at_start(terms.calendar(pack.id, pack.version), begun)
    known = replace(begun, due=due, left_out=holidays)
    return replace(known, rungs=_ladder(known, begun.rungs, terms))


def resumed(clock: Clock, moment: datetime, terms: SiteTerms) -> Clock:
    """The clock after its pause, which ended at `moment`, or at its limit if that came first."""
    assert clock.paused_at is not None
    until = min(moment, clock.paused_until or moment)
    return _recalculated(clock, replace(clock, pauses=(*clock.pauses, (clock.paused_at, until))), terms)


def held_by(clock: Clock, pauses: Iterable[Pause], terms: SiteTerms) -> Clock:
    """A clock that is known of late, with the pauses that there were since it began, as far as it may stand
    still: the complainant was waited for then, whatever the case was taken to be."""
    if not clock.may_pause:
        return clock
    since = [(max(begin, clock.started_at), end) for begin, end in pauses if end > clock.started_at]
    allowed = tuple(_within_limits(clock, sorted(since)[: clock.pause_times]))
    return _recalculated(clock, replace(clock, pauses=allowed), terms) if allowed else clock


def _within_limits(clock: Clock, pauses: Iterable[Pause]) -> Iterator[Pause]:
    """The pauses up to the days that a clock may stand still in all."""
    used = timedelta()
    for begin, end in pauses:
        if clock.pause_days is not None:
            end = min(end, begin + max(timedelta(days=clock.pause_days) - used, timedelta()))
        used += end - begin
        if begin < end:
            yield begin, end


def by_calendar(clock: Clock, terms: SiteTerms) -> datetime:
    """When the calendar of now says that a clock is due, whatever was promised."""
    calendar = terms.calendar(clock.pack, clock.pack_version)
    return calendar.local(never_later_rule.timeline_of(calendar, clock).due)


def brought_forward(clock: Clock, terms: SiteTerms) -> Clock | None:
    """The clock with the due moment of the calendar of now, where that is earlier than was promised.

    Only what the organisation owes: the time of the complainant gets no shorter, and a survey no sooner."""
    calendar = terms.calendar(clock.pack, clock.pack_version)
    moment, holidays = never_later_rule.by_calendar(calendar, clock)
    if not clock.binds or not _second(moment) < _second(clock.due):
        return None
    values = {"calendar_version": calendar.version, "zone_data": VERSION}
    earlier = replace(clock, due=moment, left_out=holidays, **values)
    return replace(earlier, rungs=_ladder(earlier, clock.rungs, terms))


def gone_over(clock: Clock, other: Clock, terms: SiteTerms) -> Clock:
    """The clock by the rules of another version of its pack, as `other` has them; its promise stands."""
    exact = other.length.is_exact
    migrated = replace(
        other,
        run=clock.run,
        started_at=clock.started_at,
        due=clock.due,
        left_out=clock.left_out,
        may_extend=clock.may_extend if clock.asked_for or clock.added else other.may_extend,
        asked_for=clock.asked_for,
        added=clock.added if clock.added and (clock.added.unit in EXACT_UNITS) == exact else None,
        pauses=clock.pauses,
        paused_at=clock.paused_at,
        paused_until=clock.paused_until,
        missed=clock.missed,
    )
    raised = {(rung.when, rung.to) for rung in clock.rungs if rung.raised}
    rungs = (replace(rung, raised=(rung.when, rung.to) in raised) for rung in other.rungs)
    return replace(migrated, rungs=_ladder(migrated, rungs, terms))


def pause_limit(clock: Clock, now: datetime) -> datetime | None:
    """Until when it may stand still: the days of all pauses of a clock count together."""
    if clock.pause_days is None:
        return None
    used = sum((end - begin for begin, end in clock.pauses), timedelta())
    return now + max(timedelta(days=clock.pause_days) - used, timedelta())


def extended(clock: Clock, notice_at: datetime, terms: SiteTerms) -> Clock:
    """The clock with its extension, whose notice is taken at `notice_at`."""
    rule = clock.may_extend
    assert rule is not None
    added = Extension(rule.amount, rule.unit, rule.needs_notice, notice_at)
    # The notice said what a holding letter says: why it takes longer, and until when.
    told = tuple(replace(rung, raised=rung.raised or rung.is_of_law) for rung in clock.rungs)
    return _recalculated(clock, replace(clock, added=added, rungs=told), terms)


def in_time(clock: Clock, moment: datetime, terms: SiteTerms) -> bool:
    """At or before the due second, both cut to whole seconds; a pause goes on to then, or to its limit."""
    running = resumed(clock, moment, terms) if clock.paused_at else clock
    return not is_past(running.due, moment)


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def _recalculated(before: Clock, after: Clock, terms: SiteTerms) -> Clock:
    """The clock `after` a change with its due moment and its ladder; no later than the change allows."""
    due, holidays = never_later_rule.binding(before, after, terms.calendar(after.pack, after.pack_version))
    running = replace(after, due=due, left_out=holidays)
    return replace(running, rungs=_ladder(running, after.rungs, terms))


def _ladder(clock: Clock, rungs: Iterable[Rung], terms: SiteTerms) -> tuple[Rung, ...]:
    """The rungs with their instants calculated; one that was raised keeps its own."""
    return tuple(rung if rung.raised else _placed(clock, rung, terms) for rung in rungs)


def _placed(clock: Clock, rung: Rung, terms: SiteTerms) -> Rung:
    """The rung at its moment; a warning within open hours."""
    at = _moment(clock, rung, terms)
    if rung.when != "before":
        return replace(rung, at=at)
    open_at = in_open_hours(terms.calendar(clock.pack, clock.pack_version), at, clock.started_at, clock.due)
    return replace(rung, at=open_at, sharp=None if open_at == at else at)


def _rung(clock: Clock, rung: PackRung) -> Rung:
    after = (rung.after.amount, rung.after.unit) if rung.after else None
    return Rung(when=rung.when, to=rung.to, at=clock.due, share_left=rung.share_left, after=after)


def _moment(clock: Clock, rung: Rung, terms: SiteTerms) -> datetime:
    calendar = terms.calendar(clock.pack, clock.pack_version)
    if rung.share_left:
        moment = moment_with_share_left(
            calendar, clock.started_at, clock.length, rung.share_left, clock.pauses, until=clock.due
        )
        return _second(moment)
    if rung.after:
        return later(calendar, clock.due, *rung.after)
    return clock.due + _FIRST_LATE_SECOND

"""Quiet hours: a warning before a promise is due comes while people work, and never too late for it.

What is due or missed is said at once, and of an urgent case all is.
"""

from datetime import datetime, timedelta

from complaints.calendars.working_calendar import Calendar, dates_from
from complaints.case.complaint import Complaint
from complaints.case.deadlines import ReminderRaised
from complaints.case.fact import Fact
from complaints.site.site import SiteTerms

LAST_CALL = timedelta(minutes=30)
"""How long before closing the last reminder is sent, so that its reader can still act on it."""


def in_open_hours(calendar: Calendar, moment: datetime, since: datetime, due: datetime) -> datetime:
    """When a reminder that falls on `moment` is sent: then, or at the next opening before it is due.

    Where there is none, shortly before the last closing, if that was after `since`; else at `moment` all the
    same.
    """
    opening = calendar.next_open(moment)
    if opening < due:
        return calendar.local(opening)
    first = calendar.date_of(since)
    for day in dates_from(calendar.date_of(moment), step=-1):
        if day < first:
            break
        before = [span for span in calendar.spans(day) if span[0] < moment]
        if before:
            opens, closes = before[-1]
            last = max(opens, closes - LAST_CALL)
            return calendar.local(last if last > since else moment)
    return calendar.local(moment)


def next_opening(at: datetime, terms: SiteTerms) -> datetime | None:
    """When people work again at the site, if they do not at this instant."""
    opening = next(iter(terms.calendars.values())).next_open(at)
    return opening if opening > at else None


def not_before(complaint: Complaint, fact: Fact, terms: SiteTerms) -> datetime | None:
    """Until when the letter of a warning waits that is raised out of hours, as by a schedule that is late."""
    if complaint.is_urgent or not isinstance(fact, ReminderRaised):
        return None
    clock = complaint.clock(fact.clock)
    opening = terms.calendar(clock.pack, clock.pack_version).next_open(fact.at)
    return opening if fact.at < opening < clock.due else None

"""What the calendar of now says of a promise, where staff must know it."""

from datetime import datetime

from complaints.case.clock import Clock
from complaints.site.site import SiteTerms


def calendar_notes(clock: Clock, terms: SiteTerms, due: datetime) -> dict[str, str]:
    """`reckoned`, where the calendar of now gives more time than was promised, which binds: it says `due`.
    And `known_until`, where the holidays are not known as far as to the due moment."""
    calendar = terms.calendar(clock.pack, clock.pack_version)
    shape = {}
    if clock.is_running and due.replace(microsecond=0) > clock.due:
        shape["reckoned"] = due.astimezone(terms.zone).isoformat(timespec="seconds")
    if calendar.known_until and not calendar.is_known(clock.due):
        shape["known_until"] = calendar.known_until.isoformat()
    return shape

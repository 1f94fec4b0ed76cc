"""Where a complainant can go outside, and until when, as packs and site say it."""

from datetime import date, datetime

from complaints.case.complaint import Complaint
from complaints.clocks.lifecycle import foreseen
from complaints.promise_packs.schema import RIGHT, ExternalBody, Pack
from complaints.site.pack_events import RESPONDED
from complaints.site.site import SiteTerms


def body_of(pack: Pack | None, terms: SiteTerms, *, is_request: bool = False) -> ExternalBody | None:
    """The external body that a pack names, else that of the site: for a request about personal data its
    authority, for a complaint its body outside."""
    described = pack.external_body if pack else None
    if described and described.url:
        return described
    return terms.site.authority if is_request else terms.site.external_body


def open_until(
    complaint: Complaint,
    at: datetime,
    terms: SiteTerms,
    *,
    pack: str | None = None,
    is_decision: bool = False,
) -> date | None:
    """The last day on which the complainant may go to an external body, of all packs or of one; the first of
    several.

    It is a day where the pack is in force, whatever day it is at the site by then; one that nobody confirmed
    is not told. `is_decision` says that a decision is communicated `at` this instant, which starts more time
    limits.
    """
    going = [clock for clock in complaint.clocks if clock.stopped_at in (None, at)]
    if is_decision:
        begin = foreseen(complaint, RESPONDED, at, terms)
        anew = {(clock.pack, clock.id) for clock in begin}
        going = [clock for clock in going if (clock.pack, clock.id) not in anew] + [*begin]
    rights = [
        clock
        for clock in going
        if clock.purpose == RIGHT
        and pack in (None, clock.pack)
        and ((rule := terms.rule_of(clock)) is None or rule.confidence != "unconfirmed")
    ]
    if not rights:
        return None
    first = min(rights, key=lambda clock: clock.due)
    return terms.calendar(first.pack).date_of(first.due)

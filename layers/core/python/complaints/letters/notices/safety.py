"""Alarms: a danger to somebody is told to the site's safety contact, the team and the manager at once.

They wait for no open hours and no digest, and count among no notices of a day.
"""

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.workflow.safety import DangerKnown
from complaints.letters.draft import draft
from complaints.promise_packs.schema import IMMEDIATE_ACTION
from complaints.site.site import Site, SiteTerms

READERS = ("safety", "team", "manager")


def alarm(
    reader: int, complaint: Complaint, fact: DangerKnown, terms: SiteTerms, place: str
) -> Letter | None:
    """The alarm to one of the `READERS`; none where the site has no such address, or another has it too."""
    earlier = {_address(terms.site, role) for role in READERS[:reader]}
    address = _address(terms.site, READERS[reader])
    if address is None or address in earlier:
        return None
    running = (clock for clock in complaint.clocks if clock.purpose == IMMEDIATE_ACTION and clock.is_running)
    return draft(
        complaint,
        LetterKind.SAFETY,
        place,
        fact.at,
        language=terms.site.language,
        to=READERS[reader],
        known_by=fact.known_by,
        due=min((clock.due for clock in running), default=None),
    )


def _address(site: Site, role: str) -> str | None:
    address: str | None = getattr(site, role)
    return address

"""Pages of a complaint offer to ask for its confirmation, where that waits as very many complaints come."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.case.complaint import Complaint
from complaints.site.site import Site
from functions.public.timestamp_proof import PACE
from functions.use_cases.submission.intake_load import LOAD

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.case import Case


SEND, SHOW = "send_now", "show_here"
ACTIONS = (SEND, SHOW)
"""What the forms ask for, by their `action`: that it is sent, or shown on the page in place of a mail."""

_NO_PLACE = "send_later"
SAID = (*ACTIONS, _NO_PLACE)
"""What the page of the complaint says after it was pressed."""

SOON = timedelta(minutes=1)
"""By then a confirmation has left on most days, and the page asks the table for nothing."""


def waits(deps: "Container", complaint: Complaint) -> bool:
    """Whether the confirmation waits, and may be asked for unless the site holds letters back: a read, where
    it has not left soon. Raises `Unavailable`."""
    if complaint.acknowledged_at:
        return False
    if complaint.received_at is None or deps.now() - complaint.received_at < SOON:
        return False
    # Imported lazily: floods are rare.
    from functions.use_cases.correspondence import asked_letters

    return asked_letters.waits(deps, complaint)


def written_to(deps: "Container", case: "Case") -> str | None:
    """Where a mail of the person goes, which shows that the address is theirs; none where mails are not
    taken."""
    from complaints.delivery import reply_address

    domain = deps.settings.inbound_domain
    return reply_address.of_case(case, deps.secrets.ring("access"), domain) if domain else None


def may_take_long(deps: "Container", complaint: Complaint) -> bool:
    """Whether so many complaints come to the site that the confirmation of one may wait, as far as this copy
    of the function remembers."""
    now, an_hour = deps.now(), deps.settings.letters_an_hour
    return any(load.pressure(complaint.site, None, now, an_hour) >= 1 for load in (LOAD, PACE))


def shows_here(case: "Case", site: Site, done: str | None) -> bool:
    """Whether the page offers to show one that waits in place of a mail: where there was no place for that,
    or the site holds letters back."""
    if not (site.holds_letters or done == _NO_PLACE):
        return False
    from functions.use_cases.correspondence import asked_letters

    return asked_letters.may_be_read_here(case)


def carry_out(deps: "Container", case: "Case", action: str, back: Callable[[str], Response]) -> Response:
    """Asks for it, or has it shown, and leads `back` to the page, which says what becomes of it. Where the
    site holds letters back, none is sent ahead of others."""
    from functions.use_cases.correspondence import asked_letters
    from functions.use_cases.correspondence.asked_letters import Asked

    terms = deps.sites.terms(case.complaint.site)
    if action == SHOW:
        return back(asked_letters.read_here(deps, case, terms))
    if terms.site.holds_letters and case.complaint.acknowledged_at is None:
        return back(Asked.LATER)
    return back(asked_letters.ask(deps, case.complaint))

"""A receipt that waits because very many complaints come leaves at once for whoever asks for it.

Its place is taken here, so that whoever asks knows whether there is one: the function that sends letters then
takes none. Without one nothing is changed, and the letter waits as before; or it is read on the page, which
needs none.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from complaints.case.complaint import Complaint
from complaints.casework.people.contact_details import address_of
from complaints.context.case import MarkLost
from complaints.context.decision_context import Context
from complaints.delivery import fair_sending
from complaints.delivery.delivery_state import CLAIMED, WAITING, WANTED, DeliveryState
from complaints.delivery.rate_limits import RateLimit, give_back, taken_together
from complaints.letters import first_letters
from complaints.values.people import MACHINE
from functions.serializers.parts.entries_with_texts import opened
from functions.use_cases.correspondence import known_mailboxes

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.case import Case
    from complaints.site.site import SiteTerms


class Asked(StrEnum):
    """What becomes of it: the letter leaves or has left, others who ask come first now, or it is read on the
    page."""

    LEAVES = "send_now"
    LATER = "send_later"
    HERE = "show_here"


_UNSENT = (WANTED, WAITING)

_ON_PAGE = "on-page"
"""The attempt that shows a receipt on the page: one for all who press, so that the second press of a double
click goes on with the first."""


def waits(deps: "Container", complaint: Complaint) -> bool:
    """Whether the receipt of a complaint waits, and may be asked for. It costs a read where the receipt has
    not left, and else nothing. Raises `Unavailable`."""
    found = _waiting(deps, complaint)
    return found is not None and not found.is_asked_for


def ask(deps: "Container", complaint: Complaint) -> Asked:
    """Asks for the receipt, which leaves once, however often that is done. Raises `Unavailable`."""
    found, now = _waiting(deps, complaint), deps.now()
    if found is None or found.is_asked_for:
        return Asked.HERE if complaint.acknowledged_on_page else Asked.LEAVES
    ways = _ways(deps, complaint, found)
    place = next((way for way in ways if taken_together(deps.outbox, way)), None)
    if place is None:
        return Asked.LATER
    if not deps.outbox.ask_for(complaint.reference, found.letter.id, now):
        # It left meanwhile, or somebody else was faster.
        give_back(deps.outbox, place)
    return Asked.LEAVES


def read_here(deps: "Container", case: "Case", terms: "SiteTerms") -> Asked:
    """Shows the receipt on the page in place of a mail: the complaint is acknowledged by that, once. Raises
    `Unavailable`."""
    from functions.use_cases.correspondence import letters_on_page

    complaint, now = case.complaint, deps.now()
    found = _waiting(deps, complaint, (*_UNSENT, CLAIMED)) if may_be_read_here(case) else None
    claimed = None
    # One that may have left as a mail stays one, also where that is known since a moment.
    if found and not found.doubtful:
        claimed = deps.outbox.claim_waiting(complaint.reference, found.letter.id, _ON_PAGE, now)
    if claimed and not claimed.doubtful:
        # The mail that was written, and held, is not what is told now.
        deps.outbox.keep_nothing(claimed)
        mark, command = letters_on_page.shown(deps, claimed, case, terms)
        context = Context(now=now, by=MACHINE, terms=terms)
        # Where it is lost, the button was pressed twice; or that took so long that a mail leaves.
        with suppress(MarkLost):
            deps.casework.carry_out(case, command, context, marks=(mark,))
            return Asked.HERE
    # Or it left meanwhile.
    return Asked.HERE if letters_on_page.receipts(deps, complaint.reference) else Asked.LEAVES


def may_be_read_here(case: "Case") -> bool:
    """Whether the page can show the receipt: where it is sealed who complains, only the mail says to whom."""
    return not (case.complaint.sealed or case.has_lost_key)


def _ways(deps: "Container", complaint: Complaint, found: DeliveryState) -> Iterator[tuple[RateLimit, ...]]:
    """The ways in which it may leave: a second one where a mail came from the address, which is read then."""
    now, an_hour = deps.now(), deps.settings.letters_an_hour
    yield fair_sending.asked_for(found.letter, now, an_hour)
    if not first_letters.is_shown_by_mail(found.letter, complaint):
        return
    reference, number = complaint.reference, complaint.contact.email
    entries = deps.messages.of_cases({reference: {number}}).get(reference, ())
    address = address_of(fact for _, fact in opened(entries))
    if address:
        a_second, hidden = deps.settings.letters_a_second, partial(known_mailboxes.hidden, deps.secrets)
        yield fair_sending.shown_by_mail(address, now, an_hour, a_second, hidden)


def _waiting(
    deps: "Container", complaint: Complaint, states: Collection[str] = _UNSENT
) -> DeliveryState | None:
    if not first_letters.may_be_asked_for(complaint):
        return None
    for each in deps.outbox.of_case(complaint.reference):
        if first_letters.is_receipt(each.letter):
            is_held = fair_sending.waits_for_another_limit(each.waits_until, deps.now())
            return each if each.state in states and not is_held else None
    return None

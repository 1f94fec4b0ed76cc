"""Keeps letters to the limits that they are under: what is over one waits, and counts for none."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.case.complaint import Complaint
from complaints.context.case import ClaimedLetter
from complaints.context.ports import SendingDelayed, SendingRefused
from complaints.delivery import fair_sending, rate_limits
from complaints.delivery.fair_sending import Turn
from complaints.delivery.rate_limits import RateLimit, RateLimited, give_back, taken_together
from complaints.letters.first_letters import is_first, is_held, is_shown_by_mail, is_taken_by_staff
from complaints.values.errors import Unavailable
from functions.use_cases.correspondence import known_mailboxes

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.delivery.ports import Limits


@contextmanager
def within_limits(deps: "Container", claimed: ClaimedLetter, to: str, complaint: Complaint) -> Iterator[None]:
    """Counts the letter that is sent in the block towards each of its limits, unless it does not leave.

    Raises `RateLimited`, before anything is sent, when one of them is reached.
    """
    letter, now, hidden = claimed.letter, deps.now(), partial(known_mailboxes.hidden, deps.secrets)
    taken: list[RateLimit] = []
    try:
        # What a flood reaches first is asked first: a letter that waits takes nothing of its other limits. It
        # is rendered by then, once.
        if is_first(letter, complaint):
            mailbox = fair_sending.name_of_known(to, hidden)
            an_hour, a_second = deps.settings.letters_an_hour, deps.settings.letters_a_second
            shown = (
                fair_sending.shown_by_mail(to, now, an_hour, a_second, hidden)
                if is_shown_by_mail(letter, complaint)
                else ()
            )
            turn = fair_sending.turn_of(letter, now, an_hour)
            is_person = is_taken_by_staff(complaint)
            taken += place_in(turn, deps.outbox, claimed, now, mailbox, shown, is_person=is_person)
        is_by_itself = is_held(letter, complaint)
        for limit in rate_limits.of_letter(letter, to, now, hidden, is_first=is_by_itself):
            if not deps.outbox.may_leave(limit):
                raise RateLimited(limit.until)
            taken.append(limit)
        yield
    except (RateLimited, SendingDelayed, SendingRefused):
        give_back(deps.outbox, taken)
        raise
    if fair_sending.shows_person(letter):
        _know(deps.outbox, fair_sending.name_of_known(to, hidden), now + fair_sending.KNOWN_FOR)


def place_in(
    turn: Turn,
    outbox: "Limits",
    claimed: ClaimedLetter,
    now: datetime,
    mailbox: str,
    shown: tuple[RateLimit, ...] = (),
    *,
    is_person: bool,
) -> tuple[RateLimit, ...]:
    """What a first letter takes to leave in this turn: nothing where somebody asked for it, and it has its
    place; `shown` is what it needs where a mail came from its address. Raises `RateLimited` with its next
    turn."""
    if claimed.is_asked_for:
        return ()
    for way in (turn.kept, turn.shared, turn.network):
        if way and taken_together(outbox, way):
            return way
    if (is_person or outbox.knows(mailbox)) and taken_together(outbox, turn.known):
        return turn.known
    if shown and taken_together(outbox, shown):
        return shown
    raise RateLimited(fair_sending.next_try(claimed.letter, claimed.holds, now))


def _know(outbox: "Limits", mailbox: str, until: datetime) -> None:
    """What is out is out: where the table does not answer, the mailbox is known by a later letter."""
    try:
        outbox.know(mailbox, until)
    except Unavailable as error:
        telemetry.failure("mailbox not known", error)

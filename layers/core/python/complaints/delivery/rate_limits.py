"""Rate limits: of outgoing mail, so that no person is flooded in another's name and no loop runs for ever;
and of the requests of a directory.

A mail over a cap waits, and its clock is not counted as kept: the complaint itself is always accepted.

Several limits are taken together: all of them, or none.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints.case.correspondence.letter import BY_ADDRESS_ENTRY, Letter, LetterKind

if TYPE_CHECKING:
    from complaints.delivery.ports import Limits


ACKNOWLEDGEMENTS_OF_A_BOX = 5
"""A day, to one mailbox however it is spelled."""

NOTICES_OF_A_READER = 1 / 8
"""Of the notices of an hour, to one reader at a site: further ones come together."""

LINES_OF_A_MAIL = 200
"""How many notices come together in one mail: all are marked in the run that sends it."""

LETTERS_OF_A_CASE = 20
"""A day, to the complainant, besides its receipts."""

ALARMS_OF_A_READER = 9
"""An hour, each by itself: further ones come together, so that none is lost among them."""

LINKS_OF_A_BOX = 5
"""A day: letters with a link that was lost, to one mailbox; and how often one is asked for at all."""

REQUESTS_OF_A_DIRECTORY = 300
"""A minute, with one token: each reads all members and sites."""

_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
RECEIPTS = (LetterKind.ACKNOWLEDGEMENT, LetterKind.THANKS)
"""Letters that say what was received: one for a case, and one more where feedback becomes a complaint. The
limit of a case is against machines that answer each other, and needs no call for these."""

FIRST = (*RECEIPTS, LetterKind.CONFIRM_ADDRESS)
"""Letters to an address that nobody has shown to be theirs."""

AT_ONCE = frozenset({*FIRST, LetterKind.SAFETY, LetterKind.LINK, LetterKind.INVITATION})
"""Letters that wait for no others: a danger, and what somebody looks for in the mailbox right now."""


class RateLimit(Struct, frozen=True):
    """At most so many of something `until` an instant, after which the count restarts."""

    name: str
    most: int
    until: datetime


class RateLimited(Exception):
    """A letter may not leave now; `until` is when the count restarts."""

    def __init__(self, until: datetime) -> None:
        super().__init__("over a cap")
        self.until = until


def of_directory(token_hash: str, now: datetime) -> RateLimit:
    """What a request of the directory with this token needs."""
    minute = now.replace(second=0, microsecond=0)
    name = f"scim|{token_hash[:16]}|{minute:%Y-%m-%dT%H:%M}"
    return RateLimit(name, REQUESTS_OF_A_DIRECTORY, minute + timedelta(minutes=1))


def of_letter(
    letter: Letter, to: str, now: datetime, hidden: Callable[[str], str], *, is_first: bool = False
) -> Iterator[RateLimit]:
    """What a letter to an address needs, each of it; `hidden` makes a name of one that tells nothing. One of
    the end `is_first` where its reader had none before, and staff no part in it."""
    if letter.to not in ("complainant", *BY_ADDRESS_ENTRY):
        return
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + _A_DAY
    day = f"{now:%Y-%m-%d}"
    if letter.kind not in RECEIPTS:
        yield RateLimit(f"case|{letter.reference}|{day}", LETTERS_OF_A_CASE, tomorrow)
    if letter.kind is LetterKind.LINK:
        yield RateLimit(f"link|{hidden(box(to))}|{day}", LINKS_OF_A_BOX, tomorrow)
    if letter.kind in FIRST or is_first:
        yield RateLimit(f"box|{hidden(box(to))}|{day}", ACKNOWLEDGEMENTS_OF_A_BOX, tomorrow)


def of_alarms(letter: Letter, now: datetime) -> RateLimit:
    """How many alarms come each by itself to the reader of one."""
    next_hour = now.replace(minute=0, second=0, microsecond=0) + _AN_HOUR
    return RateLimit(f"alarms|{letter.site}|{letter.to}|{now:%Y-%m-%dT%H}", ALARMS_OF_A_READER, next_hour)


def of_notices(letter: Letter, now: datetime, an_hour: int) -> Iterator[RateLimit]:
    """What a notice to staff needs to come by itself, each of it; `an_hour` may in all."""
    next_hour = now.replace(minute=0, second=0, microsecond=0) + _AN_HOUR
    hour = f"{now:%Y-%m-%dT%H}"
    reader = letter.member or letter.to
    yield RateLimit(
        f"notices|{letter.site}|{reader}|{hour}", max(1, int(an_hour * NOTICES_OF_A_READER)), next_hour
    )
    yield RateLimit(f"notices|{hour}", an_hour, next_hour)


def of_lines(mail: Letter) -> RateLimit:
    """What a notice needs to become a line of a mail with others."""
    return RateLimit(f"lines|{mail.reference}|{mail.id}", LINES_OF_A_MAIL, mail.called_for)


def box(address: str) -> str:
    """The mailbox that an address most likely leads to: without case, dots, and what follows a plus.

    >>> box("Ada.Yilmaz+shop@Example.org")
    'adayilmaz@example.org'
    """
    name, _, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}"


def taken_together(limits: "Limits", wanted: Iterable[RateLimit]) -> bool:
    """Whether each of these limits had one left, which is taken; of none otherwise."""
    taken: list[RateLimit] = []
    for limit in wanted:
        if not limits.may_leave(limit):
            give_back(limits, taken)
            return False
        taken.append(limit)
    return True


def give_back(limits: "Limits", taken: Iterable[RateLimit]) -> None:
    """Gives back what was taken for a letter that does not leave."""
    for limit in taken:
        limits.has_not_left(limit)

"""Repeated complaints (clause 8.2): the same person, product and category within half a year (indicator 20).

The reader of the stream compares cases of one mail address, and records what it finds as a fact of the
later case, so that the figures follow from facts alone. What a fact says can change: when a category, a
product or an address is put right, and when a case becomes part of another.

Whether two complaints come from the same person, as far as their contact details show it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.process.receipt import Received
from complaints.case.record.links import RepeatFound
from complaints.casework.record.links import REPEATED_WITHIN, NoteRepeat
from complaints.context.decision_context import Context
from complaints.values.text.normalization import match_key


class Compared(NamedTuple):
    """What is compared of a complaint of a person; `product` is how somebody named it, to be compared."""

    reference: str
    received_at: datetime
    category: str | None
    product: str | None = None


def repeats(complaints: Iterable[Compared]) -> Mapping[str, str | None]:
    """For each complaint of one person the last one before it that it repeats, if it repeats any.

    Without a category nothing is repeated. Two products are two things only where both are named.
    """
    known = sorted(complaints, key=lambda each: (each.received_at, each.reference))
    return {
        each.reference: next(
            (before.reference for before in reversed(known[:at]) if _is_repeated(before, each)), None
        )
        for at, each in enumerate(known)
    }


def _is_repeated(before: Compared, later: Compared) -> bool:
    is_other = before.product and later.product and before.product != later.product
    is_same = later.category is not None and before.category == later.category and not is_other
    return is_same and before.received_at < later.received_at <= before.received_at + REPEATED_WITHIN


def note(complaint: Complaint, command: NoteRepeat, context: Context) -> list[Fact]:
    """Records it, where it is not known already."""
    if complaint.repeats == command.of or complaint.reference == command.of:
        return []
    return [RepeatFound(at=context.now, by=context.by, of=command.of)]


_LOCAL_DIGITS = 9
"""How many digits at the end of a telephone number tell it apart, with its country code or without."""


def are_of_one_person(one: Received, other: Received) -> bool:
    """Whether both complainants are the same person, for the same other person if they complain for one.

    The contact detail that both have decides: mail, else telephone, else name with postal address. Erased
    details count as missing.
    """
    if _plain(one.represented) != _plain(other.represented):
        return False
    if one.email and other.email:
        return _plain(one.email) == _plain(other.email)
    if one.phone and other.phone:
        return _digits(one.phone) == _digits(other.phone) != ""
    details = (_plain(one.name), _plain(one.post))
    return all(details) and details == (_plain(other.name), _plain(other.post))


def _plain(text: str | None) -> str:
    return match_key(text or "")


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdecimal())[-_LOCAL_DIGITS:]

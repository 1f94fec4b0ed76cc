"""Whether two complaints come from the same person, as far as their contact details show it."""

from complaints.case.process.receipt import Received
from complaints.values.text.caseless_matching import match_key

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

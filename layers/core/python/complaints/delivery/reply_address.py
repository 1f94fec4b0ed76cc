"""The address that an answer to our letters goes to: it names one case, and is signed.

    answer+7k3m9qx2ht7.mfrggzdfmztwq2lk@in.example.org

Mail joins a case by this address alone; a reference in a subject opens nothing (abuse case 31).
"""

import hmac
import re
from base64 import b32encode
from typing import NamedTuple

from complaints.context.case import Case
from complaints.values.text import case_reference as reference

BORDER = "##-"
"""What begins the line of a letter above which people write: no person begins a line with it."""

_SIGNED_BYTES = 10
_ADDRESS = re.compile(r"answer\+(?P<case>[0-9a-z]{11})\.(?P<signed>[a-z2-7]{16})@(?P<domain>[a-z0-9.-]+)")


class ReplyAddress(NamedTuple):
    """A reply address as it was written to: which case it names, and with what signature."""

    reference: str
    signed: str


def of_case(case: Case, key: bytes, domain: str) -> str:
    """The reply address of a case below `domain`.

    It stays when links are renewed: an answer to an older letter joins, if the complainant wrote it.
    """
    name = case.complaint.reference.removeprefix("C").replace("-", "").lower()
    return f"answer+{name}.{_signature(case, key)}@{domain}"


def read(address: str, domain: str) -> ReplyAddress | None:
    """What a reply address names, if it is one; whether it is signed by us, only the case can tell."""
    found = _ADDRESS.fullmatch(address)
    if found is None or found["domain"] != domain:
        return None
    try:
        return ReplyAddress(reference.read(found["case"]), found["signed"])
    except reference.NotAReference:
        return None


def opens(case: Case, address: ReplyAddress, key: bytes) -> bool:
    """Whether the address is the one that was made for this case."""
    return hmac.compare_digest(_signature(case, key), address.signed)


def _signature(case: Case, key: bytes) -> str:
    """80 bits; mail programs keep no capitals, so it has none."""
    message = f"reply|{case.complaint.reference}|{case.opening.generation}|{case.opening.salt}"
    digest = hmac.digest(key, message.encode(), "sha256")[:_SIGNED_BYTES]
    return b32encode(digest).decode().lower()

"""The address that an answer to our letters goes to: it names one case, and is signed.

    answer+7k3m9qx2ht7.mfrggzdfmztwq2lk@in.example.org
    answer+7k3m9qx2ht7.2.mfrggzdfmztwq2lk@in.example.org    signed by the second generation after the first

Mail joins a case by this address alone; a reference in a subject opens nothing (abuse case 31).
"""

import hmac
import re
from base64 import b32encode
from typing import NamedTuple

from complaints.context.case import Case
from complaints.values.key_ring import KeyRing
from complaints.values.text import case_reference as reference

BORDER = "##-"
"""What begins the line of a letter above which people write: no person begins a line with it."""

_SIGNED_BYTES = 10
_ADDRESS = re.compile(
    r"answer\+(?P<case>[0-9a-z]{11})(?:\.(?P<key>[1-9][0-9]{0,5}))?\.(?P<signed>[a-z2-7]{16})@(?P<domain>[a-z0-9.-]+)"
)


class ReplyAddress(NamedTuple):
    """A reply address as it was written to: which case it names, with what signature, by the key of
    which id."""

    reference: str
    signed: str
    key_id: str = ""


def of_case(case: Case, keys: KeyRing, domain: str) -> str:
    """The reply address of a case below `domain`.

    It stays when links are renewed: an answer to an older letter joins, if the complainant wrote it.
    """
    name = case.complaint.reference.removeprefix("C").replace("-", "").lower()
    newest = keys.newest
    key_id = f".{newest.id}" if newest.id else ""
    return f"answer+{name}{key_id}.{_signature(case, newest.key)}@{domain}"


def read(address: str, domain: str) -> ReplyAddress | None:
    """What a reply address names, if it is one; whether it is signed by us, only the case can tell."""
    found = _ADDRESS.fullmatch(address)
    if found is None or found["domain"] != domain:
        return None
    try:
        return ReplyAddress(reference.read(found["case"]), found["signed"], found["key"] or "")
    except reference.NotAReference:
        return None


def opens(case: Case, address: ReplyAddress, keys: KeyRing) -> bool:
    """Whether the address is the one that was made for this case, by a key that is valid."""
    key = keys.find(address.key_id)
    return key is not None and hmac.compare_digest(_signature(case, key), address.signed)


def _signature(case: Case, key: bytes) -> str:
    """80 bits; mail programs keep no capitals, so it has none."""
    message = f"reply|{case.complaint.reference}|{case.opening.generation}|{case.opening.salt}"
    digest = hmac.digest(key, message.encode(), "sha256")[:_SIGNED_BYTES]
    return b32encode(digest).decode().lower()

"""Mailboxes: which of two mail addresses lead to one and the same."""

from hashlib import sha256

from complaints.values.text.normalization import match_key

_SAME_PROVIDER = {
    "googlemail.com": "gmail.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
}

_DOTS_COUNT_NOT = frozenset({"gmail.com", "proton.me"})


def mailbox_digest(address: str) -> str:
    """A digest of where mail to an address arrives: not of its capitals, of what follows a plus sign, nor of
    dots and names of the domain where the provider takes them for the same.

    >>> mailbox_digest("Ada.Yilmaz+shop@googlemail.com") == mailbox_digest("adayilmaz@gmail.com")
    True
    """
    name, _, domain = match_key(address).rpartition("@")
    domain, name = _SAME_PROVIDER.get(domain, domain), name.partition("+")[0]
    if domain in _DOTS_COUNT_NOT:
        name = name.replace(".", "")
    return sha256(f"{name}@{domain}".encode()).hexdigest()[:32]

"""From which group of networks a request comes: it tells a crowd from a few robots."""

import hmac
import socket
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaints.context.ports import Secrets

GROUPS = 1024
"""A group has a thousandth of all networks, chosen anew each day. Who has the keys can see whether a network
may be the one: so who stays anonymous leaves none, and an erasure removes it."""

_V4, _V6 = 3, 6
"""Bytes of an address that name its network: /24 and /48."""


def group_of(secrets: "Secrets", headers: Mapping[str, str], now: datetime) -> int | None:
    """The group of the network that a request comes from, 0 to 1023; `None` where that is not known.

    The distribution adds the address of whoever asked to `X-Forwarded-For`, and the gateway that of the
    distribution: what stands before these two is anybody's word.
    """
    forwarded = headers.get("x-forwarded-for", "").split(",")
    if len(forwarded) < 2:
        return None
    network = network_of(forwarded[-2].strip())
    if network is None:
        return None
    message = b"network|" + f"{now:%Y-%m-%d}|".encode() + network
    return int.from_bytes(hmac.digest(secrets.key("replay"), message, "sha256")[:2]) % GROUPS


def network_of(address: str) -> bytes | None:
    """The network of an address: its first 24 bits (IPv4) or 48 (IPv6); `None` for what is no address."""
    for family, length in ((socket.AF_INET, _V4), (socket.AF_INET6, _V6)):
        try:
            return socket.inet_pton(family, address)[:length]
        except OSError:
            continue
    return None

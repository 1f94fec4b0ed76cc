"""Where a webhook may go: an https address of the public Internet, and what makes an address no such one."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

PORTS = (None, 443, 8443)
"""Ports at which a receiver may listen; another one is most likely some other service."""

LOOPBACK = "127.0.0.1"

_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PATH = re.compile(r"[!-~]*")
_EMBEDDING = tuple(map(ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32", "::/96")))
"""Addresses of IPv6 that lead to one of IPv4 (RFC 6052, 3056, 4380, 4291): the translator may be
anywhere."""


def fault_of(address: str, *, loopback: bool) -> str | None:
    """Why a webhook cannot go to an address, as a code of the catalogue; `None` where it can.

    The host is a name, so that its certificate says who answers. With `loopback` it may be this machine.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "not-a-webhook"
    if not _PATH.fullmatch(address) or "#" in address or "@" in parts.netloc or "\\" in address:
        return "not-a-webhook"
    if loopback and parts.scheme == "http" and parts.hostname == LOOPBACK:
        return None
    return None if _is_https(parts) and port in PORTS else "not-a-webhook"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet: not private, of this machine, of its link, of a
    group, reserved, nor one of IPv6 that stands for such a one of IPv4."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return _is_global(ip.ipv4_mapped)
        if ip.is_site_local or any(ip in net for net in _EMBEDDING):
            return False
    return _is_global(ip)


def _is_https(parts: SplitResult) -> bool:
    host = parts.netloc.rpartition(":")[0] if parts.port else parts.netloc.removesuffix(":")
    return parts.scheme == "https" and _HOST.fullmatch(host.lower()) is not None


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)

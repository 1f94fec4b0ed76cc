"""What is asked of others than AWS: the DNS, and documents of the staff's provider."""

import json
from collections.abc import Sequence
from typing import Any, Protocol

import urllib3

SECONDS = 5


class Network(Protocol):
    """The names and addresses of the internet; a test has others."""

    def records(self, name: str, kind: str) -> Sequence[str]:
        """What the DNS says, or nothing: texts whole, of MX the hosts alone."""

    def document(self, url: str) -> Any:
        """The JSON at an address, or None."""


class Internet:
    """As this machine sees it, which may be another view than that of people elsewhere."""

    def records(self, name: str, kind: str) -> Sequence[str]:
        """See `Network`."""
        import dns.exception
        import dns.resolver

        try:
            found = list(dns.resolver.resolve(name, kind, lifetime=SECONDS))
        except dns.exception.DNSException:
            return ()
        if kind == "TXT":
            return [b"".join(each.strings).decode(errors="replace") for each in found]
        if kind == "MX":
            return [str(each.exchange) for each in found]
        return [str(each) for each in found]

    def document(self, url: str) -> Any:
        """See `Network`."""
        try:
            answer = urllib3.request("GET", url, timeout=SECONDS, retries=False)
            return json.loads(answer.data) if answer.status == 200 else None
        except (urllib3.exceptions.HTTPError, ValueError):
            return None

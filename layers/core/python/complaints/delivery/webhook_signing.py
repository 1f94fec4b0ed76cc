"""How a receiver knows that a webhook is ours: signatures after Standard Webhooks 1.0.0.

No secret of a site is stored: each is derived (HMAC-SHA-256) from one key of the installation by the site and
the version of the secret.
"""

import hmac
from base64 import b64encode
from datetime import datetime, timedelta

from complaints.site.site import Site
from complaints.values.key_ring import KeyRing

OVERLAP = timedelta(hours=24)
"""How long the previous secret signs as well as the new one, so that a receiver has time to change."""


def secret_of(master: bytes, site: str, version: int) -> bytes:
    """The 32 bytes of one version of a site's secret."""
    return hmac.digest(master, f"{site}|{version}".encode(), "sha256")


def as_shown(secret: bytes) -> str:
    """A secret in the form that its receiver gets.

    >>> as_shown(b"0123456789abcdef01234567")
    'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3'
    """
    return f"whsec_{b64encode(secret).decode()}"


def signature(secret: bytes, id: str, timestamp: int, body: bytes) -> str:
    """One signature (version 1) of a message, its id and the moment of the attempt in whole seconds."""
    signed = b".".join((id.encode(), str(timestamp).encode(), body))
    return f"v1,{b64encode(hmac.digest(secret, signed, 'sha256')).decode()}"


def signed_headers(masters: KeyRing, site: Site, id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of one attempt: signed by the secret in force, for a while by the one before it, and by
    those of an earlier generation of the installation's key, while it is valid."""
    at = int(now.timestamp())
    secrets = [
        secret_of(master.key, site.key, version)
        for master in masters.generations
        for version in _versions(site, now)
    ]
    return {
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signature(secret, id, at, body) for secret in secrets),
    }


def _versions(site: Site, now: datetime) -> tuple[int, ...]:
    version, since = site.webhook_secret, site.webhook_rotated
    if since is None or now - since >= OVERLAP:
        return (version,)
    return (version, version - 1)

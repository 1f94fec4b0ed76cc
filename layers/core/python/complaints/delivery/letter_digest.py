"""What is kept of a letter that was sent, so that it proves itself: a hash of its bytes, and a commitment to
the recipient."""

import hmac
from hashlib import sha256

from complaints.audit_trail.hash_chain import commitment

_PURPOSE = b"recipient"


def sent_digest(message: bytes) -> str:
    """The hash (SHA-256, hex) of the bytes as they were handed over, enclosures included."""
    return sha256(message).hexdigest()


def recipient_commitment(rendered: bytes, to: str) -> str:
    """The commitment to whom the letter went, under a key made of all that it says.

    It can be opened as long as the letter is kept as it was rendered, and tells nothing when that is gone.
    """
    return commitment(hmac.digest(rendered, _PURPOSE, "sha256"), to)

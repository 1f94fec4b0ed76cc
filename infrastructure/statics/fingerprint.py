"""What a static file is called, and how a page says which bytes it expects."""

import hashlib
import re
from base64 import b64encode
from pathlib import PurePosixPath

_DIGITS = 12
_HASHED = re.compile(rf"\.[0-9a-f]{{{_DIGITS}}}\.[a-z]+$")


def hashed(path: str, content: bytes) -> str:
    """`path` with a hash of the contents before its ending.

    >>> hashed("static/style.css", b"")
    'static/style.38b060a751ac.css'
    """
    place = PurePosixPath(path)
    digest = hashlib.sha384(content).hexdigest()[:_DIGITS]
    return str(place.with_name(f"{place.stem}.{digest}{place.suffix}"))


def is_hashed(path: str) -> bool:
    """Whether a name says what the file holds, so that it may be kept for good."""
    return _HASHED.search(path) is not None


def integrity(content: bytes) -> str:
    """The value of an `integrity` attribute (Subresource Integrity, 3.1), by the shortest hash that it knows:
    no page gets smaller by compressing one."""
    return f"sha256-{b64encode(hashlib.sha256(content).digest()).decode()}"

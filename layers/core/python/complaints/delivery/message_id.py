"""The Message-ID of an inbound mail (RFC 5322, 3.6.4), which puts our answers into its thread."""

import re

LONGEST = 300
"""Signs of an id: programs make none of half that length, and a header's line has 998 at most (2.1.1)."""

_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


def message_id(header: str) -> str | None:
    """The id as it may stand in a header of ours; nothing for what is none.

    >>> message_id(" <7c9e@mail.example> ")
    '<7c9e@mail.example>'
    >>> message_id("<a@b>\\r\\nBcc: eve@example.org") is None
    True
    """
    header = header.strip()
    return header if len(header) <= LONGEST and _ID.fullmatch(header) else None

"""Headers of a mail in words: raw UTF-8 (RFC 6532), encoded words (RFC 2047), and the one mailbox of its
author.

What is longer than anybody reads is cut before it is looked at.
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from email.utils import getaddresses
from quopri import decodestring
from typing import NamedTuple

from complaints.adapters.inbound_mail.charsets import decoded
from complaints.adapters.inbound_mail.lenient_parsing import read_or
from complaints.adapters.inbound_mail.plain_text import legible

MOST_OF_A_HEADER = 4_000
"""Signs of a header that are read: 200 signs of a subject, each of four bytes, take less when encoded."""

_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_ADDRESS = r"[^\s<>@,;:\"()\[\]\\]{1,64}@[^\s<>@,;:\"()\[\]\\]{1,255}"
_NAMES = r"(?:\"(?:[^\"\\]|\\.)*+\"|[^\s<>@,;:\"\\]++)"
_BARE = re.compile(rf"\s*+({_ADDRESS})\s*+(?:\(([^()\\]*+)\)\s*+)?")
_NAMED = re.compile(rf"\s*+((?:{_NAMES}\s*+)*+)<\s*+({_ADDRESS})\s*+>\s*+")


_AUTHORITY = re.compile(r"\s*amazonses\.com\s*", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")


class Mailbox(NamedTuple):
    """An address as it was written, and the name before it."""

    address: str
    name: str


def as_written(value: str) -> str:
    """A header with its raw bytes as text, which are UTF-8 today; only as much of it as is read."""
    cut = value[:MOST_OF_A_HEADER]
    return cut if cut.isascii() else decoded(cut.encode("utf-8", "surrogateescape"), "")


def words(value: str) -> str:
    """A header in words, on one line; what is no sound encoded word stands as it was written."""
    return " ".join(legible("".join(_runs(as_written(value)))).split())


def only_mailbox(values: list[str]) -> Mailbox | None:
    """Who wrote: the one mailbox of the one `From`. `None` where there are none or more, or it is not
    clear."""
    if len(values) != 1 or len(values[0]) > MOST_OF_A_HEADER:
        return None
    value = as_written(values[0])
    if named := _NAMED.fullmatch(value):
        return Mailbox(legible(named[2]), _unquoted(named[1]))
    if bare := _BARE.fullmatch(value):
        return Mailbox(legible(bare[1]), words(bare[2] or ""))
    return None


def mailboxes(value: str) -> Iterator[Mailbox]:
    """The names in a header, as far as it can be parsed: for display, not to be trusted."""
    nobody: list[tuple[str, str]] = []
    for name, address in read_or(lambda: getaddresses([as_written(value)]), nobody):
        if "@" in address:
            yield Mailbox(legible(address), words(name))


def signers(value: str) -> tuple[str, ...]:
    """The domains whose signatures the mail service found sound (RFC 8601).

    `value` is the uppermost `Authentication-Results`: the mail service writes its own above whatever came.
    One with quotes is not read: what stands between them may be anybody's words.
    """
    authority, *results = _COMMENT.sub("", as_written(value)).split(";")
    if not _AUTHORITY.fullmatch(authority) or '"' in value:
        return ()
    passed = (result.split() for result in results if result.split()[:1] == ["dkim=pass"])
    return tuple(filter(None, (_signer(properties) for properties in passed)))


def _signer(properties: list[str]) -> str:
    """The domain of a signature by its identity, or by the domain that it names (RFC 8601, 2.7.1)."""
    values = dict(each.split("=", 1) for each in properties if "=" in each)
    return (values.get("header.i") or values.get("header.d", "")).rpartition("@")[2].lower()


def _unquoted(name: str) -> str:
    return words(re.sub(r"\\(.)|\"", r"\1", name))


def _runs(value: str) -> Iterator[str]:
    """The text between encoded words, and those decoded: some programs cut a sign in two between them."""
    place, label, content = 0, "", b""
    for word in _WORD.finditer(value):
        between = value[place : word.start()]
        read = _content(word[2], word[3])
        if read is None:
            continue
        place = word.end()
        if between.strip() or (content and word[1].lower() != label):
            yield decoded(content, label)
            content = b""
            yield between if between.strip() else ""
        label, content = word[1].lower(), content + read
    yield decoded(content, label)
    yield value[place:]


def _content(encoding: str, text: str) -> bytes | None:
    """The bytes of an encoded word; `None` where it is broken."""
    if encoding in "qQ":
        return decodestring(text.encode("utf-8", "replace"), header=True)
    try:
        return b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        return None

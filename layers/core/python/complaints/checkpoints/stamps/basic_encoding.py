"""Answers in BER (X.690): some authorities leave lengths open, write them longer than need be, or cut strings
in pieces, though RFC 3161 (3.4) wants DER.

What is kept is DER, so that everything that reads it later is simple. Nothing that was signed changes by it:
the signature is of bytes that stand in a string of their own, and of attributes as they are in DER.
"""

from complaints.checkpoints.ports import NotStamped

_CONSTRUCTED, _LONG_TAG, _OCTETS = 0x20, 0x1F, 0x04
_OPEN = 0x80
_END = b"\0\0"
_DEEPEST = 32
_MOST_DIGITS = 8


def in_der(answer: bytes) -> bytes:
    """The same value in DER; one that is DER stays as it is. Raises `NotStamped`."""
    made, place = _value(answer, 0, 0)
    if place != len(answer):
        raise NotStamped("unreadable")
    return made


def _value(data: bytes, place: int, depth: int) -> tuple[bytes, int]:
    """The value at a place, and where the next one begins."""
    if place + 2 > len(data) or data[place] & _LONG_TAG == _LONG_TAG or depth > _DEEPEST:
        raise NotStamped("unreadable")
    tag, size, place = data[place], data[place + 1], place + 2
    end: int | None = place + size
    if size == _OPEN:
        end = None
    elif size > _OPEN:
        digits = size - _OPEN
        if digits > _MOST_DIGITS:
            raise NotStamped("unreadable")
        place, end = place + digits, place + digits + int.from_bytes(data[place : place + digits], "big")
    if not tag & _CONSTRUCTED:
        if end is None or end > len(data):
            raise NotStamped("unreadable")
        return written(tag, data[place:end]), end
    return _constructed(data, tag, place, end, depth)


def _constructed(data: bytes, tag: int, place: int, end: int | None, depth: int) -> tuple[bytes, int]:
    """A value of values, up to its end or to where one is marked."""
    parts = []
    while place < len(data) if end is None else place < end:
        if end is None and data[place : place + 2] == _END:
            end = place = place + 2
            break
        part, place = _value(data, place, depth + 1)
        parts.append(part)
    if end is None or place != end:
        raise NotStamped("unreadable")
    if tag == _CONSTRUCTED | _OCTETS:
        return written(_OCTETS, b"".join(_piece(each) for each in parts)), place
    return written(tag, b"".join(parts)), place


def _piece(value: bytes) -> bytes:
    """What is in a piece of a string, which stands in DER already."""
    if value[0] != _OCTETS:
        raise NotStamped("unreadable")
    return value[2 + max(value[1] - _OPEN, 0) :]


def written(tag: int, content: bytes) -> bytes:
    """A value in DER."""
    size = len(content)
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    head = bytes([size]) if size < _OPEN else bytes([_OPEN + len(digits)]) + digits
    return bytes([tag]) + head + content

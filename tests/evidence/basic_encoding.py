"""Values in BER, as some authorities answer."""

from tests.evidence.stamp_writer import der


def opened(data: bytes) -> bytes:
    """The same in BER: nothing that consists of others has a length, and strings are in two pieces."""
    made, place = b"", 0
    while place < len(data):
        tag, size, begin = data[place], data[place + 1], place + 2
        if size > 0x80:
            digits = size - 0x80
            size, begin = int.from_bytes(data[begin : begin + digits], "big"), begin + digits
        content, place = data[begin : begin + size], begin + size
        if tag & 0x20:
            made += bytes([tag, 0x80]) + opened(content) + b"\0\0"
        elif tag == 4:
            half = size // 2
            made += b"\x24\x80" + der(4, content[:half]) + der(4, content[half:]) + b"\0\0"
        else:
            # A length with a zero before it.
            made += bytes([tag, 0x84]) + size.to_bytes(4, "big") + content
    return made

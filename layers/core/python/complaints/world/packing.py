"""Private values as they are stored: JSON, deflated when long."""

import zlib

import msgspec

LONG = 32 * 1024
_DEFLATED = b"\x78"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, tuple[str, str]]).decode


def pack(values: dict[str, tuple[str, str]]) -> bytes:
    data = _encode(values)
    return zlib.compress(data) if len(data) > LONG else data


def unpack(data: bytes) -> dict[str, tuple[str, str]]:
    """JSON begins with a brace, a zlib stream (RFC 1950) never does."""
    return _decode(zlib.decompress(data) if data.startswith(_DEFLATED) else data)

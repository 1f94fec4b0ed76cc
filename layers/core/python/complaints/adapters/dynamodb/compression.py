"""What may be long as it is stored: deflated when it is, so that an item stays below the store's limit."""

import zlib

import msgspec

LONG = 32 * 1024
_DEFLATED = b"\x78"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, tuple[str, str]]).decode


def pack(values: dict[str, tuple[str, str]]) -> bytes:
    """Private values, as JSON."""
    return deflated(_encode(values))


def unpack(data: bytes) -> dict[str, tuple[str, str]]:
    return _decode(inflated(data))


def deflated(data: bytes) -> bytes:
    """The data, made shorter when long. It may not begin as a zlib stream does (RFC 1950): with an `x`."""
    return zlib.compress(data) if len(data) > LONG else data


def inflated(data: bytes) -> bytes:
    return zlib.decompress(data) if data.startswith(_DEFLATED) else data

"""The receipt code: an access token as somebody can read it out, copy from paper and type.

It opens what the token opens. 80 bits, in the alphabet of Crockford's Base32, which has no letter that looks
like a digit: nobody guesses it, not even who knows the reference.
"""

import hashlib

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, _GROUP, _BITS = 16, 4, 5
_READ_AS = str.maketrans("OIL", "011", "- \t\u00a0")


def code_of(access: str) -> str:
    """The receipt code of an access token, as in `7K3M-9QX2-HT0A-C4D8`."""
    digest = hashlib.sha256(f"receipt|{access}".encode()).digest()
    number = int.from_bytes(digest[: LENGTH * _BITS // 8], "big")
    places = range(LENGTH - 1, -1, -1)
    code = "".join(_ALPHABET[number >> _BITS * place & 31] for place in places)
    return "-".join(code[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def compared(code: str) -> str:
    """A code as codes are compared, however it was typed.

    >>> compared(" 7k3m 9qx2-hto a c4d8")
    '7K3M9QX2HT0AC4D8'
    """
    return code.strip().upper().translate(_READ_AS)


def normalised(text: str) -> str:
    """As codes are compared, if it reads as one, so that it can stand in a header; a token stays as it is.

    >>> normalised("7k3m\u00a09qx2-hto a c4d8")
    '7K3M9QX2HT0AC4D8'
    """
    code = compared(text)
    return code if len(code) == LENGTH and set(code) <= set(_ALPHABET) else text

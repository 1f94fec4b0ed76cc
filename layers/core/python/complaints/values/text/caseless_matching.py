"""Texts that people take for one and the same: compatibility caseless matching (Unicode, 3.13, D146)."""

import re

from complaints.values.text.normalization import nfkc

_DEFAULT_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Invisible code points (Default_Ignorable_Code_Point of DerivedCoreProperties.txt)."""


def match_key(text: str) -> str:
    """What texts have in common that a person takes for the same: capitals, widths, white space and invisible
    code points count for nothing.

    >>> match_key("DE\u200bNIZ  Kaya ") == match_key("Deniz Kaya")
    True
    """
    seen = _DEFAULT_IGNORABLE.sub("", nfkc(text).casefold())
    return " ".join(nfkc(seen).split())

"""Where packs that ship break the letter of their law: a letter that lacks a required statement, or a period
that is not modelled.

Such a pack is not `confirmed`. A site may promise by it all the same: what it does promise holds. Each
shortfall has the text `api.wrong.<code>`, shown to the administrator who enables the pack and to those who
use it.
"""

from collections.abc import Mapping

# Of DISP 1.6.2R the wordings of 2007, of 2012 and after 2016 could be read, and the page of 1 June 2026 that
# refers to it, but not its own text of that day.
_OF_PACKS: Mapping[str, tuple[str, ...]] = {
    "uk-fca-disp": ("wording-not-read",),  # DISP 1.6.2R
    "uk-fca-psd": ("wording-not-read",),  # DISP 1.6.2AR
    "ie-cpc": ("regulation-not-read",),  # S.I. No. 81/2025
    "au-rg271": ("guide-not-read",),  # RG 271.51, .53, .64, .71: read as AFCA and others quote them
}


def shortfalls(pack: str) -> tuple[str, ...]:
    """What the pack of that name lacks, as codes; nothing for one that is not known to lack anything."""
    return _OF_PACKS.get(pack, ())

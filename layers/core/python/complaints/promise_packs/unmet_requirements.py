"""Where packs that ship break the letter of their law: a letter that lacks a required statement, or a period
that is not modelled.

Such a pack is not `confirmed`. A site may promise by it all the same: what it does promise holds. Each
shortfall has the text `api.wrong.<code>`, shown to the administrator who enables the pack and to those who
use it.
"""

from collections.abc import Mapping

# DISP 1.6.2R(1)(d) asks that a copy of the leaflet is enclosed. No source was found that says whether a link
# to it counts as one, so a link that a site names in its own text does not confirm the pack.
_OF_PACKS: Mapping[str, tuple[str, ...]] = {
    "uk-fca-disp": ("leaflet-not-enclosed",),  # DISP 1.6.2R(1)(d), 1.6.2R(2)
    "uk-fca-psd": ("leaflet-not-enclosed",),  # DISP 1.6.2AR
    "ie-cpc": ("outcome-without-clock",),  # Consumer Protection Code 2012, 10.9
}


def shortfalls(pack: str) -> tuple[str, ...]:
    """What the pack of that name lacks, as codes; nothing for one that is not known to lack anything."""
    return _OF_PACKS.get(pack, ())

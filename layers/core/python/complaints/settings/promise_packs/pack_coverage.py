"""Which parts of a promise pack the product supports: packs are data and may ask for more.

Where packs that ship break the letter of their law: a letter that lacks a required statement, or a period
that is not modelled.

Such a pack is not `confirmed`. A site may promise by it all the same: what it does promise holds. Each
shortfall has the text `api.wrong.<code>`, shown to the administrator who enables the pack and to those
who use it.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from complaints.letters.content.blocks import FILES, MAPPED_BLOCKS, PARAGRAPHS, TELEPHONE
from complaints.promise_packs.schema import Pack
from complaints.site.pack_circumstances import unknowable
from complaints.site.pack_events import OURS, RECORDED, REQUESTED
from complaints.site.site import Site, Texts

NOT_ENCLOSED = "leaflet-not-enclosed"
"""The code of a pack whose letters enclose a file that the site has not brought."""

_KNOWN_EVENTS = OURS | RECORDED


class Unmapped(Struct, frozen=True, kw_only=True):
    """The parts of a pack that the product does not support; falsy if there are none.

    `events` are recorded by no step, so staff must record them; `letter_blocks` have no text in any letter;
    `conditions` are fields that never hold at a site, so that no clock starts.
    """

    events: tuple[str, ...] = ()
    letter_blocks: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.events or self.letter_blocks or self.conditions)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.events, *self.letter_blocks, *self.conditions)


def unmapped(pack: Pack, site: Site | None = None) -> Unmapped:
    """What of a pack is not mapped: anywhere, or at one site, where conditions are looked at as well."""
    return Unmapped(
        events=_beyond(_KNOWN_EVENTS, events_in(pack)),
        letter_blocks=_beyond(MAPPED_BLOCKS, blocks_in(pack)),
        conditions=tuple(dict.fromkeys(unknowable(pack.conditions, site))) if site else (),
    )


def lacking(pack: Pack, texts: Texts) -> tuple[str, ...]:
    """Where a pack breaks the letter of its law at a site with these texts, as codes: everywhere, and because
    of a file that its letters enclose and the site has not brought in any language."""
    is_missing = any(block in FILES and not texts.enclosures.get(block) for block in blocks_in(pack))
    return (*shortfalls(pack.id), *((NOT_ENCLOSED,) if is_missing else ()))


NOT_NAMED = {
    "external_body": "body-not-named",
    "authority": "authority-not-named",
    "telephone": "telephone-not-named",
}
"""The codes of settings of a site that letters must name, and that it does not say."""


def asked_of_site(pack: Pack) -> Iterator[str]:
    """The settings of a site that letters of a pack cannot do without: its law asks them to name a body, an
    authority or a telephone number, and the pack knows none."""
    says = {part for required in pack.contents for part in required.says}
    known = {part: PARAGRAPHS[part] for part in says if part in PARAGRAPHS}
    names_one = any(each.names_a_body and not each.any_body for each in known.values())
    names_one = names_one or "external_body" in says
    if names_one and not (pack.external_body and pack.external_body.url):
        yield "authority" if is_of_requests(pack) else "external_body"
    if TELEPHONE in says:
        yield "telephone"


def is_of_requests(pack: Pack) -> bool:
    """Whether a pack says by when requests about personal data are answered."""
    return any(clock.starts_on == REQUESTED for clock in pack.clocks)


def unconfirmed(pack: Pack) -> tuple[str, ...]:
    """The clocks of a pack with unconfirmed figures: they are allowed on trial only."""
    return tuple(clock.id for clock in pack.clocks if clock.confidence == "unconfirmed")


def recorded_in(pack: Pack) -> tuple[str, ...]:
    """The events of a pack that staff must record, as they happen outside."""
    named = dict.fromkeys(events_in(pack))
    return tuple(event for event in named if event in RECORDED or event not in OURS)


def events_in(pack: Pack) -> tuple[str, ...]:
    """The events that a pack waits for, in the order in which it names them."""
    return tuple(event for clock in pack.clocks for event in (clock.starts_on, clock.stops_on))


def blocks_in(pack: Pack) -> tuple[str, ...]:
    """The blocks that a pack asks letters to hold, in the order in which it names them."""
    notices = (clock.extension.notice_blocks for clock in pack.clocks if clock.extension)
    ids = (*pack.letter_blocks, *(block for clock in pack.clocks for block in clock.letter_blocks))
    return (*ids, *(block for notice in notices for block in notice))


def _beyond(known: frozenset[str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in known)


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

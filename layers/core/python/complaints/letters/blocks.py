"""What the promise packs of a case ask its letters to hold: blocks by their ids, each once.

Each block that the product knows is either said by the structure of a letter, or a paragraph of its own.
"""

from collections.abc import Iterator
from datetime import datetime

from complaints.clocks.external_bodies import body_of, open_until
from complaints.model.clock import Clock
from complaints.model.complaint import Complaint
from complaints.model.letter import Block, LetterKind
from complaints.promise_packs.schema import Pack
from complaints.site.site import SiteTerms

SAID: dict[str, LetterKind] = {
    "ack.reference": LetterKind.ACKNOWLEDGEMENT,
    "ack.dates": LetterKind.ACKNOWLEDGEMENT,
    "ack.contact": LetterKind.ACKNOWLEDGEMENT,
    "ack.procedure_link": LetterKind.ACKNOWLEDGEMENT,
    "decision.outcome": LetterKind.RESOLUTION,
    "decision.reasons": LetterKind.RESOLUTION,
    "decision.reasons_if_refused": LetterKind.RESOLUTION,
    "decision.remedies": LetterKind.RESOLUTION,
    "decision.how_to_disagree": LetterKind.RESOLUTION,
    "decision.external_body": LetterKind.RESOLUTION,
    "decision.outstanding_actions": LetterKind.RESOLUTION,
    "eu.dsa_reasons": LetterKind.RESOLUTION,
    "uk.housing_stage2": LetterKind.RESOLUTION,
    "us.regx_reasons": LetterKind.RESOLUTION,
    "extension.reason": LetterKind.EXTENSION,
    "extension.new_date": LetterKind.EXTENSION,
}
"""Blocks that a letter of this kind always has, whatever the packs."""

_IN_ACKNOWLEDGEMENT = frozenset({LetterKind.ACKNOWLEDGEMENT})
_IN_DECISION = frozenset({LetterKind.RESOLUTION})
_AT_THE_END = frozenset({LetterKind.RESOLUTION, LetterKind.SETTLEMENT})
_IN_SETTLEMENT = frozenset({LetterKind.SETTLEMENT})
_WHERE_TO_GO = frozenset({LetterKind.RESOLUTION, LetterKind.HOLDING})

PARAGRAPHS: dict[str, frozenset[LetterKind]] = {
    "uk.disp_time_limits": _IN_ACKNOWLEDGEMENT,
    "uk.psd_time_limits": _IN_ACKNOWLEDGEMENT,
    "au.written_on_request": _IN_SETTLEMENT,
    "uk.final_response_words": _IN_DECISION,
    "uk.housing_stage": _IN_DECISION,
    "au.idr_response": _IN_DECISION,
    "decision.all_points": _IN_DECISION,
    "us.regx_documents": _IN_DECISION,
    "uk.fos_reference": _AT_THE_END,
    "uk.energy_ombudsman": _IN_DECISION,
    "uk.housing_ombudsman": _IN_DECISION,
    "uk.ico": _IN_DECISION,
    "uk.telecom_adr": _IN_DECISION,
    "ie.fspo": _IN_DECISION,
    "tr.bank_panel": _IN_DECISION,
    "tr.hakem_heyeti": _IN_DECISION,
    "tr.kvkk_kurul": _IN_DECISION,
    "tr.insurance_arbitration": _IN_DECISION,
    "eu.adr_body": _IN_DECISION,
    "eu.dsa_out_of_court": _IN_DECISION,
    "eu.enforcement_body": _IN_DECISION,
    "eu.supervisory_authority": _IN_DECISION,
    "au.afca": _AT_THE_END,
    "br.consumidor": _IN_DECISION,
    "ca.ecb": _IN_DECISION,
    "in.rbi_ombudsman": _IN_DECISION,
    "uk.fos_six_months": _AT_THE_END,
    "uk.fos_waiver_words": _AT_THE_END,
    "uk.fos_leaflet": _WHERE_TO_GO,
}
"""Blocks that are a paragraph in letters of these kinds, in the order in which they are read."""

MAPPED_BLOCKS = frozenset(SAID) | frozenset(PARAGRAPHS)
"""All blocks that letters have: a pack that asks for another one is not fully covered."""

_OUTSIDE_WORDS = "outside"
_ONLY_NAMES_A_BODY = frozenset(
    {
        "au.afca",
        "br.consumidor",
        "ca.ecb",
        "eu.adr_body",
        "eu.enforcement_body",
        "ie.fspo",
        "in.rbi_ombudsman",
        "tr.bank_panel",
        "tr.hakem_heyeti",
        "tr.insurance_arbitration",
        "uk.energy_ombudsman",
        "uk.fos_reference",
        "uk.housing_ombudsman",
        "uk.ico",
        "uk.telecom_adr",
    }
)
"""Blocks that say where to go outside and nothing else: one text serves them all."""

NAMES_A_BODY = _ONLY_NAMES_A_BODY | {
    "eu.dsa_out_of_court",
    "eu.supervisory_authority",
    "tr.kvkk_kurul",
    "uk.disp_time_limits",
}
UNNAMED = ".unnamed"
"""How the sentence about an external body ends where its name is unknown."""
_OF_A_FINAL_RESPONSE = frozenset({"uk.final_response_words", "uk.fos_six_months", "uk.fos_waiver_words"})
_OUTSIDE = NAMES_A_BODY | {"uk.fos_six_months"}
_ORDER = tuple(PARAGRAPHS)


def text_of(words: str) -> str:
    """The end of the msgid of a paragraph with these `words`: its own, or the one that it shares."""
    name = words.removesuffix(UNNAMED)
    return words.replace(name, _OUTSIDE_WORDS) if name in _ONLY_NAMES_A_BODY else words


def blocks_of(complaint: Complaint, terms: SiteTerms) -> tuple[str, ...]:
    """The blocks of the packs that gave the case a clock, and of its clocks that have not stopped yet.

    Packs that apply together add to one another. A pack is taken in the version that the clock started
    under, whatever is in force by now; what is in no pack of the site any more asks for nothing.
    """
    return tuple(_named(complaint, terms))


def paragraphs(kind: LetterKind, complaint: Complaint, terms: SiteTerms, at: datetime) -> tuple[Block, ...]:
    """The further paragraphs of a letter of this kind that is triggered `at` an instant, pack by pack.

    The last block of a pack about an external body also says until when.
    """
    named = _named(complaint, terms, settled_at=at if kind is LetterKind.SETTLEMENT else None)
    packs = list({pack.id: pack for pack in named.values()})
    wanted = [name for name in named if kind in PARAGRAPHS.get(name, ())]
    if kind is LetterKind.RESOLUTION and complaint.level == 1 and terms.site.two_stages:
        wanted = [name for name in wanted if name not in _OF_A_FINAL_RESPONSE]
    wanted.sort(key=lambda name: (packs.index(named[name].id), _ORDER.index(name)))
    ends = {named[name].id: name for name in wanted if name in _OUTSIDE}
    return tuple(
        _block(kind, name, named[name], complaint, terms, at, ends=name in ends.values()) for name in wanted
    )


def _block(
    kind: LetterKind,
    name: str,
    pack: Pack,
    complaint: Complaint,
    terms: SiteTerms,
    at: datetime,
    *,
    ends: bool,
) -> Block:
    body = body_of(pack, terms) if name in NAMES_A_BODY else None
    is_decision = kind in (LetterKind.RESOLUTION, LetterKind.SETTLEMENT)
    return Block(
        words=f"{name}{UNNAMED}" if name in NAMES_A_BODY and body is None else name,
        body=body,
        due=None if is_decision else _response_due(complaint, pack),
        until=open_until(complaint, at, terms, pack=pack.id, told=is_decision) if ends else None,
        stage=complaint.level if name == "uk.housing_stage" else None,
        prescribed={text.language: text.text for text in pack.prescribed if text.block == name},
    )


def _response_due(complaint: Complaint, pack: Pack) -> datetime | None:
    running = (clock for clock in complaint.clocks if clock.pack == pack.id and clock.is_running)
    return min((clock.due for clock in running if clock.purpose == "respond"), default=None)


def _named(complaint: Complaint, terms: SiteTerms, settled_at: datetime | None = None) -> dict[str, Pack]:
    """Each block with the first pack that asks for it; of a case that was `settled_at` an instant, also those
    of the early resolution that it met."""
    named: dict[str, Pack] = {}
    for clock in complaint.clocks:
        if pack := _pack_of(clock, terms):
            asked = _blocks(clock, pack, settled_at, is_review=complaint.level > 1)
            named |= {name: pack for name in asked if name not in named}
    return named


def _blocks(clock: Clock, pack: Pack, settled_at: datetime | None, *, is_review: bool) -> Iterator[str]:
    """Those of the pack, and of the clock while it runs. A review under a law that knows one final response
    has what that response says, although the first decision stopped the clock."""
    yield from pack.letter_blocks
    asked = next((each for each in pack.clocks if each.id == clock.id), None)
    is_met = settled_at is not None and clock.settles_early(settled_at)
    is_final = is_review and pack.final_response and clock.purpose == "respond"
    if asked and (clock.stopped_at is None or is_met or is_final):
        yield from asked.letter_blocks


def _pack_of(clock: Clock, terms: SiteTerms) -> Pack | None:
    return next(
        (pack for pack in terms.packs if (pack.id, pack.version) == (clock.pack, clock.pack_version)), None
    )

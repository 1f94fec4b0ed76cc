"""What the promise packs of a case ask its letters to hold: blocks by their ids, each once.

Each block that the product knows is either said by the structure of a letter, or a paragraph of its own.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Block, Enclosure, LetterKind
from complaints.clocks.external_bodies import body_of, open_until
from complaints.promise_packs.schema import Pack, PackClock
from complaints.site.site import Site, SiteTerms
from complaints.values.field_types import Feedback

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

_ACKNOWLEDGEMENT, _DECISION = (LetterKind.ACKNOWLEDGEMENT,), (LetterKind.RESOLUTION,)
_ANSWER_TO_REQUEST = (LetterKind.RESOLUTION, LetterKind.CLOSING, LetterKind.HOLDING, LetterKind.SIGNPOST)
"""A request about personal data has no decision of ours: its last letter is the answer. Who has none in time
is told the same (GDPR, Article 12 (4))."""
_DECISION_OR_SETTLEMENT = (LetterKind.RESOLUTION, LetterKind.SETTLEMENT)


class Paragraph(NamedTuple):
    """A paragraph: in which `letters` it stands, and what hangs on the case.

    With `names_a_body` it says where to go outside, be it `any_body` of several that need no name; with
    `is_of_a_final_response` it stands only where the decision ends our procedure. One that
    `speaks_of_a_file` asks the site for it: it is enclosed with the letter. `text` is the end of its msgid,
    if that is not the id of its block.
    """

    letters: tuple[LetterKind, ...] = _DECISION
    names_a_body: bool = False
    any_body: bool = False
    says_until_when: bool = False
    is_of_a_final_response: bool = False
    speaks_of_a_file: bool = False
    text: str | None = None


def _where_to_go(*letters: LetterKind) -> Paragraph:
    """Says where to go outside and nothing else: one text serves all of these."""
    return Paragraph(letters or _DECISION, names_a_body=True, says_until_when=True, text="outside")


TELEPHONE = "contact.telephone"
"""The paragraph with the telephone number of the site."""

PARAGRAPHS: dict[str, Paragraph] = {
    "uk.disp_time_limits": Paragraph(_ACKNOWLEDGEMENT, names_a_body=True, says_until_when=True),
    "uk.psd_time_limits": Paragraph((LetterKind.ACKNOWLEDGEMENT, LetterKind.RECLASSIFICATION)),
    "ca.procedure": Paragraph(_ACKNOWLEDGEMENT, names_a_body=True, says_until_when=True),
    "au.written_on_request": Paragraph((LetterKind.SETTLEMENT,)),
    "uk.final_response_words": Paragraph(is_of_a_final_response=True),
    "ca.final_decision": Paragraph(is_of_a_final_response=True),
    "uk.housing_stage": Paragraph(),
    "au.idr_response": Paragraph(),
    "decision.all_points": Paragraph(),
    "us.regx_documents": Paragraph(),
    "uk.fos_reference": _where_to_go(*_DECISION_OR_SETTLEMENT),
    "uk.energy_ombudsman": _where_to_go(),
    "uk.housing_ombudsman": _where_to_go(),
    "uk.ico": _where_to_go(),
    "uk.ico_and_court": Paragraph(
        _ANSWER_TO_REQUEST, names_a_body=True, says_until_when=True, text="eu.supervisory_authority"
    ),
    "uk.telecom_adr": _where_to_go(),
    "uk.adr_terms": Paragraph((LetterKind.RESOLUTION, LetterKind.SIGNPOST)),
    "ie.fspo": _where_to_go(),
    "tr.bank_panel": _where_to_go(),
    "tr.hakem_heyeti": _where_to_go(),
    "tr.kvkk_kurul": Paragraph(_ANSWER_TO_REQUEST, names_a_body=True, says_until_when=True),
    "tr.kvkk_court": Paragraph(_ANSWER_TO_REQUEST),
    "tr.insurance_arbitration": _where_to_go(),
    "eu.adr_body": _where_to_go(),
    "eu.dsa_out_of_court": Paragraph(names_a_body=True, any_body=True, says_until_when=True),
    "eu.enforcement_body": _where_to_go(),
    "eu.supervisory_authority": Paragraph(_ANSWER_TO_REQUEST, names_a_body=True, says_until_when=True),
    "au.afca": _where_to_go(*_DECISION_OR_SETTLEMENT),
    "br.consumidor": _where_to_go(),
    "ca.ecb": _where_to_go(),
    "in.rbi_ombudsman": _where_to_go(),
    "uk.fos_six_months": Paragraph(
        _DECISION_OR_SETTLEMENT, says_until_when=True, is_of_a_final_response=True
    ),
    "uk.fos_waiver_words": Paragraph(_DECISION_OR_SETTLEMENT, is_of_a_final_response=True),
    "uk.fos_more": Paragraph((LetterKind.SETTLEMENT,)),
    "uk.fos_holding_time_limits": Paragraph((LetterKind.HOLDING,)),
    TELEPHONE: Paragraph((LetterKind.ACKNOWLEDGEMENT, LetterKind.RESOLUTION)),
    "uk.fos_leaflet": Paragraph((LetterKind.RESOLUTION, LetterKind.HOLDING), speaks_of_a_file=True),
}
"""Blocks that are a paragraph of letters, in the order in which they are read."""

MAPPED_BLOCKS = frozenset(SAID) | frozenset(PARAGRAPHS)
"""All blocks that letters have: a pack that asks for another one is not fully covered."""

FILES = frozenset(block for block, each in PARAGRAPHS.items() if each.speaks_of_a_file)
"""Blocks whose letters enclose a file that the site brings."""

UNNAMED, ENCLOSED = ".unnamed", ".enclosed"
"""How the msgid of a paragraph ends where the external body has no name, and where its file is enclosed."""
_ORDER = tuple(PARAGRAPHS)


def text_of(words: str) -> str:
    """The end of the msgid of a paragraph with these `words`: its own, or the one that it shares."""
    block = words.removesuffix(UNNAMED)
    return f"{PARAGRAPHS[block].text or block}{words.removeprefix(block)}"


def blocks_of(complaint: Complaint, terms: SiteTerms) -> tuple[str, ...]:
    """The blocks of the packs that gave the case a clock, and of its clocks that have not stopped yet.

    Packs that apply together add to one another. A pack is taken in the version that the clock started
    under, whatever is in force by now; what is in no pack of the site any more asks for nothing.
    """
    return tuple(_named(complaint, terms))


def paragraphs(kind: LetterKind, complaint: Complaint, terms: SiteTerms, at: datetime) -> tuple[Block, ...]:
    """The further paragraphs of a letter of this kind that is triggered `at` an instant, pack by pack.

    The last block of a pack about an external body also says until when, but in the first answer of two:
    the time begins with the final one (DISP 2.8.2R).
    """
    named = _named(complaint, terms, settled_at=at if kind is LetterKind.SETTLEMENT else None)
    packs = list({pack.id: pack for pack in named.values()})
    is_first_of_two = kind is LetterKind.RESOLUTION and complaint.level == 1 and terms.site.two_stages
    names = [
        name
        for name in named
        if (each := PARAGRAPHS.get(name))
        and kind in each.letters
        and not (is_first_of_two and each.is_of_a_final_response)
        and not (name == TELEPHONE and terms.site.telephone is None)
    ]
    names.sort(key=lambda name: (packs.index(named[name].id), _ORDER.index(name)))
    ends = {
        named[name].id: name
        for name in names
        if PARAGRAPHS[name].says_until_when and not (is_first_of_two and named[name].final_response)
    }
    return tuple(
        _block(kind, name, named[name], complaint, terms, at, ends=name in ends.values()) for name in names
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
    names_a_body = PARAGRAPHS[name].names_a_body
    is_request = complaint.feedback is Feedback.PERSONAL_DATA
    body = body_of(pack, terms, is_request=is_request) if names_a_body else None
    is_decision = kind in (LetterKind.RESOLUTION, LetterKind.SETTLEMENT, LetterKind.CLOSING)
    return Block(
        words=f"{name}{UNNAMED}" if names_a_body and body is None else name,
        body=body,
        due=None if is_decision else _response_due(complaint, pack),
        until=open_until(complaint, at, terms, pack=pack.id, is_decision=is_decision) if ends else None,
        stage=complaint.level if is_decision else None,
        prescribed={text.language: text.text for text in pack.prescribed if text.block == name},
        enclosed=_enclosed(name, terms.site),
    )


def _enclosed(name: str, site: Site) -> dict[str, Enclosure]:
    """The file of a paragraph by language; that in the language of the site stands first."""
    files = site.texts.enclosures.get(name, {}) if name in FILES else {}
    return dict(sorted(files.items(), key=lambda each: each[0] != site.language))


def _response_due(complaint: Complaint, pack: Pack) -> datetime | None:
    running = (clock for clock in complaint.clocks if clock.pack == pack.id and clock.is_running)
    return min((clock.due for clock in running if clock.purpose == "respond"), default=None)


def _named(complaint: Complaint, terms: SiteTerms, settled_at: datetime | None = None) -> dict[str, Pack]:
    """Each block with the first pack that asks for it; of a case that was `settled_at` an instant, also those
    of the early resolution that it met."""
    named: dict[str, Pack] = {}
    for clock in complaint.clocks:
        if pack := terms.pack_of(clock):
            asked = _blocks(clock, pack, terms.rule_of(clock), settled_at, is_review=complaint.level > 1)
            named |= {name: pack for name in asked if name not in named}
    return named


def _blocks(
    clock: Clock, pack: Pack, rule: PackClock | None, settled_at: datetime | None, *, is_review: bool
) -> Iterator[str]:
    """Those of the pack, and of the clock while it runs. A review under a law that knows one final response
    has what that response says, although the first decision stopped the clock."""
    yield from pack.letter_blocks
    is_met = settled_at is not None and clock.settles_early(settled_at)
    is_final = is_review and pack.final_response and clock.purpose == "respond"
    if rule and (clock.stopped_at is None or is_met or is_final):
        yield from rule.letter_blocks

"""What is held in a case of one of several people beside the complainant: who joined, or who is represented.

    <reference>/index.html    who the person is, how they are reached, and the letters that went to them
    <reference>/data.json     the same for programs
    <reference>/letters/…     each of these letters as it was sent

What the others said and wrote is theirs, and is not in it; a message or a decision is, as the letter told it.
"""

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import JOINT, Letter
from complaints.case.people.parties import ComplainantJoined, LettersWanted
from complaints.case.record.erasure import REPRESENTED
from complaints.casework.record.details import told_in_force
from complaints.context.case import Case
from functions.serializers.complainant.public_view import on_behalf_of
from functions.serializers.field_types import Moment, Reference
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.entries_with_texts import opened_in
from functions.workers.personal_data.case_data import add_letters

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.evidence.pack_archive import PackArchive


class PartyData(Struct, frozen=True, kw_only=True):
    """What is held of the person; `since` is when staff put them on record, if they joined."""

    reference: Reference
    organisation: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    relation: str | None = None
    letters_wanted: LettersWanted | None = None
    since: Moment | None = None
    letters: list[dict[str, str]] = []


def add_party(deps: "Container", archive: "PackArchive", case: Case, party: str) -> None:
    """Adds what is held of the person in the case: `represented`, or the id of somebody who joined. Nothing
    is left of somebody who was erased meanwhile."""
    complaint = case.complaint
    terms = deps.sites.terms(complaint.site)
    language = deps.catalogues.spoken(complaint.language)
    said = opened_in(deps.catalogues, deps.cases.entries(complaint.reference), language)
    own = PartyData(reference=complaint.reference, organisation=terms.site.name)
    if party == REPRESENTED:
        received = told_in_force(said, complaint)
        behalf = on_behalf_of(received) if received else None
        if behalf:
            own = replace(own, name=behalf.name, relation=behalf.relation)
    for number, fact in said:
        if isinstance(fact, ComplainantJoined) and fact.id == party:
            is_theirs = partial(_is_copy, number)
            sent = add_letters(deps, archive, complaint, terms, language, is_theirs)
            own = replace(
                own,
                name=fact.name or None,
                email=fact.email or None,
                phone=fact.phone or None,
                post=fact.post or None,
                letters_wanted=fact.letters,
                since=local_time(fact.at, terms.zone),
                letters=[each._asdict() for each in sent],
            )
    page = deps.templates.fill(
        "personal_data/party.html", language=language, zone=str(terms.zone), site=terms.site, own=own
    )
    archive.add(f"{complaint.reference}/index.html", page.encode())
    archive.add(f"{complaint.reference}/data.json", _json(own))


def _is_copy(entry: int, letter: Letter) -> bool:
    """Whether a letter is the copy for the person whose details stand in an entry."""
    return letter.to == JOINT and letter.address_entry == entry


def _json(own: PartyData) -> bytes:
    return msgspec.json.format(msgspec.json.encode(own), indent=1)

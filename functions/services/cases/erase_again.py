"""Erases again what a restore brought back: cases on the list of erasures that the table knows as they were,
and people of cases that were erased apart.

The list lies in the evidence bucket. What is removed of a whole case is left to the erasing function, which
begins within a minute; of one of several people it goes at once.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from complaints.audit_trail.hash_chain import hash_of
from complaints.commands.record.erasure import EraseAgain, ErasePartyAgain
from complaints.context.decision_context import Context
from complaints.erasure import erasure_list
from complaints.erasure.erasure_list import ListedErasure
from complaints.rules.record import party_erasure
from complaints.values.errors import Refusal
from complaints.values.people import MACHINE
from functions.services.cases.mails_of_entries import remove_mails
from functions.services.cases.party_passages import passages_of, remove_letters

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasCasework, HasEvidence, HasNow, HasSites
    from complaints.context.case import Case
    from functions.services.cases.mails_of_entries import RemovingDeps
    from functions.services.cases.party_passages import PartyPassagesDeps

    class EraseAgainDeps(
        HasCasework, HasEvidence, HasNow, HasSites, RemovingDeps, PartyPassagesDeps, Protocol
    ):
        """The dependencies of this module: what its functions use of the container."""


class AgainErased(NamedTuple):
    """A case that is erased again, or the data of one of its people, the `party`; `refused` says why it has
    to be done once more."""

    reference: str
    party: str | None = None
    refused: str | None = None

    def __str__(self) -> str:
        return f"{self.reference} ({self.party})" if self.party else self.reference


def erase_again(deps: "EraseAgainDeps") -> Iterator[AgainErased]:
    """Asks for the erasure of all that is listed, is there and is not erased, and names it.

    Doing it again asks for nothing more. Raises `errors.Unavailable`; where that, or another refusal, meets
    one of several people, it is said of that person, and the others are gone on with.
    """
    for each in erasure_list.listed(deps.evidence):
        case = deps.cases.load(each.reference)
        if case is None or case.complaint.erasure:
            continue
        terms = deps.sites.terms(case.complaint.site)
        context = Context(now=deps.now(), by=MACHINE, terms=terms)
        if each.party:
            yield from _of_party(deps, each.party, each, case, context)
            continue
        deps.casework.carry_out(case, EraseAgain(ground=each.ground), context)
        yield AgainErased(each.reference)


def _of_party(
    deps: "EraseAgainDeps", party: str, listed: ListedErasure, case: "Case", context: Context
) -> Iterator[AgainErased]:
    """The person is the same only if the restored case has the entry in which they came into it. What was
    told after their data was erased is there because somebody told it anew, and stays."""
    complaint = case.complaint
    entries = deps.cases.entries(complaint.reference, with_identity=complaint.sealed)
    addresses = party_erasure.addresses_of(entries, party)
    is_same = any(each.number == listed.entry and hash_of(each.data) == listed.seal for each in entries)
    is_there = any(party_erasure.places(each, party, addresses) for each in entries)
    if not is_same or not is_there or party_erasure.was_erased(entries, party, listed.requested_at):
        return
    passages = tuple(passages_of(deps, party, complaint))
    context, command = replace(context, passages=passages), ErasePartyAgain(party=party, ground=listed.ground)
    try:
        remove_mails(deps, deps.sites, complaint, command, context)
        remove_letters(deps, complaint, command, context)
        deps.casework.carry_out(case, command, context)
    except Refusal as refusal:
        yield AgainErased(complaint.reference, party, refusal.code)
        return
    yield AgainErased(complaint.reference, party)

"""Erases again what a restore brought back: cases on the list of erasures that the table knows as they were,
and people of cases that were erased apart.

The list lies in the evidence bucket, where somebody may plant an erasure. What no checkpoint holds is named
and left to whoever looks at it: it was asked for in the last hour, or before a release that sealed it, or is
planted. What is removed of a whole case is left to the erasing function, which begins within a minute; of one
of several people it goes at once.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from complaints import erasure
from complaints.audit_trail.hash_chain import hash_of
from complaints.casework.record import party_erasure
from complaints.casework.record.erasure import EraseAgain
from complaints.casework.record.party_erasure import ErasePartyAgain
from complaints.checkpoints.checkpoint_chain import CheckpointReader, Trust, names
from complaints.checkpoints.leaf import ErasureLeaf
from complaints.checkpoints.places import KEYS, checkpoint_name
from complaints.checkpoints.signature import trusted_keys
from complaints.context.decision_context import Context
from complaints.erasure import ListedErasure
from complaints.values.errors import Refusal
from complaints.values.people import MACHINE
from functions.use_cases.cases.mails_of_entries import remove_mails
from functions.use_cases.cases.party_passages import passages_of, remove_letters

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.case import Case


class AgainErased(NamedTuple):
    """A case that is erased again, or the data of one of its people, the `party`; `refused` says why it has
    to be done once more."""

    reference: str
    party: str | None = None
    refused: str | None = None

    def __str__(self) -> str:
        return f"{self.reference} ({self.party})" if self.party else self.reference


UNSEALED, OPEN = "unsealed", "open"
"""Why an erasure is left: no checkpoint holds it; or it was looked at, and its case never ended."""

_HOUR = timedelta(hours=1)

Waiting = tuple[ListedErasure, str | None]
"""An erasure of a case that is there and is not erased, and why it is refused."""


def waiting(deps: "Container", *, unsealed: bool = False) -> list[Waiting]:
    """What is listed, is there and is not erased. What no checkpoint holds is refused, unless somebody looked
    at it (`unsealed`); and then, too, where its case never ended. Raises `errors.Unavailable`."""
    found = [each for each in erasure.listed(deps.evidence) if _is_to_erase(deps, each[0])]
    sealed = _sealed(deps, [listed for listed, _ in found]) if found else frozenset()
    told: list[Waiting] = []
    for listed, leaf in found:
        refused = None if unsealed or leaf in sealed else UNSEALED
        if refused is None and leaf not in sealed and not listed.party:
            case = deps.cases.load(listed.reference)
            refused = None if case and case.complaint.ended_at else OPEN
        told.append((listed, refused))
    return told


def erase_again(deps: "Container", *, unsealed: bool = False) -> Iterator[AgainErased]:
    """Asks for the erasure of all that waits for it and is not refused, and names it and what is refused.

    Doing it again asks for nothing more. Raises `errors.Unavailable`; where that, or another refusal, meets
    one of several people, it is said of that person, and the others are gone on with.
    """
    for each, refused in waiting(deps, unsealed=unsealed):
        case = deps.cases.load(each.reference)
        if case is None or not _is_to_erase(deps, each):
            continue
        terms = deps.sites.terms(case.complaint.site)
        context = Context(now=deps.now(), by=MACHINE, terms=terms)
        if refused:
            yield AgainErased(each.reference, each.party, refused)
        elif each.party:
            yield from _of_party(deps, each.party, each, case, context)
        else:
            deps.casework.carry_out(case, EraseAgain(ground=each.ground), context)
            yield AgainErased(each.reference)


def _is_to_erase(deps: "Container", listed: ListedErasure) -> bool:
    """Whether a case is there as it was; or one of its people, who is the same only if the restored case has
    the entry in which they came into it. What was told after their data was erased is there because somebody
    told it anew, and stays."""
    case = deps.cases.load(listed.reference)
    if case is None or case.complaint.erasure:
        return False
    if not listed.party:
        return True
    entries = deps.cases.entries(listed.reference, with_identity=case.complaint.sealed)
    addresses = party_erasure.addresses_of(entries, listed.party)
    is_same = any(each.number == listed.entry and hash_of(each.data) == listed.seal for each in entries)
    is_there = any(party_erasure.places(each, listed.party, addresses) for each in entries)
    return is_same and is_there and not party_erasure.was_erased(entries, listed.party, listed.requested_at)


def _sealed(deps: "Container", listed: Sequence[ListedErasure]) -> frozenset[ErasureLeaf]:
    """The erasures that checkpoints hold, from the first of these on; the one before may be of a late run."""
    named = [key.removeprefix(KEYS).removesuffix(".pem") for key in deps.evidence.keys(KEYS)]
    reader = CheckpointReader(deps.evidence, Trust(trusted_keys(deps.evidence, None, named)))
    since = checkpoint_name("hour", min(each.requested_at for each in listed).astimezone(UTC) - _HOUR)
    every = names(deps.evidence)
    first = max(sum(name < since for name in every) - 1, 0)
    found = (leaf for checkpoint in reader.read(every[first:]) for leaf in checkpoint.leaves)
    return frozenset(leaf for leaf in found if isinstance(leaf, ErasureLeaf))


def _of_party(
    deps: "Container", party: str, listed: ListedErasure, case: "Case", context: Context
) -> Iterator[AgainErased]:
    complaint = case.complaint
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

"""The chain of a case as an auditor looks at it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.context.case import Case
from complaints.handling import verify_chain
from complaints.handling.verify_chain import Flaw
from functions.serializers.field_types import Reference

if TYPE_CHECKING:
    from complaints.context.stores import CaseStore


LOOKS = 3
"""How often an audit looks before it believes that head and entries do not fit each other."""


class Audit(Struct, frozen=True, kw_only=True):
    """The chain of facts: each entry names the hash of the one before."""

    reference: Reference
    verifies: bool
    flaws: list[Flaw]
    entries: list[dict[str, Any]]


class AuditedChain(NamedTuple):
    """A chain: its entries, as they are stored and as they are shown, and all that is wrong with it."""

    stored: Sequence[StoredEntry]
    entries: list[dict[str, Any]]
    flaws: list[Flaw]


def audit_view(cases: "CaseStore", case: Case) -> AuditedChain:
    """The whole chain of a case, verified."""
    case, entries = _whole_chain(cases, case)
    flaws = list(verify_chain.flaws(case.complaint, entries))
    return AuditedChain(entries, [verify_chain.shown(entry) for entry in entries], flaws)


def _whole_chain(cases: "CaseStore", case: Case) -> tuple[Case, Sequence[StoredEntry]]:
    """A case with all its entries, looked at again while somebody writes: a new entry is no flaw."""
    for _ in range(LOOKS):
        # Who complains in a sealed case is verified, and shown to nobody: commitments alone are.
        entries = cases.entries(case.complaint.reference, with_identity=case.complaint.sealed)
        if entries and entries[-1].number == case.complaint.number:
            break
        case = cases.load(case.complaint.reference) or case
    return case, entries

"""Erases again what a restore brought back: cases on the list of erasures that the table knows as they were.

The list lies in the evidence bucket. What is removed of a case is left to the erasing function, which begins
within a minute.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from complaints.commands.record.erasure import EraseAgain
from complaints.context.decision_context import Context
from complaints.erasure import erasure_list
from complaints.values.people import MACHINE

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasCases, HasCasework, HasEvidence, HasNow, HasSites

    class EraseAgainDeps(HasCases, HasCasework, HasEvidence, HasNow, HasSites, Protocol):
        """The dependencies of this module: what its functions use of the container."""


def erase_again(deps: "EraseAgainDeps") -> Iterator[str]:
    """Asks for the erasure of each listed case that is there and not erased, and names it.

    Doing it again asks for nothing more. Raises `errors.Unavailable`.
    """
    for each in erasure_list.listed(deps.evidence):
        case = deps.cases.load(each.reference)
        if case is None or case.complaint.erasure:
            continue
        terms = deps.sites.terms(case.complaint.site)
        context = Context(now=deps.now(), by=MACHINE, terms=terms)
        deps.casework.carry_out(case, EraseAgain(ground=each.ground), context)
        yield each.reference

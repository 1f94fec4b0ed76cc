"""What came of the objectives of a site: computed from its figures whenever it is asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from complaints.management.objectives import Objective, ObjectiveResult, ended_periods, results, span
from complaints.reporting.report_basis import Stored, basis_of, transactions_of

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def objective_results(
    deps: "Container", site: str, objectives: Sequence[Objective]
) -> list[list[ObjectiveResult]]:
    """For each objective what came of it in its ended periods, the latest last: two queries in all, whatever
    the number of objectives and of complaints. Raises `Unavailable`."""
    terms = deps.sites.terms(site)
    today = terms.today(deps.now())
    whole = span(objectives, today)
    if whole is None:
        return [[] for _ in objectives]
    counters = deps.counters
    counts = counters.months(site, whole.first, whole.last)
    standing = counters.standing(site, whole.last)
    basis = basis_of([Stored(counts, standing)], whole, today)
    entered = terms.site.transactions
    return [
        results(each, basis, ended_periods(each, today), lambda period: transactions_of([entered], period))
        for each in objectives
    ]

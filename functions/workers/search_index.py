"""The search index: a case is found by what people wrote in it, as it stands now.

So is one of which something was removed: it is found by what is left.
"""

from typing import TYPE_CHECKING

from complaints.events.case import Received
from complaints.reporting.search_terms import found_by
from functions.serializers.complaint import opened_facts

if TYPE_CHECKING:
    from complaints.context.ports import Cases
    from complaints.reporting.ports import Search


def index_case(cases: "Cases", search: "Search", reference: str) -> None:
    """Lets a case be found by what its entries say now, whatever a record of the stream said."""
    entries = cases.entries(reference)
    facts = [
        fact for written in entries for _, fact in opened_facts(written.number, written.data, written.private)
    ]
    for fact in facts:
        if isinstance(fact, Received):
            terms = found_by(reference, facts)
            search.keep(fact.site, reference, fact.received_at or fact.at, entries[-1].number, terms)

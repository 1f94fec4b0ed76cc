"""The search index: a case is found by what people wrote in it, as it stands now.

So is one of which something was removed: it is found by what is left.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.fact import Fact
from complaints.case.process.receipt import Received
from complaints.reporting.search.search_terms import found_by
from functions.serializers.parts.complaint import opened_facts

if TYPE_CHECKING:
    from complaints.reporting.ports import Search

Read = Callable[[str], Sequence[StoredEntry]]
"""Reads the entries of a case, by its reference."""


def index_case(read: Read, search: "Search", reference: str) -> None:
    """Lets a case be found by what its entries say now, whatever a record of the stream said."""
    entries = read(reference)
    facts = [fact for written in entries for fact in _opened(written)]
    for fact in facts:
        if isinstance(fact, Received):
            terms = found_by(reference, facts)
            search.keep(fact.site, reference, fact.received_at or fact.at, entries[-1].number, terms)


def site_of(entries: Sequence[StoredEntry]) -> str | None:
    """The site of a case, by its first entry; none where that is not there yet."""
    facts = _opened(entries[0]) if entries else ()
    return next((fact.site for fact in facts if isinstance(fact, Received)), None)


def _opened(written: StoredEntry) -> Iterable[Fact]:
    return (fact for _, fact in opened_facts(written.number, written.data, written.private))

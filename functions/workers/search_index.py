"""The index of words: a complaint is found by what its first entry says.

So is one of which something was removed: it is found by what is left.
"""

from typing import TYPE_CHECKING

from complaints.events.case import Received
from complaints.reporting.search_terms import found_by
from functions.serializers.complaint import opened_facts

if TYPE_CHECKING:
    from complaints.context.stores import Messages
    from complaints.reporting.ports import Search


def index_words(messages: "Messages", search: "Search", reference: str) -> None:
    """Lets a complaint be found by what its first entry says now, whatever a record of the stream said."""
    for written in messages.of_entries(reference, {1}):
        for _, fact in opened_facts(written.number, written.data, written.private):
            if isinstance(fact, Received):
                search.keep(fact.site, reference, fact.received_at or fact.at, found_by(fact))

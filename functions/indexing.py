"""The index of words: new complaints come down the stream, and are found by what they say from then on.

So are those of which something was removed: they are found by what is left.
"""

from typing import TYPE_CHECKING

from complaints.facts import Received
from complaints.search_terms import found_by
from complaints.world import telemetry
from complaints.world.assemble import world
from functions.shapes import opened_facts

if TYPE_CHECKING:
    from functions.outbox import Batch


def index_words(event: "Batch") -> dict[str, list[dict[str, str]]]:
    """Lets the complaints of a batch be found. One that fails is named, and does not stop the others."""
    here, failures = world(), []
    for record in event:
        reference = here.search.named_in(record.keys)
        try:
            if reference:
                keep_words(reference)
        except Exception as error:
            telemetry.failure("words not indexed", error, reference=reference)
            failures.append({"itemIdentifier": record.sequence_number})
    return {"batchItemFailures": failures}


def keep_words(reference: str) -> None:
    """Lets a complaint be found by what its first entry says now, whatever a record of the stream said."""
    here = world()
    for written in here.messages.of_entries(reference, {1}):
        for _, fact in opened_facts(written.number, written.data, written.private):
            if isinstance(fact, Received):
                here.search.keep(fact.site, reference, fact.received_at or fact.at, found_by(fact))

"""Handles the stream of entries: a case is counted in the figures, and indexed for search.

A record of the stream only says of which case there is news: what there is to do is looked up, so that
nothing depends on how often and in which order records come.
"""

from collections.abc import Callable

from complaints.adapters.config import telemetry
from complaints.adapters.container import container
from functions.http.triggers import StreamBatch
from functions.workers.search_index import index_words

Task = tuple[Callable[[str], None], str]
"""Something to do for a case, by its reference."""


def follow_cases(event: StreamBatch) -> dict[str, list[dict[str, str]]]:
    """Does what the records of a batch ask for. One that fails is named, and does not stop the others."""
    done: set[Task] = set()
    failures = []
    for record in event:
        for task in _tasks(record.keys):
            act, reference = task
            try:
                if task not in done:
                    act(reference)
                    done.add(task)
            except Exception as error:
                telemetry.failure("case not followed", error, reference=reference)
                failures.append({"itemIdentifier": record.sequence_number})
    return {"batchItemFailures": failures}


def _tasks(key: dict[str, dict[str, str]]) -> list[Task]:
    """What news of the item with this key ask for."""
    deps = container()
    named = ((index_words, deps.search.named_in(key)), (deps.counters.count, deps.counters.named_in(key)))
    return [(act, reference) for act, reference in named if reference]

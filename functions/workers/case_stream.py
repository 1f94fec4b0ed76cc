"""Handles the stream of entries: a case is counted in the figures, and indexed for search.

A record of the stream only says of which case there is news: what there is to do is looked up, so that
nothing depends on how often and in which order records come.
"""

from collections.abc import Callable
from functools import partial

from complaints.adapters.config import telemetry
from complaints.adapters.container import container
from functions.http.lambda_events import StreamBatch
from functions.workers.search_index import index_case

Task = tuple[Callable[[str], None], str]
"""Something to do for a case, by its reference."""

Kinds = tuple[tuple[Callable[[dict[str, dict[str, str]]], str | None], Callable[[str], None]], ...]
"""Which case the key of an item has news of, for each kind of task, and the task."""


def follow_cases(event: StreamBatch) -> dict[str, list[dict[str, str]]]:
    """Does what the records of a batch ask for. One that fails is named, and does not stop the others."""
    deps = container()
    index = partial(index_case, deps.cases, deps.search)
    kinds: Kinds = ((deps.search.named_in, index), (deps.counters.named_in, deps.counters.count))
    done: set[Task] = set()
    failures = []
    for record in event:
        for task in _tasks(kinds, record.keys):
            act, reference = task
            try:
                if task not in done:
                    act(reference)
                    done.add(task)
            except Exception as error:
                telemetry.failure("case not followed", error, reference=reference)
                failures.append({"itemIdentifier": record.sequence_number})
    return {"batchItemFailures": failures}


def _tasks(kinds: Kinds, key: dict[str, dict[str, str]]) -> list[Task]:
    """What news of the item with this key ask for."""
    named = ((act, named_in(key)) for named_in, act in kinds)
    return [(act, reference) for act, reference in named if reference]

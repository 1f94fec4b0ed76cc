"""Runs of the schedule beside each other, in a local run one after another (port `ParallelRuns`)."""

import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from complaints.adapters.lambda_runs import share_event
from complaints.context.due_shares import ShareTask


class LocalRuns:
    """Keeps what is shared out until whoever runs the schedule asks for it."""

    def __init__(self) -> None:
        self._waiting: deque[Mapping[str, Any]] = deque()
        self._lock = threading.Lock()

    def start(self, tasks: Sequence[ShareTask]) -> int:
        with self._lock:
            self._waiting.extend(map(share_event, tasks))
        return len(tasks)

    def events(self) -> Iterator[Mapping[str, Any]]:
        """The events of what was shared out, each once."""
        while True:
            with self._lock:
                if not self._waiting:
                    return
                event = self._waiting.popleft()
            yield event

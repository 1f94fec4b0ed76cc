"""The schedule of a local run: what is due is looked for each minute, on the product's clock.

Runs of the schedule beside each other, in a local run one after another (port `ParallelRuns`).
"""

import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from complaints.adapters.lambda_runs import share_event
from complaints.context.ports import ShareTask
from infrastructure.local.aws.lambda_context import LambdaContext

MINUTE = 60.0
HOUR = 60 * MINUTE

Handler = Callable[[Mapping[str, Any], LambdaContext], object]


class Scheduler:
    """Calls a scheduled function, one run at a time."""

    def __init__(
        self, handler: Handler, now: Callable[[], datetime], function: str = "escalate_overdue"
    ) -> None:
        self._handler = handler
        self._now = now
        self._function = function
        self._lock = threading.Lock()

    def tick(self, **detail: str) -> object:
        """Runs the function once, for the present moment; what it answers. Raises what it raises."""
        with self._lock:
            event = schedule_event(self._now()) | {"detail": detail}
            return self._handler(event, LambdaContext(self._function))


def schedule_event(now: datetime) -> dict[str, Any]:
    """What EventBridge sends at a moment."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [],
        "detail": {},
    }


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

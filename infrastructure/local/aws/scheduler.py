"""The schedule of a local run: what is due is looked for each minute, on the product's clock."""

import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from infrastructure.local.aws.lambda_context import LambdaContext

MINUTE = 60.0

Handler = Callable[[Mapping[str, Any], LambdaContext], object]


class Scheduler:
    """Calls the scheduled function, one run at a time."""

    def __init__(self, handler: Handler, now: Callable[[], datetime]) -> None:
        self._handler = handler
        self._now = now
        self._lock = threading.Lock()

    def tick(self) -> None:
        """Runs the schedule once, for the present moment. Raises what the function raises."""
        with self._lock:
            self._handler(_event(self._now()), LambdaContext("escalate_overdue"))


def _event(now: datetime) -> dict[str, Any]:
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

"""Every run of a function has an id that its log lines say, unless what it is about has one of its own."""

from collections.abc import Callable
from typing import Any

from complaints.adapters.config import telemetry

WOKEN_BY = ("scheduled", "dynamodb", "sns")
"""What wakes a function besides a request, as Chalice calls it."""


def begin_run(event: Any, get_response: Callable[[Any], Any]) -> Any:
    """Stands around a run: its id is Lambda's own."""
    telemetry.correlate(event.context.aws_request_id)
    return get_response(event)

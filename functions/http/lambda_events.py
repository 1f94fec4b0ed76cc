"""What wakes a function besides a request, in the shapes that Chalice gives it.

Every run of a function has an id that its log lines say, unless what it is about has one of its own.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol

from complaints.adapters.config import telemetry


class LambdaContext(Protocol):
    """What Lambda tells a function of its run."""

    def get_remaining_time_in_millis(self) -> int: ...


class ScheduleEvent(Protocol):
    """The event of the schedule; `detail` is what an operator says who wakes the function, or a run of the
    schedule that starts another."""

    @property
    def detail(self) -> dict[str, Any]: ...

    @property
    def context(self) -> LambdaContext: ...


class StreamRecord(Protocol):
    """One change of an item, from the stream of the table; key and item in DynamoDB's own shape."""

    @property
    def keys(self) -> dict[str, dict[str, str]]: ...
    @property
    def new_image(self) -> dict[str, Any] | None: ...
    @property
    def event_name(self) -> str:
        """`INSERT`, `MODIFY` or `REMOVE`."""

    @property
    def sequence_number(self) -> str: ...
    @property
    def timestamp(self) -> datetime:
        """When it was made, in UTC without a zone."""


class StreamBatch(Protocol):
    """Records of the stream, in their order."""

    @property
    def context(self) -> LambdaContext: ...
    def __iter__(self) -> Iterator[StreamRecord]: ...


class TopicMessage(Protocol):
    """What came through a topic."""

    @property
    def message(self) -> str: ...


WOKEN_BY = ("scheduled", "dynamodb", "sns")
"""What wakes a function besides a request, as Chalice calls it."""


def begin_run(event: Any, get_response: Callable[[Any], Any]) -> Any:
    """Stands around a run: its id is Lambda's own."""
    telemetry.correlate(event.context.aws_request_id)
    return get_response(event)

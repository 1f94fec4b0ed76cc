"""Trouble on the way to the store: chosen attempts are refused, or done and their answer lost.

It stands where botocore sends, so the SDK's own repetitions are attempts too, and can be troubled.
Whole processes are killed with `tests/faults`.
"""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.httpsession import URLLib3Session
from botocore.retries.standard import ExponentialBackoff

from tests.running.plain_calls import the_whole_way

Answer = Callable[[], AWSResponse]
Trouble = Callable[[Any, Answer], AWSResponse]

FOR_EVER = 1_000_000


def lost_answer(request: Any, answer: Answer) -> AWSResponse:
    """The store did it, and nobody heard."""
    answer()
    raise ReadTimeoutError(endpoint_url=request.url)


def out_of_reach(request: Any, answer: Answer) -> AWSResponse:
    """Nothing listens there."""
    raise ConnectTimeoutError(endpoint_url=request.url)


def refused(code: str, status: int = 400, **more: Any) -> Trouble:
    """The store does nothing, and answers with an error of its own."""

    def trouble(request: Any, answer: Answer) -> AWSResponse:
        fields = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "in trouble", **more}
        headers: Any = HeadersDict()
        return AWSResponse(request.url, status, headers, _Body(json.dumps(fields).encode()))

    return trouble


CONFLICT = refused("TransactionCanceledException", CancellationReasons=[{"Code": "TransactionConflict"}])
IN_PROGRESS = refused("TransactionInProgressException")
THROTTLED = refused("ProvisionedThroughputExceededException")
BROKEN = refused("InternalServerError", 500)


@contextmanager
def troubled(
    trouble: Trouble | None = None, operation: str = "", *, times: int = FOR_EVER
) -> Iterator[list[str]]:
    """Troubles the first `times` attempts at an operation (any, if none is named); yields all attempts.

    The SDK repeats at once: no test waits.
    """
    attempts: list[str] = []
    send = URLLib3Session.send

    def troubling(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        name = _operation(request)
        attempts.append(name)
        hit = [attempt for attempt in attempts if operation in ("", attempt)]
        if trouble and operation in ("", name) and len(hit) <= times:
            return trouble(request, lambda: send(session, request))
        return send(session, request)

    with the_whole_way(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(URLLib3Session, "send", troubling)
        patch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0)
        yield attempts


def _operation(request: AWSPreparedRequest) -> str:
    target: Any = request.headers["X-Amz-Target"]
    found = target.decode() if isinstance(target, bytes) else str(target)
    return found.rpartition(".")[2]


class _Body(io.BytesIO):
    """A body as urllib3 gives it."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()

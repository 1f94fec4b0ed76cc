"""Counts what goes over the wire to AWS: every HTTP request that botocore sends, repeats included, and those
that go to the engine without it.

Units are those that the table itself reports (`ReturnConsumedCapacity`, which pynamodb always asks for).
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from complaints.adapters.dynamodb.key_schema import SITES
from tests.running import plain_calls

_CASE = re.compile(rb'"case#(C-[^"]+)"')
_SETTINGS = json.dumps(SITES).encode()
_READS = frozenset({"GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"})


@dataclass(frozen=True)
class Call:
    """One HTTP request to AWS: which operation, bytes of both bodies, capacity units (0 where none are
    told), whether it asks for what is settled, which a process keeps for a minute, and the case that it
    changes.
    """

    operation: str
    sent: int
    received: int
    units: float
    is_of_settings: bool
    changed: str = ""

    @property
    def reads(self) -> bool:
        """Whether its units are read units."""
        return self.operation in _READS


@dataclass
class Tally:
    """All calls of one measured stretch, in order."""

    calls: list[Call] = field(default_factory=list)

    @property
    def operations(self) -> list[str]:
        """The names of the operations, in order."""
        return [call.operation for call in self.calls]

    @property
    def read_units(self) -> float:
        """Read capacity units in all."""
        return sum(call.units for call in self.calls if call.reads)

    @property
    def write_units(self) -> float:
        """Write capacity units in all."""
        return sum(call.units for call in self.calls if not call.reads)

    @property
    def bytes(self) -> int:
        """Bytes of all bodies, there and back."""
        return sum(call.sent + call.received for call in self.calls)


@contextmanager
def counted() -> Iterator[Tally]:
    """Counts the calls made inside the block by any botocore client of this process, old or new."""
    tally = Tally()
    send, ask = URLLib3Session.send, plain_calls.asked

    def counting(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        answer = send(session, request)
        tally.calls.append(_call(request, answer))
        return answer

    def counting_plain(
        way: plain_calls.Way, operation: str, body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        answer = ask(way, operation, body)
        tally.calls.append(_of_table(operation, body, answer[-1]))
        return answer

    with (
        patch.object(URLLib3Session, "send", counting),
        patch.object(plain_calls, "asked", counting_plain),
    ):
        yield tally


def _call(request: AWSPreparedRequest, answer: AWSResponse) -> Call:
    target = request.headers.get("X-Amz-Target", b"")
    name = target.decode() if isinstance(target, bytes) else str(target)
    operation = name.rpartition(".")[2]
    if name.startswith("DynamoDB_"):
        return _of_table(operation, _bytes(request.body), answer.content)
    return Call(
        operation=operation or f"{request.method} {request.url}",
        sent=int(request.headers.get("Content-Length", 0)),
        received=len(answer.content),
        units=0,
        is_of_settings=False,
    )


def _of_table(operation: str, sent: bytes, received: bytes) -> Call:
    changed = _CASE.search(sent) if operation not in _READS else None
    return Call(
        operation,
        len(sent),
        len(received),
        _units(received),
        is_of_settings=_SETTINGS in sent,
        changed=changed[1].decode() if changed else "",
    )


def _bytes(body: object) -> bytes:
    return body if isinstance(body, bytes) else str(body or "").encode()


def _units(content: bytes) -> float:
    consumed: Any = json.loads(content).get("ConsumedCapacity", [])
    return sum(
        float(table["CapacityUnits"]) for table in (consumed if isinstance(consumed, list) else [consumed])
    )

"""Counts what goes over the wire to AWS: every HTTP request that botocore sends, repeats included.

Units are those that the table itself reports (`ReturnConsumedCapacity`, which pynamodb always asks for).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from complaints.adapters.dynamodb.key_schema import SITES

_SETTINGS = json.dumps(SITES).encode()
_READS = frozenset({"GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"})


@dataclass(frozen=True)
class Call:
    """One HTTP request to AWS: which operation, bytes of both bodies, capacity units (0 where none are
    told), and whether it asks for what is settled, which a process keeps for a minute.
    """

    operation: str
    sent: int
    received: int
    units: float
    is_of_settings: bool

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
    send = URLLib3Session.send

    def counting(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        answer = send(session, request)
        tally.calls.append(_call(request, answer))
        return answer

    with patch.object(URLLib3Session, "send", counting):
        yield tally


def _call(request: AWSPreparedRequest, answer: AWSResponse) -> Call:
    target = request.headers.get("X-Amz-Target", b"")
    name = target.decode() if isinstance(target, bytes) else str(target)
    return Call(
        operation=name.rpartition(".")[2] or f"{request.method} {request.url}",
        sent=int(request.headers.get("Content-Length", 0)),
        received=len(answer.content),
        units=_units(answer.content) if name.startswith("DynamoDB_") else 0,
        is_of_settings=_SETTINGS in _bytes(request.body),
    )


def _bytes(body: object) -> bytes:
    return body if isinstance(body, bytes) else str(body or "").encode()


def _units(content: bytes) -> float:
    consumed: Any = json.loads(content).get("ConsumedCapacity", [])
    return sum(
        float(table["CapacityUnits"]) for table in (consumed if isinstance(consumed, list) else [consumed])
    )

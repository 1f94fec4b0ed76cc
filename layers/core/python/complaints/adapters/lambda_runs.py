"""Runs of the schedule beside each other, as asynchronous invocations of its own function (port
`ParallelRuns`)."""

import json
import os
import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import botocore.session
import msgspec
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.config import telemetry
from complaints.context.ports import ShareTask

_PATIENT = Config(retries={"total_max_attempts": 2, "mode": "standard"}, connect_timeout=1, read_timeout=3)


class LambdaRuns:
    """Invokes the function that runs. The client is made on first use, unless one is passed.

    Lambda keeps an invocation that finds no free run for as long as the function's `EventInvokeConfig` says.
    What is not started, or dies, the next minute's run shares out again.
    """

    def __init__(self, client: Any = None) -> None:
        self._own_client = client

    def start(self, tasks: Sequence[ShareTask]) -> int:
        return sum(map(self._started, tasks))

    def _started(self, task: ShareTask) -> bool:
        try:
            self._client.invoke(
                FunctionName=os.environ["AWS_LAMBDA_FUNCTION_NAME"],
                InvocationType="Event",
                Payload=json.dumps(share_event(task)).encode(),
            )
        except (ClientError, BotoCoreError) as error:
            telemetry.failure("share not started", error, shard=task.share.shard, part=task.share.part)
            return False
        return True

    @cached_property
    def _client(self) -> Any:
        return self._own_client or botocore.session.get_session().create_client("lambda", config=_PATIENT)


def share_event(task: ShareTask) -> dict[str, Any]:
    """What wakes the function for a share, in the shape of an event of EventBridge: its detail says which."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Share of what is due",
        "source": "answerable.schedule",
        "account": "",
        "time": "",
        "region": "",
        "resources": [],
        "detail": msgspec.to_builtins(task),
    }

"""The simulator's program, run by its own interpreter: ministack, whose recovery has a window as AWS's has.

ministack says of every table that it can be brought back to the second of the question alone.
"""

import json
import runpy
from typing import Any

from ministack.services import dynamodb

WINDOW = 3600
"""Seconds before the question to which a table can be brought back: less than AWS's 35 days is enough."""

_of_ministack = dynamodb._describe_continuous_backups


def _describe_with_window(asked: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = _of_ministack(asked)
    answer = json.loads(body)
    window = answer.get("ContinuousBackupsDescription", {}).get("PointInTimeRecoveryDescription", {})
    if "EarliestRestorableDateTime" in window:
        window["EarliestRestorableDateTime"] -= WINDOW
    return status, headers, json.dumps(answer).encode()


dynamodb._describe_continuous_backups = _describe_with_window
runpy.run_module("ministack.app", run_name="__main__")

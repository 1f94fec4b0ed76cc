"""Local runs whose AWS calls are counted or broken by `sitecustomize`."""

import json
from collections import Counter
from pathlib import Path

from tests.local_run import ROOT

HERE = Path(__file__).parent
BEATS = ("The schedule", "The stream poller")


def environment(log: Path, fault: str = "") -> dict[str, str]:
    """What a run is started with: it notes its calls in `log`, and meets the `fault` if one is named.

    The stream is followed in a thread of its own, whose calls are told from those of requests.
    """
    path = f"{HERE}:{ROOT}:{ROOT / 'layers/core/python'}"
    return {"PYTHONPATH": path, "FAULT_LOG": str(log), "FAULT": fault, "STREAM": "1"}


def attempts(log: Path) -> list[str]:
    """The operations on the table that requests attempted, in their order.

    Those of the schedule and of the stream poller, which have threads of their own, are left out.
    """
    lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [
        line["operation"] for line in lines if line["service"] == "dynamodb" and line["thread"] not in BEATS
    ]


def every_point(log: Path, kinds: tuple[str, ...], after: int) -> list[str]:
    """A fault of each kind for each call that a log holds: the nth of its service and operation.

    The first `after` calls count, but are left alone.
    """
    seen: Counter[str] = Counter()
    points = []
    for place, line in enumerate(map(json.loads, log.read_text().splitlines())):
        call = f"{line['service']}:{line['operation']}"
        seen[call] += 1
        if place >= after:
            points += [f"{call}:{seen[call]}:{kind}" for kind in kinds]
    return points

"""The metrics that a test's code counted, as CloudWatch reads them out of the log."""

import json
from collections import Counter
from typing import Any

import pytest


def metric_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What was printed in CloudWatch's embedded metric format, line by line."""
    lines = (line for line in capsys.readouterr().out.splitlines() if '"_aws"' in line)
    return [json.loads(line) for line in lines]


def counted(capsys: pytest.CaptureFixture[str]) -> Counter[str]:
    """How much was counted of each metric."""
    found: Counter[str] = Counter()
    for line in metric_lines(capsys):
        for directive in line["_aws"]["CloudWatchMetrics"]:
            for metric in directive["Metrics"]:
                found[metric["Name"]] += int(sum(line[metric["Name"]]))
    return found

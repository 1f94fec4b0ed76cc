"""CloudWatch as far as alarms need it: what was counted, held against an alarm of the template.

A metric that is called otherwise in the code than in the template, or has other dimensions, rings nothing
here, as it would there.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from infrastructure.template.alarms.all_alarms import alarms
from infrastructure.template.functions import NAMES

STACK = "answerable-test"

Dimensions = frozenset[tuple[str, str]]


class Datapoint(NamedTuple):
    """One value of a metric."""

    namespace: str
    name: str
    dimensions: Dimensions
    value: float


def called(function: str) -> str:
    """What a function is called in the stack, by its logical name."""
    return f"{STACK}-{NAMES[function]}"


def platform(alarm: str, value: float) -> Datapoint:
    """What the platform counts by itself of what an alarm looks at."""
    properties = alarms()[alarm]["Properties"]
    assert str(properties["Namespace"]).startswith("AWS/"), "what we count, our own code has to count"
    return Datapoint(properties["Namespace"], properties["MetricName"], _dimensions(properties), value)


def of_function(metric: str, function: str, value: float) -> Datapoint:
    """What Lambda counts of a function, by its logical name."""
    return Datapoint("AWS/Lambda", metric, frozenset({("FunctionName", called(function))}), value)


def counted(capsys: pytest.CaptureFixture[str]) -> list[Datapoint]:
    """What was counted since one looked last, as CloudWatch reads it out of the log (embedded format)."""
    lines = capsys.readouterr().out.splitlines()
    return [point for line in lines if '"_aws"' in line for point in _embedded(json.loads(line))]


def rings(alarm: str, datapoints: Iterable[Datapoint]) -> bool:
    """Whether an alarm rises when these are all datapoints of its evaluation periods."""
    properties = alarms()[alarm]["Properties"]
    key = filled_in(properties["Namespace"]), properties["MetricName"], _dimensions(properties)
    values = [point.value for point in datapoints if point[:3] == key]
    if not values:
        return bool(properties["TreatMissingData"] == "breaching")
    found = max(values) if properties["Statistic"] == "Maximum" else sum(values)
    threshold: float = properties["Threshold"]
    if properties["ComparisonOperator"] == "LessThanThreshold":
        return found < threshold
    assert properties["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"
    return found >= threshold


def filled_in(value: Any) -> str:
    """A value of the template as the stack has it."""
    if isinstance(value, str):
        return value
    ((function, of),) = value.items()
    if function == "Ref":
        return called(of)
    return str(of).replace("${AWS::StackName}", STACK) if function == "Fn::Sub" else f"{STACK}-{of[0]}"


def _dimensions(properties: dict[str, Any]) -> Dimensions:
    return frozenset((each["Name"], filled_in(each["Value"])) for each in properties["Dimensions"])


def _embedded(line: dict[str, Any]) -> Iterator[Datapoint]:
    for directive in line["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = frozenset((name, line[name]) for name in names)
            for metric in directive["Metrics"]:
                for value in line[metric["Name"]]:
                    yield Datapoint(directive["Namespace"], metric["Name"], dimensions, value)

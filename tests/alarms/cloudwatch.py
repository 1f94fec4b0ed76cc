"""CloudWatch as far as alarms need it: what was counted, held against an alarm of the template.

A metric that is called otherwise in the code than in the template, or has other dimensions, rings nothing
here, as it would there.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pytest

from infrastructure.template.alarms.all_alarms import alarms
from infrastructure.template.functions import NAMES, chalice_config
from infrastructure.template.gateway import rest_api

STACK = "answerable-test"

Dimensions = frozenset[tuple[str, str]]

DOCUMENTED: dict[str, tuple[set[str], list[set[str]]]] = {
    "AWS/ApiGateway": ({"4XXError", "5XXError", "Count", "Latency"}, [{"ApiName"}, {"ApiName", "Stage"}]),
    "AWS/Lambda": (
        {"Invocations", "Errors", "Throttles", "Duration", "IteratorAge"},
        [set(), {"FunctionName"}, {"FunctionName", "Resource"}],
    ),
    "AWS/SES": ({"Reputation.BounceRate", "Reputation.ComplaintRate"}, [set()]),
    "AWS/SQS": (
        {"ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible", "NumberOfMessagesSent"},
        [{"QueueName"}],
    ),
}
"""Names of metrics that each service publishes by its documentation, and sets of dimensions by which it does:

- apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
- lambda/latest/dg/monitoring-metrics-types.html
- ses/latest/dg/reputationdashboard-cloudwatch-alarm.html
- AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html

all at docs.aws.amazon.com."""


class Datapoint(NamedTuple):
    """One value of a metric."""

    namespace: str
    name: str
    dimensions: Dimensions
    value: float


def called(function: str) -> str:
    """What a function is called in the stack, by its logical name."""
    return f"{STACK}-{NAMES[function]}"


def published(namespace: str, metric: str, value: float, **dimensions: str) -> Datapoint:
    """What a service publishes by itself; no alarm has a say in it."""
    metrics, sets = DOCUMENTED[namespace]
    assert metric in metrics
    assert dimensions.keys() in sets
    return Datapoint(namespace, metric, frozenset(dimensions.items()), value)


def of_function(metric: str, function: str, value: float) -> Datapoint:
    """What Lambda publishes of a function, by its logical name."""
    return published("AWS/Lambda", metric, value, FunctionName=called(function))


def of_queue(queue: str, value: float) -> Datapoint:
    """What SQS publishes of the messages in a queue, by its logical name."""
    return published("AWS/SQS", "ApproximateNumberOfMessagesVisible", value, QueueName=f"{STACK}-{queue}")


def of_api(metric: str, value: float) -> Datapoint:
    """What API Gateway publishes of the stage of the API."""
    name = filled_in(rest_api()["Properties"]["Name"])
    stage = chalice_config("", "")["api_gateway_stage"]
    return published("AWS/ApiGateway", metric, value, ApiName=name, Stage=stage)


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
    if function == "Fn::Sub":
        return str(of).replace("${AWS::StackName}", STACK)
    name, attribute = of
    assert (function, attribute) == ("Fn::GetAtt", "QueueName")
    return f"{STACK}-{name}"


def _dimensions(properties: dict[str, Any]) -> Dimensions:
    return frozenset((each["Name"], filled_in(each["Value"])) for each in properties["Dimensions"])


def _embedded(line: dict[str, Any]) -> Iterator[Datapoint]:
    for directive in line["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = frozenset((name, line[name]) for name in names)
            for metric in directive["Metrics"]:
                for value in line[metric["Name"]]:
                    yield Datapoint(directive["Namespace"], metric["Name"], dimensions, value)

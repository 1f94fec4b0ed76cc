"""Metrics reach CloudWatch as the documented alarms name them, whatever becomes of the function."""

import pytest

from complaints.adapters.config import telemetry
from tests.metrics import counted, metric_lines


def test_a_metric_is_named_in_our_namespace_by_function_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "answerable-prod-api")
    with telemetry.correlated("r-1"):
        telemetry.count("UnreadablePacks")
    (line,) = metric_lines(capsys)
    assert line.pop("_aws")["CloudWatchMetrics"] == [
        {
            "Namespace": "Answerable",
            "Dimensions": [["FunctionName"]],
            "Metrics": [{"Name": "UnreadablePacks", "Unit": "Count"}],
        }
    ]
    assert line == {"FunctionName": "answerable-prod-api", "UnreadablePacks": [1.0], "correlation_id": "r-1"}


def test_no_metric_is_lost_with_a_function_that_fails_and_none_waits_for_its_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def handler() -> None:
        for _ in range(250):
            telemetry.count("WebhooksGivenUp")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        handler()
    assert counted(capsys) == {"WebhooksGivenUp": 250}


def test_after_a_block_lines_say_the_id_that_they_said_before() -> None:
    before, said = telemetry.correlation(), []

    def fail() -> None:
        said.append(telemetry.correlation())
        raise RuntimeError

    with pytest.raises(RuntimeError), telemetry.correlated("r-1"):
        fail()
    assert (said, telemetry.correlation()) == (["r-1"], before)

"""Runs beside each other are asynchronous invocations of the function that runs, and of no other."""

import json
from datetime import timedelta

import botocore.session
import pytest
from botocore.stub import ANY, Stubber
from chalice.app import CloudWatchEvent

from complaints.adapters.lambda_runs import LambdaRuns, share_event
from complaints.context.ports import DueShare, ShareTask
from functions.workers import schedule_shares
from tests.builders import MONDAY

TASKS = (ShareTask(DueShare(0, 1, 4), MONDAY + timedelta(seconds=59.5)), ShareTask(DueShare(3, 0, 2), MONDAY))
FUNCTION = "answerable-escalate-overdue"


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", FUNCTION)
    client = botocore.session.get_session().create_client("lambda", region_name="eu-central-1")
    return Stubber(client)


def test_each_share_is_an_event_of_its_own(stubbed: Stubber) -> None:
    for _ in TASKS:
        asked = {"FunctionName": FUNCTION, "InvocationType": "Event", "Payload": ANY}
        stubbed.add_response("invoke", {"StatusCode": 202}, asked)
    with stubbed:
        assert LambdaRuns(stubbed.client).start(TASKS) == 2
    stubbed.assert_no_pending_responses()


def test_a_share_that_is_not_taken_stops_no_other(stubbed: Stubber) -> None:
    stubbed.add_client_error("invoke", "TooManyRequestsException", http_status_code=400)
    stubbed.add_response("invoke", {"StatusCode": 202})
    with stubbed:
        assert LambdaRuns(stubbed.client).start(TASKS) == 1


def test_the_function_reads_what_was_asked_of_it() -> None:
    """By way of what Chalice makes of the event."""
    for task in TASKS:
        event = CloudWatchEvent(json.loads(json.dumps(share_event(task))), None)
        assert schedule_shares.asked(event.detail) == task


def test_the_event_of_each_minute_asks_for_no_share() -> None:
    assert schedule_shares.asked({}) is None

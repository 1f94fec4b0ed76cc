"""What the platform counts: errors of functions, runs that stay away, what was set aside, mails, refusals."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import boto3
import pytest
from chalice.app import DynamoDBEvent
from moto import mock_aws

import app
from complaints.adapters import container
from functions.workers.case_stream import follow_cases
from infrastructure.local.aws.lambda_context import LambdaContext
from infrastructure.local.aws.scheduler import Scheduler
from infrastructure.local.aws.stream_poller import lets_through
from infrastructure.local.gateway.gateway import Gateway
from infrastructure.local.gateway.http import Request
from infrastructure.template.alarms.platform import SET_ASIDE, intake, intake_counter
from infrastructure.template.functions import FOLLOWED, NAMES, handlers
from infrastructure.template.gateway import ACCESS_LOG, REFUSALS
from tests.alarms.cloudwatch import Datapoint, filled_in, of_api, of_function, of_queue, published, rings
from tests.alarms.log_pattern import matches
from tests.builders import MONDAY
from tests.evidence.sealed_installation import sealed
from tests.faults.mail_installation import installed

OF_FUNCTIONS = {
    "ApiErrors": "APIHandler",
    "ScheduleErrors": "EscalateOverdue",
    "ErasingErrors": "EraseCases",
    "LettersErrors": "SendLetters",
    "FollowingErrors": "FollowCases",
    "SettlingErrors": "SettleLetter",
    "TakingMailErrors": "TakeMail",
    "SealingErrors": "SealCheckpoints",
    "EvidenceErrors": "MakeEvidence",
}
OF_QUEUES = {
    "LettersSetAside": "LettersDeadLetters",
    "MailSetAside": "MailDeadLetters",
    "RunsSetAside": "ScheduleDeadLetters",
}
"""What each alarm must look at, by its page: the template says it a second time."""

SNS = {
    "Records": [
        {"EventSource": "aws:sns", "Sns": {"Message": "{}", "Subject": None, "MessageAttributes": {}}}
    ]
}
CHANGE = {
    "ApproximateCreationDateTime": 0,
    "Keys": {},
    "NewImage": {},
    "SequenceNumber": "1",
    "SizeBytes": 1,
    "StreamViewType": "NEW_IMAGE",
}
ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/s"
STREAM = {
    "Records": [
        {"awsRegion": "-", "eventName": "INSERT", "eventID": "1", "eventSourceARN": ARN, "dynamodb": CHANGE}
    ]
}


class Stopped(BaseException):
    """Lambda ends a function whose time or memory is over: nothing in it can answer for that."""


class NoWorld:
    """A container of which nothing can be had."""

    def __init__(self, trouble: BaseException) -> None:
        self._trouble = trouble

    def __getattr__(self, name: str) -> Any:
        raise self._trouble


@contextmanager
def without_a_world(trouble: BaseException) -> Iterator[None]:
    container.use_container(NoWorld(trouble))  # type: ignore[arg-type]
    yield
    container.use_container(None)


def answered() -> int:
    """The status of a request for the form, at a gateway."""
    gateway = Gateway(app.app, app.app.routes)
    return gateway.answer(Request("GET", "/v1/form", "site=demo", {}, b"", ""), "/v1/form").status


def wake(function: str) -> object:
    """Wakes a function by its logical name, as the platform does."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in function).lstrip("_")
    if function == "APIHandler":
        return answered()
    handler = getattr(app, name)
    if function in ("SendLetters", "FollowCases"):
        return handler(STREAM, LambdaContext(name))
    if function in ("SettleLetter", "TakeMail"):
        return handler(SNS, LambdaContext(name))
    return Scheduler(handler, lambda: MONDAY, name).tick()


@pytest.mark.alarm(*OF_FUNCTIONS)
@pytest.mark.parametrize(("alarm", "function"), OF_FUNCTIONS.items())
def test_a_function_that_fails_as_a_whole_rings(alarm: str, function: str) -> None:
    """It swallows nothing that keeps it from its work: Lambda counts an error where it raises, or is ended.
    The API answers for all else with a 5xx."""
    trouble = Stopped() if function == "APIHandler" else RuntimeError("no table")
    with without_a_world(trouble), pytest.raises(type(trouble)):
        wake(function)
    assert rings(alarm, [of_function("Errors", function, 1)])
    assert not rings(alarm, [of_function("Errors", function, 0)])


@pytest.mark.alarm("ScheduleSilent", "ErasingSilent", "FollowingSilent", "InboundSilent")
@pytest.mark.parametrize(
    ("alarm", "function"),
    [
        ("ScheduleSilent", "EscalateOverdue"),
        ("ErasingSilent", "EraseCases"),
        ("FollowingSilent", "FollowCases"),
        ("InboundSilent", "TakeMail"),
    ],
)
def test_a_function_that_nothing_wakes_rings_and_one_run_is_enough_for_quiet(
    alarm: str, function: str
) -> None:
    assert rings(alarm, [])
    assert not rings(alarm, [of_function("Invocations", function, 1)])


def test_the_schedule_wakes_what_follows_cases_every_five_minutes_though_nobody_complains(
    table: str, engine_endpoint: str
) -> None:
    """Else a quiet night would look as if it stood still."""
    woken = []
    with sealed(table, engine_endpoint) as house:
        house.told()
        for _ in range(10):
            house.installation.run_schedule(timedelta(minutes=1))
            heard = [each for each in house.told() if lets_through(FOLLOWED["FollowCases"], each)]
            woken.append(len(heard))
            assert follow_cases(cast(Any, DynamoDBEvent({"Records": heard}, None))) == {
                "batchItemFailures": []
            }
    assert woken == [0, 0, 0, 0, 1] * 2


def queues_of(function: str) -> set[str]:
    """The queues that take what a function could not do, by what the template says of it."""
    found = json.dumps(handlers()[function])
    return {queue for queue in SET_ASIDE if queue in found}


@pytest.mark.alarm(*OF_QUEUES)
@pytest.mark.parametrize(("alarm", "queue"), OF_QUEUES.items())
def test_what_was_set_aside_rings_while_it_lies_there(alarm: str, queue: str) -> None:
    with mock_aws():
        queues = boto3.client("sqs", region_name="eu-central-1")
        url = queues.create_queue(QueueName=queue)["QueueUrl"]
        rang = []
        for _ in range(2):
            attribute = "ApproximateNumberOfMessages"
            found = queues.get_queue_attributes(QueueUrl=url, AttributeNames=[attribute])["Attributes"]
            rang.append(rings(alarm, [of_queue(queue, float(found[attribute]))]))
            queues.send_message(QueueUrl=url, MessageBody="{}")
    assert rang == [False, True]


def test_every_function_but_the_api_sets_aside_what_it_cannot_do_in_a_queue_with_an_alarm() -> None:
    aside = {
        "ScheduleDeadLetters": {"EscalateOverdue", "EraseCases", "SealCheckpoints", "MakeEvidence"},
        "LettersDeadLetters": {"SendLetters", "FollowCases"},
        "MailDeadLetters": {"SettleLetter", "TakeMail"},
    }
    found = {queue: {name for name in NAMES if queue in queues_of(name)} for queue in SET_ASIDE}
    assert found == aside
    assert set().union(*aside.values()) == NAMES.keys() - {"APIHandler"}


@pytest.mark.alarm("ApiUnavailable")
def test_an_api_that_answers_with_a_5xx_rings() -> None:
    with without_a_world(RuntimeError("no table")):
        status = answered()
    assert status >= 500
    assert rings("ApiUnavailable", [of_api("5XXError", status // 500)])
    assert not rings("ApiUnavailable", [of_api("4XXError", 1)])


@pytest.mark.alarm("FunctionsThrottled")
def test_one_throttled_run_of_any_function_of_the_account_rings() -> None:
    assert rings("FunctionsThrottled", [published("AWS/Lambda", "Throttles", 1)])
    assert not rings("FunctionsThrottled", [])


@pytest.mark.alarm("MailBounces", "MailObjections")
@pytest.mark.parametrize(
    ("alarm", "rate", "box", "told", "of"),
    [
        ("MailBounces", "BounceRate", "bounce", '"Bounce"', 25),
        ("MailObjections", "ComplaintRate", "complaint", '"Complaint"', 1250),
    ],
)
def test_mails_that_bounce_or_are_called_spam_ring_before_the_mail_service_looks(
    table: str, alarm: str, rate: str, box: str, told: str, of: int
) -> None:
    """One of 25 is 4 %, one of 1,250 is 0.08 %: as a share of one, as SES counts it."""
    with installed(table) as mails:
        mails.complain(box, "1")
        mails.send(*mails.records)
        events = [event for event in mails.service.events if told in event]
    assert len(events) == 1
    rates = [published("AWS/SES", f"Reputation.{rate}", len(events) / sent) for sent in (of, of + 1)]
    rang = [rings(alarm, [each]) for each in rates]
    assert rang == [True, False]


def logged(status: int, route: str, verb: str = "POST") -> dict[str, str]:
    """A line of the gateway's access log."""
    known = {"$context.status": str(status), "$context.resourcePath": route, "$context.httpMethod": verb}
    return {name: known.get(value, "-") for name, value in ACCESS_LOG.items()}


@pytest.mark.alarm("IntakeRefused")
@pytest.mark.parametrize("route", ["/v1/complaints", "/complain"])
def test_complaints_that_are_refused_as_too_many_ring_at_the_tenth(route: str) -> None:
    """By whoever refuses them: the gateway's own refusal, and that of a function, are lines of its log."""
    counter = intake_counter()["IntakeRefusals"]["Properties"]
    (made,) = counter["MetricTransformations"]
    status, _, _ = REFUSALS["THROTTLED"]
    lines = [logged(status, route)] * 10 + [logged(201, route), logged(status, "/v1/form", "GET")]
    found = [
        Datapoint(
            filled_in(made["MetricNamespace"]), made["MetricName"], frozenset(), float(made["MetricValue"])
        )
        for line in lines
        if matches(counter["FilterPattern"], line)
    ]
    assert len(found) == 10
    assert rings("IntakeRefused", found)
    assert not rings("IntakeRefused", found[:9])
    assert route in app.app.routes
    assert intake()["IntakeRefused"]["Properties"]["MetricName"] == made["MetricName"]

"""`make replay`: mails that were set aside go back to their topic, letters are only listed."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infrastructure.deployment.dead_letters import LETTERS, MAIL, TOPICS, Stack, letters, replay

NAME = "answerable-test"
ADDRESS = "ada@example.org"


class Cloud:
    """CloudFormation as far as it is asked: what a resource of the stack is called."""

    def __init__(self, session: boto3.Session) -> None:
        queues, topics = session.client("sqs"), session.client("sns")
        self._called = {
            **{name: queues.create_queue(QueueName=name)["QueueUrl"] for name in (MAIL, LETTERS, "Heard")},
            **{name: topics.create_topic(Name=name)["TopicArn"] for name in TOPICS},
        }

    def describe_stack_resource(self, *, StackName: str, LogicalResourceId: str) -> Any:
        assert StackName == NAME
        return {"StackResourceDetail": {"PhysicalResourceId": self._called[LogicalResourceId]}}


def _at_once(params: dict[str, Any], **_: object) -> dict[str, Any]:
    """Nothing comes late here, so there is nothing to wait for."""
    return params | {"WaitTimeSeconds": 0}


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A stack with queues and topics, whose topics are heard by a further queue."""
    with mock_aws():
        session = boto3.Session(region_name="eu-central-1")
        queues = session.client("sqs")
        queues.meta.events.register("provide-client-params.sqs.ReceiveMessage", _at_once)
        stack = Stack(Cloud(session), queues, session.client("sns"), NAME)
        url, names = stack.address("Heard"), ["QueueArn"]
        heard = stack.queues.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
        for topic in TOPICS:
            stack.topics.subscribe(TopicArn=stack.address(topic), Protocol="sqs", Endpoint=heard["QueueArn"])
        yield stack


def set_aside(stack: Stack, queue: str, **fields: Any) -> None:
    """What Lambda sends of an event that failed each time."""
    message = {
        "version": "1.0",
        "timestamp": "2026-03-04T12:00:00.000Z",
        "requestContext": {"condition": "RetriesExhausted", "approximateInvokeCount": 3},
        "responsePayload": {"errorMessage": f"Nobody is called {ADDRESS}", "errorType": "LookupError"},
    }
    stack.queues.send_message(QueueUrl=stack.address(queue), MessageBody=json.dumps(message | fields))


def from_topic(arn: str, message: str) -> dict[str, Any]:
    return {"Records": [{"EventSource": "aws:sns", "Sns": {"TopicArn": arn, "Message": message}}]}


def waiting(stack: Stack, queue: str) -> list[str]:
    """What lies in a queue, hidden or not, as far as it can be received."""
    found = stack.queues.receive_message(QueueUrl=stack.address(queue), MaxNumberOfMessages=10)
    return [message["Body"] for message in found.get("Messages", [])]


def counted(stack: Stack, queue: str) -> int:
    """How many messages a queue holds, those included that are being looked at."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = stack.queues.get_queue_attributes(QueueUrl=stack.address(queue), AttributeNames=names)
    return sum(int(found["Attributes"][name]) for name in names)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_mail_that_was_set_aside_goes_to_its_topic_again(stack: Stack, topic: str) -> None:
    arn = stack.address(topic)
    set_aside(stack, MAIL, requestPayload=from_topic(arn, '{"mail": 1}'))
    (line,) = replay(stack)
    (heard,) = map(json.loads, waiting(stack, "Heard"))
    assert (heard["TopicArn"], heard["Message"]) == (arn, '{"mail": 1}')
    assert counted(stack, MAIL) == 0
    assert line.startswith(f"{topic} ")
    assert line.endswith(" of 2026-03-04 12:00: published again after LookupError")


def test_many_are_brought_in_again_each_once(stack: Stack) -> None:
    arn = stack.address(TOPICS[0])
    for number in range(23):
        set_aside(stack, MAIL, requestPayload=from_topic(arn, str(number)))
    assert len(list(replay(stack))) == 23
    assert (counted(stack, MAIL), counted(stack, "Heard")) == (0, 23)


def test_what_is_printed_says_nothing_of_people(stack: Stack) -> None:
    set_aside(stack, MAIL, requestPayload=from_topic(stack.address(TOPICS[0]), ADDRESS))
    set_aside(stack, LETTERS, DDBStreamBatchInfo={"batchSize": 1, "shardId": ADDRESS})
    assert ADDRESS not in "".join([*replay(stack), *letters(stack)])


@pytest.mark.parametrize(
    "fields",
    [
        {"requestPayload": from_topic("arn:aws:sns:eu-central-1:000000000000:another", "x")},
        {"requestPayload": {"Records": []}},
        {},
        {"timestamp": "never"},
    ],
)
def test_what_came_from_nowhere_of_ours_is_left(stack: Stack, fields: dict[str, Any]) -> None:
    set_aside(stack, MAIL, **fields)
    (line,) = replay(stack)
    assert "left" in line
    assert (counted(stack, MAIL), counted(stack, "Heard")) == (1, 0)


def test_what_could_not_be_followed_is_told_apart_from_letters(stack: Stack) -> None:
    whose = {"functionArn": "arn:aws:lambda:eu-central-1:000000000000:function:answerable-prod-follow-cases"}
    set_aside(stack, LETTERS, DDBStreamBatchInfo={"batchSize": 2, "shardId": "s"}, requestContext=whose)
    (line,) = letters(stack)
    assert line.endswith("2 entries of cases, which `make figures` counts and `make index` lets be found")


def test_letters_are_listed_and_left(stack: Stack) -> None:
    set_aside(stack, LETTERS, DDBStreamBatchInfo={"batchSize": 3, "shardId": "s"})
    set_aside(stack, LETTERS, requestPayload={"Records": []})
    listed = sorted(line.partition(": ")[2] for line in letters(stack))
    assert listed == ["3 letters, which the schedule wants again by itself", "cannot be read"]
    assert counted(stack, LETTERS) == 2

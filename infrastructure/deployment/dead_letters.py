"""What was set aside in the dead letter queues of a stack: looked at, and mail brought in again.

A message is one that Lambda sends of an event that a function could not do ("Adding a destination" in its
guide). What it holds of people is published where it came from, and printed nowhere.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

TOPICS = ("MailReceived", "MailEvents")
MAIL, LETTERS = "MailDeadLetters", "LettersDeadLetters"
_MENDED = {
    False: "letters, which the schedule wants again by itself",
    True: "entries of cases, which `make figures` counts and `make index` lets be found",
}
_HIDDEN = 300
"""Seconds for which a message that was read is hidden from other readers."""


class Notice(Struct, frozen=True, rename="pascal"):
    """What a topic brought."""

    topic_arn: str
    message: str


class Record(Struct, frozen=True, rename="pascal"):
    """One notice, as Lambda hands it over."""

    sns: Notice


class Payload(Struct, frozen=True, rename="pascal"):
    """The event that could not be done."""

    records: tuple[Record, ...]


class Failure(Struct, frozen=True, rename="camel"):
    """The error that a function ended with; its words may hold anything and are not read."""

    error_type: str = "no error of its own"


class Batch(Struct, frozen=True, rename="camel"):
    """Failed records of the stream."""

    batch_size: int


class Context(Struct, frozen=True, rename="camel"):
    """Whom Lambda handed the event to."""

    function_arn: str = ""

    @property
    def is_of_cases(self) -> bool:
        """Whether it was the function that follows cases, and not the one that sends letters."""
        return "-follow-cases" in self.function_arn


class SetAside(Struct, frozen=True, rename="camel"):
    """One message of a queue: a mail has its payload, letters have their batch."""

    timestamp: datetime
    request_context: Context = Context()
    request_payload: Payload | None = None
    response_payload: Failure = Failure()
    batch: Batch | None = msgspec.field(name="DDBStreamBatchInfo", default=None)


class Stack(NamedTuple):
    """Clients of AWS, and the name of the stack whose queues and topics they are asked for."""

    cloud: Any
    queues: Any
    topics: Any
    name: str

    def address(self, logical: str) -> str:
        """The URL of a queue, or the ARN of a topic."""
        found = self.cloud.describe_stack_resource(StackName=self.name, LogicalResourceId=logical)
        return str(found["StackResourceDetail"]["PhysicalResourceId"])


def replay(stack: Stack) -> Iterator[str]:
    """Publishes each mail that was set aside to its topic again, then deletes it; one line for each.

    What cannot be read, or came from a topic that is not the stack's, stays in the queue. A mail that is
    published twice is taken once.
    """
    topics = {stack.address(topic): topic for topic in TOPICS}
    queue = stack.address(MAIL)
    for message in _messages(stack.queues, queue):
        aside = _read(message["Body"])
        notice = _notice(aside)
        if aside is None or notice is None or notice.topic_arn not in topics:
            yield f"{MAIL} {message['MessageId']}: left, it is no message of {' or '.join(TOPICS)}"
            continue
        stack.topics.publish(TopicArn=notice.topic_arn, Message=notice.message)
        stack.queues.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        yield (
            f"{topics[notice.topic_arn]} {message['MessageId']} of {aside.timestamp:%Y-%m-%d %H:%M}: "
            f"published again after {aside.response_payload.error_type}"
        )


def letters(stack: Stack) -> Iterator[str]:
    """One line for each batch of the stream that was set aside; nothing is changed."""
    for message in _messages(stack.queues, stack.address(LETTERS)):
        aside = _read(message["Body"])
        if aside is None or aside.batch is None:
            yield f"{LETTERS} {message['MessageId']}: cannot be read"
        else:
            yield (
                f"{LETTERS} {message['MessageId']} of {aside.timestamp:%Y-%m-%d %H:%M}: "
                f"{aside.batch.batch_size} {_MENDED[aside.request_context.is_of_cases]}"
            )


def _notice(aside: SetAside | None) -> Notice | None:
    """What a topic brought: Lambda hands over one at a time."""
    if aside is None or aside.request_payload is None or len(aside.request_payload.records) != 1:
        return None
    return aside.request_payload.records[0].sns


def _messages(queues: Any, queue: str) -> Iterator[dict[str, Any]]:
    """Each message of a queue, once: it is hidden while it is looked at."""
    while found := queues.receive_message(
        QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1, VisibilityTimeout=_HIDDEN
    ).get("Messages"):
        yield from found


def _read(body: str) -> SetAside | None:
    try:
        return msgspec.json.decode(body, type=SetAside)
    except msgspec.DecodeError:
        return None

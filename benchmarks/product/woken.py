"""What wakes each function of the template besides a request, in the shape in which AWS hands it on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from benchmarks.product import fake_aws_services, wanted_letter
from benchmarks.product.gateway_requests import Event, Taken, Visits
from benchmarks.product.wanted_letter import ACKNOWLEDGEMENT
from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk, letter_sk
from complaints.adapters.dynamodb.models import EntryItem, LetterItem
from complaints.context.case import Case
from complaints.delivery import reply_address
from complaints.delivery.delivery_event import DeliveryOutcome
from functions.workers.letters.outbox import deliver
from infrastructure.local.aws.scheduler import schedule_event
from infrastructure.local.aws.ses import events_of
from infrastructure.local.aws.ses_inbound import notification

INBOX = "in.answerable.example"
"""The domain at which answers to letters arrive."""


@dataclass(frozen=True)
class Waking:
    """An event, and what raises RuntimeError where it was not worked: most functions answer nothing."""

    event: Event
    must_be_done: Callable[[], None] = lambda: None


def letter(visits: Visits) -> Waking:
    """The stream has the acknowledgement of a new complaint."""
    # To a mailbox that had none today: a further letter to one is held by its cap.
    wanted = wanted_letter.of(visits.submit(f"{uuid4().hex}@customer.example"))
    return Waking(wanted.event(), wanted.must_be_sent)


def entry(visits: Visits) -> Waking:
    """The stream has the receipt of a new complaint."""
    taken = visits.submit()
    item = EntryItem.get(case_pk(taken.reference), entry_sk(1), consistent_read=True)
    return Waking(wanted_letter.batch_of(item.to_dynamodb_dict()))


def delivery(visits: Visits) -> Waking:
    """The mail service says that a letter was delivered."""
    taken = visits.submit(f"{uuid4().hex}@customer.example")
    deliver(container(), taken.reference, ACKNOWLEDGEMENT)
    item = LetterItem.get(case_pk(taken.reference), letter_sk(ACKNOWLEDGEMENT), consistent_read=True)
    tags = {"case": taken.reference, "letter": ACKNOWLEDGEMENT.replace(".", "-"), "attempt": item.attempt}
    *_, delivered = events_of("bench", "ada@customer.example", tags, datetime.now(UTC))

    def must_be_noted() -> None:
        item.refresh(consistent_read=True)
        if item.fate != DeliveryOutcome.DELIVERED:
            raise RuntimeError(f"The letter is {item.fate}.")

    return Waking(_topic(delivered), must_be_noted)


def mail(visits: Visits) -> Waking:
    """A complainant answers to a letter."""
    address = f"{uuid4().hex}@customer.example"
    taken = visits.submit(address)
    before = _case(taken)
    to = reply_address.of_case(before, container().secrets.ring("access"), INBOX)
    raw = (
        f"From: Ada <{address}>\r\nTo: {to}\r\nMessage-ID: <{uuid4().hex}@customer.example>\r\n"
        f"Subject: Re: Your complaint\r\n\r\nThe second cup broke today.\r\n"
    ).encode()
    id = uuid4().hex
    fake_aws_services.put_file(f"inbound/{id}", raw)

    def must_be_joined() -> None:
        if _case(taken).complaint.version == before.complaint.version:
            raise RuntimeError("The mail did not join its case.")

    return Waking(_topic(notification(id, raw, datetime.now(UTC))), must_be_joined)


def minute() -> Waking:
    """The schedule, on which nothing is due."""
    return Waking(schedule_event(datetime.now(UTC)))


def _case(taken: Taken) -> Case:
    case = container().cases.load(taken.reference)
    if case is None:
        raise RuntimeError(f"There is no case {taken.reference}.")
    return case


def _topic(message: Any) -> Event:
    text = json.dumps(message, default=datetime.isoformat)
    return {
        "Records": [
            {"EventSource": "aws:sns", "Sns": {"Message": text, "Subject": None, "MessageAttributes": {}}}
        ]
    }

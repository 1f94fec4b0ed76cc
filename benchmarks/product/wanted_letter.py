"""A letter that waits in the outbox, as the stream of the table tells it to the function that sends it."""

import json
import time
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from benchmarks.product.gateway_requests import Event, Taken
from complaints.adapters.dynamodb.key_schema import case_pk, letter_sk
from complaints.adapters.dynamodb.models import LetterItem

ACKNOWLEDGEMENT = "000001.1"


@dataclass(frozen=True)
class WantedLetter:
    """The first letter of a case."""

    reference: str

    def event(self) -> Event:
        """The batch of the stream that holds its record alone."""
        return batch_of(self._item().to_dynamodb_dict())

    def must_be_sent(self) -> None:
        """Raises RuntimeError where it was not: a function that did nothing has no failure to tell of."""
        state = self._item().state
        if state != "sent":
            raise RuntimeError(f"The letter is {state}.")

    def _item(self) -> LetterItem:
        return LetterItem.get(case_pk(self.reference), letter_sk(ACKNOWLEDGEMENT), consistent_read=True)


def batch_of(image: dict[str, Any]) -> Event:
    """A batch of the stream that holds one new item alone."""
    plain = json.loads(json.dumps(image, default=lambda each: b64encode(each).decode()))
    change = {
        # A record that is late leaves room for letters that may not wait.
        "ApproximateCreationDateTime": int(time.time()),
        "Keys": {name: plain[name] for name in ("pk", "sk")},
        "NewImage": plain,
        "SequenceNumber": "1",
        "SizeBytes": 1,
        "StreamViewType": "NEW_IMAGE",
    }
    record = {
        "awsRegion": "eu-central-1",
        "dynamodb": change,
        "eventID": "1",
        "eventName": "INSERT",
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:000000000000:table/bench/stream/bench",
    }
    return {"Records": [record]}


def of(taken: Taken) -> WantedLetter:
    """The acknowledgement of a complaint."""
    return WantedLetter(taken.reference)

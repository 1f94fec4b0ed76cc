"""An installation whose mails meet faults: letters leave, what became of them is told, and answers come in.

What the platform brings may come twice, late and in any order; it is kept in lists for tests to pick from.
"""

import base64
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from msgspec.structs import replace

from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.models import LetterItem
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.letters import AddressFailed, LetterFailed, LetterSent
from complaints.case.correspondence.messages import MessageReceived
from complaints.case.fact import Fact
from complaints.case.process.acknowledgement import Acknowledged
from complaints.case.process.receipt import Received
from complaints.casework.command import StaffCommand
from complaints.casework.correspondence.messages import Message
from complaints.casework.process.closing import Withdraw
from complaints.context.decision_context import Context
from complaints.delivery import reply_address
from complaints.delivery.delivery_state import DeliveryState
from complaints.handling import verify_chain
from complaints.handling.service import Submission
from complaints.values.people import COMPLAINANT
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.workers import inbound_mail
from functions.workers.letters import backoff, outbox, ses_events
from functions.workers.letters.outbox import LONGEST_SENDING
from infrastructure.local.aws.ses import SIMULATOR
from tests.attachments.samples import PNG
from tests.builders import ADA, MONDAY, receive
from tests.faults.mail_service import MailService
from tests.inbound_mail.hostile_mails import multipart, part
from tests.installation import Installation, opened

FIRST = "000001.1"
"""The acknowledgement."""
INBOX = "in.example.org"
WRITTEN = "The lamp is still broken."
PICTURE = part(base64.b64encode(PNG).decode(), "image/png; name=lamp.png", Content_Transfer_Encoding="base64")


class Record(NamedTuple):
    """A record of the stream."""

    new_image: dict[str, Any]
    sequence_number: str = "1"
    timestamp: datetime = MONDAY.replace(tzinfo=None)
    event_name: str = "INSERT"

    @property
    def keys(self) -> dict[str, dict[str, str]]:
        """Letters are found by what was written, and not by its key."""
        return {}


class Batch(list[Record]):
    """A batch of them, with time enough."""

    context: Any

    def __init__(self, *records: Record) -> None:
        super().__init__(records)
        self.context = self

    def get_remaining_time_in_millis(self) -> int:
        return LONGEST_SENDING


class Told(NamedTuple):
    """What a topic brings."""

    message: str


class Mails:
    """One installation over a table; `records`, `arrivals` and `service.events` were brought so far."""

    def __init__(self, installation: Installation, service: MailService) -> None:
        self.installation, self.service = installation, service
        installation.world.settings = replace(installation.world.settings, inbound_domain=INBOX)
        self.records: list[Record] = []
        self.arrivals: list[str] = []

    def complain(self, box: str, key: str, **details: Any) -> str:
        """Somebody complains whose mail has the fate that the box names."""
        here = self.installation.world
        context = Context(now=here.now(), by=COMPLAINANT, terms=here.sites.terms("demo"))
        complaint = receive(email=f"{box}-{key}@{SIMULATOR}", **details)
        taken = here.casework.receive(complaint, context, Submission(site="demo", key=key, body="b"))
        self.look(taken.case.complaint.reference)
        return taken.case.complaint.reference

    def forget(self) -> None:
        """What was brought so far comes no more."""
        for brought in (self.records, self.arrivals, self.service.events):
            brought.clear()

    def write(self, reference: str) -> None:
        """Staff write to the complainant."""
        self.does(reference, Message(text="We have asked the courier."))

    def does(self, reference: str, command: StaffCommand) -> None:
        """Staff carry a command out."""
        here = self.installation.world
        case = here.cases.load(reference)
        assert case is not None
        context = Context(now=here.now(), by=ADA, terms=here.sites.terms("demo"))
        here.casework.carry_out(case, command, context)
        self.look(reference)

    def withdraw(self, reference: str) -> None:
        """The complainant takes the complaint back."""
        here = self.installation.world
        case = here.cases.load(reference)
        assert case is not None
        context = Context(now=here.now(), by=COMPLAINANT, terms=here.sites.terms("demo"))
        here.casework.carry_out(case, Withdraw(), context)
        self.look(reference)

    def look(self, reference: str) -> list[Record]:
        """The letters that are wanted now, as the stream brings them."""
        items = LetterItem.query(
            case_pk(reference), LetterItem.sk.startswith("letter#"), consistent_read=True
        )
        expected = [Record(item.serialize()) for item in items if item.state == "wanted"]
        self.records += expected
        return expected

    def answer(self, reference: str, id: str) -> None:
        """The complainant answers by mail, with a picture; the mail lies in the bucket."""
        here = self.installation.world
        case = here.cases.load(reference)
        assert case is not None
        to = reply_address.of_case(case, here.secrets.ring("access"), INBOX)
        ((_, found), *_) = opened_facts_of(container(), reference, {1}, "en")
        assert isinstance(found, Received)
        email = str(found.email)
        raw = multipart(part(WRITTEN), PICTURE, Message_ID=f"<{id}@example.org>", From=email)
        self.service.files[f"inbound/{id}"] = raw
        receipt = {
            "recipients": [to],
            "action": {"objectKey": f"inbound/{id}"},
            "dmarcVerdict": {"status": "PASS"},
        }
        arrived = {
            "mail": {"messageId": id, "timestamp": here.now().isoformat(), "source": email},
            "receipt": receipt,
        }
        self.arrivals.append(json.dumps(arrived))

    def send(self, *records: Record) -> None:
        outbox.send_letters(Batch(*records))

    def settle(self, event: str) -> None:
        ses_events.settle_letter(Told(event))

    def take(self, arrival: str) -> None:
        inbound_mail.take_mail(Told(arrival))

    def recover(self, reference: str) -> None:
        """All that waits is done, and what was cut off is taken up again: no more faults."""
        for _ in range(9):
            self.send(*self.look(reference))
            for event in list(self.service.events):
                self.settle(event)
            if all(each.is_marked for each in self.letters(reference)):
                break
            self.installation.run_schedule(max(backoff.BOUNCE_DELAY, CLAIM_GRACE))
        for arrival in self.arrivals:
            self.take(arrival)

    def letters(self, reference: str) -> list[DeliveryState]:
        return [
            state
            for state in self.installation.world.outbox.of_case(reference)
            if state.letter.to == "complainant"
        ]

    def facts(self, reference: str) -> list[Fact]:
        entries = self.installation.world.cases.entries(reference)
        return [fact for entry in entries for fact in decode(entry.data).facts]


def check(mails: Mails, reference: str, answers: int = 0) -> None:
    """No letter is lost, none left twice unless it is said that it may have, and each thing is said once."""
    facts = mails.facts(reference)
    complaint = mails.installation.complaint(reference)
    assert list(verify_chain.flaws(complaint, mails.installation.world.cases.entries(reference))) == []
    doubtful = {fact.letter for fact in facts if isinstance(fact, LetterSent) and fact.doubtful}
    for state in mails.letters(reference):
        letter = state.letter.id
        left = mails.service.of(reference, letter)
        assert state.state in ("sent", "failed", "to_print"), (letter, state.state)
        assert left or state.state != "sent", (letter, "lost")
        assert len({sent.message for sent in left}) <= 1, (letter, "says two things")
        again = len(left) - 1 - sum(sent.fate == "full" for sent in left[:-1])
        assert again <= 0 or letter in doubtful, (letter, "sent twice")
    once = Counter(
        (type(fact).__name__, getattr(fact, "message_id", None) or getattr(fact, "letter", None))
        for fact in facts
        if isinstance(fact, LetterSent | LetterFailed | AddressFailed | Acknowledged)
    )
    assert set(once.values()) <= {1}, once
    (found,) = [fact for fact in facts if isinstance(fact, Acknowledged)]
    assert FIRST in doubtful or found.told_at == mails.service.of(reference, FIRST)[0].at
    assert len([fact for fact in facts if isinstance(fact, MessageReceived)]) == answers
    assert [file.state for file in complaint.attachments] == ["kept"] * answers


@contextmanager
def installed(table: str) -> Iterator[Mails]:
    """An installation with a mail service of its own, whose clocks are one."""
    service = MailService()
    with opened(table, mail_sender=service.post, files=service.store) as installation:
        service.now = installation.clock.now
        yield Mails(installation, service)

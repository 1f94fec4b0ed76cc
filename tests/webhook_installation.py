"""An installation whose demo site has a webhook: letters leave as the stream brings them, and time passes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.models import LetterItem
from complaints.audit_trail.hash_chain import decode
from complaints.casework.service import Submission
from complaints.commands.command import Command
from complaints.context.case import Case
from complaints.context.context import Given
from complaints.delivery.delivery_state import Kept
from complaints.events.event import Fact
from complaints.model.letter import LetterKind
from complaints.settings.commands import ChangeSite, RotateSecret
from complaints.settings.setting import Kind
from complaints.site.site import Handling
from complaints.values.people import COMPLAINANT, Actor
from functions.workers import outbox
from infrastructure.local.seed import surroundings
from tests.builders import receive
from tests.faults.fault_process import MailFolder
from tests.faults.mail_installation import Batch, Record
from tests.installation import House, opened
from tests.webhook_receivers import FakeWebhooks, Receiver

ADDRESS = "https://shop.example/hook"
"""Nobody is called there: a receiver in memory stands in."""


class Hooked:
    """The installation, the receiver of its webhooks, and the mails that left."""

    def __init__(self, house: House, receiver: Receiver, post: MailFolder, fake: FakeWebhooks) -> None:
        self.house, self.receiver, self.post, self._fake = house, receiver, post, fake

    def has(self, webhook: str | None) -> None:
        """The site's webhook is this one from now on."""
        site = self.house.world.sites.terms("demo").site
        told = {name: getattr(site, name) for name in Handling.__struct_fields__} | {"webhook": webhook}
        self._change(ChangeSite(**told, reason="Agreed."))

    def rotate(self) -> None:
        self._change(RotateSecret(reason="It stood in a log."))

    def complain(self, key: str = "k", **told: Any) -> str:
        given = self._given(COMPLAINANT)
        submission = Submission(site="demo", key=key, body="b")
        taken = self.house.world.casework.receive(receive(**told), given, submission)
        return taken.case.complaint.reference

    def does(self, reference: str, by: Actor, command: Command) -> None:
        self.house.world.casework.carry_out(self.case(reference), command, self._given(by))

    def case(self, reference: str) -> Case:
        found = self.house.world.cases.load(reference)
        assert found is not None
        return found

    def wanted(self, *references: str) -> list[Record]:
        """The letters of cases that are wanted, as the stream may bring them: webhooks before mails."""
        items = [
            item
            for each in references
            for item in LetterItem.query(
                case_pk(each), LetterItem.sk.startswith("letter#"), consistent_read=True
            )
            if item.state == "wanted"
        ]
        found = [Record(item.serialize(), str(number)) for number, item in enumerate(items, 1)]
        return found[::-1]

    def deliver(self, *references: str) -> list[dict[str, str]]:
        """Sends what is wanted; what could not be done."""
        self._fake.forget()
        return outbox.send_letters(Batch(*self.wanted(*references)))["batchItemFailures"]

    def passes(self, time: timedelta, *references: str) -> None:
        """Time passes, and what waits until then leaves."""
        self.house.run_schedule(time)
        self.deliver(*references)

    def webhooks(self, reference: str) -> list[Kept]:
        kept = self.house.world.letterbox.of_case(reference)
        return [each for each in kept if each.letter.kind is LetterKind.WEBHOOK]

    def facts(self, reference: str) -> list[Fact]:
        """What happened with webhooks."""
        entries = self.house.world.cases.entries(reference)
        facts = [fact for entry in entries for fact in decode(entry.data).facts]
        return [fact for fact in facts if getattr(fact, "kind", None) == "webhook"]

    def _change(self, command: ChangeSite | RotateSecret) -> None:
        here = self.house.world
        here.office.carry_out(here.registry.load(Kind.SITE, "demo"), command, surroundings(here))
        here.sites.forget("demo")

    def _given(self, by: Actor) -> Given:
        return Given(now=self.house.world.now(), by=by, terms=self.house.world.sites.terms("demo"))


@contextmanager
def hooked(table: str, folder: Path) -> Iterator[Hooked]:
    """An installation over a table, whose mails lie in a folder."""
    receiver, post = Receiver(), MailFolder(folder)
    fake = FakeWebhooks(receiver)
    with opened(table, post=post, webhooks=fake) as house:
        hooked = Hooked(house, receiver, post, fake)
        hooked.has(ADDRESS)
        yield hooked

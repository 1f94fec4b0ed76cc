"""An installation whose demo site has a webhook: letters leave as the stream brings them, and time passes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from complaints.adapters.dynamodb.key_schema import case_pk
from complaints.adapters.dynamodb.models import LetterItem
from complaints.audit_trail.hash_chain import decode
from complaints.case.correspondence.letter import LetterKind
from complaints.case.fact import Fact
from complaints.casework.command import Command
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.delivery.delivery_state import DeliveryState
from complaints.handling.service import Submission
from complaints.settings.commands import (
    ChangeSite,
    RotateSecret,
)
from complaints.settings.setting import SettingKind
from complaints.site.site import HandlingProfile
from complaints.values.people import COMPLAINANT, Actor
from functions.workers.letters import outbox
from infrastructure.local.seed import surroundings
from tests.builders import receive
from tests.faults.fault_process import MailFolder
from tests.faults.mail_installation import Batch, Record
from tests.installation import Installation, opened
from tests.webhooks.receivers import FakeWebhooks, Receiver

ADDRESS = "https://shop.example/hook"
"""Nobody is called there: a receiver in memory stands in."""


class Hooked:
    """The installation, the receiver of its webhooks, and the mails that left."""

    def __init__(
        self, installation: Installation, receiver: Receiver, post: MailFolder, fake: FakeWebhooks
    ) -> None:
        self.installation, self.receiver, self.post, self._fake = installation, receiver, post, fake

    def has(self, webhook: str | None) -> None:
        """The site's webhook is this one from now on."""
        site = self.installation.world.sites.terms("demo").site
        expected = {name: getattr(site, name) for name in HandlingProfile.__struct_fields__} | {
            "webhook": webhook
        }
        self._change(ChangeSite(**expected, reason="Agreed."))

    def rotate(self) -> None:
        self._change(RotateSecret(reason="It stood in a log."))

    def complain(self, key: str = "k", **fields: Any) -> str:
        context = self._given(COMPLAINANT)
        submission = Submission(site="demo", key=key, body="b")
        taken = self.installation.world.casework.receive(receive(**fields), context, submission)
        return taken.case.complaint.reference

    def does(self, reference: str, by: Actor, command: Command) -> None:
        self.installation.world.casework.carry_out(self.case(reference), command, self._given(by))

    def case(self, reference: str) -> Case:
        found = self.installation.world.cases.load(reference)
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
        self.installation.run_schedule(time)
        self.deliver(*references)

    def webhooks(self, reference: str) -> list[DeliveryState]:
        states = self.installation.world.outbox.of_case(reference)
        return [each for each in states if each.letter.kind is LetterKind.WEBHOOK]

    def facts(self, reference: str) -> list[Fact]:
        """What happened with webhooks."""
        entries = self.installation.world.cases.entries(reference)
        facts = [fact for entry in entries for fact in decode(entry.data).facts]
        return [fact for fact in facts if getattr(fact, "kind", None) == "webhook"]

    def _change(self, command: ChangeSite | RotateSecret) -> None:
        here = self.installation.world
        here.settings_service.carry_out(
            here.settings_store.load(SettingKind.SITE, "demo"), command, surroundings(here)
        )
        here.sites.forget("demo")

    def _given(self, by: Actor) -> Context:
        return Context(
            now=self.installation.world.now(), by=by, terms=self.installation.world.sites.terms("demo")
        )


@contextmanager
def hooked(table: str, folder: Path) -> Iterator[Hooked]:
    """An installation over a table, whose mails lie in a folder."""
    receiver, post = Receiver(), MailFolder(folder)
    fake = FakeWebhooks(receiver)
    with opened(table, mail_sender=post, webhooks=fake) as installation:
        hooked = Hooked(installation, receiver, post, fake)
        hooked.has(ADDRESS)
        yield hooked

"""What becomes of a reply: it joins its case in every layout, and no machine's answer does."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from complaints.adapters.container import container
from complaints.case.correspondence.mail import AutomaticKind, MailEnvelope, MailOutcome, ReceivedMail
from complaints.context.decision_context import Context
from complaints.delivery import reply_address
from complaints.handling.service import Submission
from complaints.values.people import COMPLAINANT
from functions.workers import inbound_routing
from infrastructure.local.aws.s3 import LocalS3, PresignedUrls
from tests.builders import MONDAY, receive
from tests.inbound_mail.hostile_mails import OF_MACHINES, mail
from tests.inbound_mail.replies import replies
from tests.inbound_mail.reply_languages import LANGUAGES
from tests.installation import Installation, opened

DOMAIN = "in.answerable.example"


class Inbox:
    """The inbox of an installation in which ada@example.org complains before each mail."""

    def __init__(self, installation: Installation, files: LocalS3) -> None:
        self._world, self._files, self._at = installation.world, files, MONDAY
        installation.world.settings = replace(installation.world.settings, inbound_domain=DOMAIN)

    def takes(self, raw: bytes, *, passes: bool = True, envelope: str = "ada@example.org") -> ReceivedMail:
        """What became of a mail to the address of a case."""
        self._at += timedelta(seconds=1)
        self._files.bring("k", raw)
        to = self._address_of_a_case(f"k{self._at}")
        arrival = MailEnvelope(key="k", received_at=self._at, envelope=envelope, recipients=(to,))
        inbound_routing.route(container(), replace(arrival, passes_dmarc=passes))
        (stored,), _ = self._world.inbound_mail.page("demo", after=None, limit=1)
        return stored

    def _address_of_a_case(self, key: str) -> str:
        context = Context(now=MONDAY, by=COMPLAINANT, terms=self._world.sites.terms("demo"))
        submission = Submission(site="demo", key=key, body="b")
        taken = self._world.casework.receive(receive(email="ada@example.org"), context, submission)
        return reply_address.of_case(taken.case, self._world.secrets.ring("access"), DOMAIN)


@pytest.fixture
def inbound_mail(table: str, tmp_path: Path) -> Iterator[Inbox]:
    addresses = PresignedUrls("http://127.0.0.1", b"k", lambda: MONDAY)
    files = LocalS3(tmp_path, addresses, lambda: MONDAY)
    with opened(table, files=files) as installation:
        yield Inbox(installation, files)


def test_a_reply_in_any_layout_and_language_joins_its_case(inbound_mail: Inbox) -> None:
    """What staff see holds each word of it, and the whole that it was taken from."""
    for reply in replies():
        stored = inbound_mail.takes(reply.raw)
        assert (stored.outcome, stored.reference is None) == (MailOutcome.JOINED, False), reply.id
        assert Counter(reply.own.split()) - Counter(stored.text.split()) == Counter(), reply.id


def test_a_machine_s_answer_is_never_a_message(inbound_mail: Inbox) -> None:
    for phrases in LANGUAGES.values():
        stored = inbound_mail.takes(mail(phrases.one, Subject=phrases.away))
        assert (stored.outcome, stored.reason) == (MailOutcome.AUTOMATIC, AutomaticKind.REPLY)
    for kind, raw in OF_MACHINES.values():
        stored = inbound_mail.takes(raw, envelope="" if b"Return-Path: <>" in raw else "ada@example.org")
        assert stored.outcome is not MailOutcome.JOINED
        assert stored.reason == kind or kind == AutomaticKind.OWN


def test_a_reply_that_nobody_vouches_for_waits_in_any_layout(inbound_mail: Inbox) -> None:
    for reply in list(replies())[::6]:
        assert inbound_mail.takes(reply.raw, passes=False).outcome == MailOutcome.UNVERIFIED


def test_a_reply_of_somebody_else_waits(inbound_mail: Inbox) -> None:
    assert inbound_mail.takes(mail(From="mallory@example.org")).outcome == MailOutcome.FROM_ANOTHER

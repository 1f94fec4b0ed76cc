"""Webhooks to a site's own systems: that something happened in a case, and nothing that a person wrote.

A webhook is a letter to a program. Its message has the form of the Standard Webhooks specification 1.0.0
(standardwebhooks.com), and follows from the letter alone, so that each attempt sends the same bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.deadlines import DeadlineExtended, DeadlineMissed
from complaints.case.fact import Fact
from complaints.case.facts import FACTS
from complaints.casework.process.imports import is_silent
from complaints.delivery.webhook_log import TEST
from complaints.letters.draft import draft
from complaints.site.site import SiteTerms
from complaints.values.field_types import Stage

EVENTS: dict[type[Fact], str] = {fact: fact.WEBHOOK for fact in FACTS if fact.WEBHOOK}
"""What happened to a case that its complainant is shown, but for what concerns the person alone."""

TO = "webhook"
"""The reader of such letters."""


class Told(Struct, frozen=True, kw_only=True):
    """The case as it stood after that: `entry` is the number of the entry in its chain.

    `clock` is the promise that binds, `due` until when; or those that were missed or extended. Both are null
    where nothing is due.
    """

    reference: str
    site: str
    stage: Stage
    level: int
    entry: int
    clock: str | None
    due: datetime | None


class WebhookMessage(Struct, frozen=True, kw_only=True):
    """What happened (`type`), when (`timestamp`, in UTC), and to which case (`data`)."""

    type: str
    timestamp: datetime
    data: Told


def announced(
    complaint: Complaint, happened: Iterable[Fact], terms: SiteTerms, after: int
) -> Iterator[Letter]:
    """A letter for each fact that is sent to the site's systems, numbered `after` the mails of the entry.

    `complaint` is the state after it. A fact without letters has no webhook either.
    """
    data = (fact for fact in happened if type(fact) in EVENTS and _is_public(complaint, fact))
    for place, fact in enumerate(data, start=after + 1):
        clock = _clock(complaint, fact)
        yield draft(
            complaint,
            LetterKind.WEBHOOK,
            f"{complaint.number:06d}.{place}",
            fact.at,
            language=terms.site.language,
            to=TO,
            promises=(),
            clock=clock.purpose if clock else None,
            due=clock.due if clock else None,
            event=EVENTS[type(fact)],
            stage=complaint.stage,
        )


def message(letter: Letter) -> bytes:
    """The body of a webhook: JSON, the same at each attempt."""
    assert letter.event is not None
    assert letter.stage is not None
    data = Told(
        reference=letter.reference,
        site=letter.site,
        stage=letter.stage,
        level=letter.level,
        entry=int(letter.id.partition(".")[0]),
        clock=letter.clock,
        due=letter.due and letter.due.astimezone(UTC),
    )
    at = letter.called_for.astimezone(UTC)
    return msgspec.json.encode(WebhookMessage(type=letter.event, timestamp=at, data=data))


class Tested(Struct, frozen=True, kw_only=True):
    """What a test says: of which site it is."""

    site: str


class TestMessage(Struct, frozen=True, kw_only=True):
    """A message of the type `webhook.test`: an administrator tries whether the webhook works."""

    type: str
    timestamp: datetime
    data: Tested


def test_message(site: str, now: datetime) -> tuple[str, bytes]:
    """The id and the body of a test at an instant."""
    at = now.astimezone(UTC)
    body = TestMessage(type=TEST, timestamp=at, data=Tested(site=site))
    return f"test_{site}_{int(at.timestamp())}", msgspec.json.encode(body)


def message_id(letter: Letter) -> str:
    """By which a receiver knows a repeat: that of the letter, without a full stop, which the signature needs.

    >>> from types import SimpleNamespace
    >>> message_id(SimpleNamespace(reference="C-7K3M9-QX2HT-7", id="000007.2"))
    'C-7K3M9-QX2HT-7_000007_2'
    """
    return f"{letter.reference}_{letter.id.replace('.', '_')}"


def _is_public(complaint: Complaint, fact: Fact) -> bool:
    """Internal promises are not published; what was imported quietly is not announced again."""
    if is_silent(complaint, fact):
        return False
    return (
        not isinstance(fact, DeadlineMissed | DeadlineExtended)
        or complaint.clock(fact.clock).is_for_complainant
    )


def _clock(complaint: Complaint, fact: Fact) -> Clock | None:
    if isinstance(fact, DeadlineMissed | DeadlineExtended):
        return complaint.clock(fact.clock)
    return complaint.binding_clock

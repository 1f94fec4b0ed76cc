"""Sends webhooks: letters to a site's own systems, each retried until it is accepted or fails for good.

    claim ─▶ sign ─▶ call ─▶ mark as sent, through casework
                       ├──▶ later: put off, by `LATER`
                       └──▶ gone, or too often: mark as failed, and set aside for `make replay`

An attempt that dies is resumed like that of a mail; the receiver knows a repeat by its id.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.context.case import Case, ClaimedLetter, LetterMark
from complaints.context.ports import WebhookDelayed, WebhookRefused
from complaints.delivery.delivery_state import FAILED, SENT
from complaints.delivery.letter_digest import sent_digest
from complaints.delivery.webhook_log import DeliveryResult, WebhookDelivery
from complaints.delivery.webhook_signing import signed_headers
from complaints.letters.webhook_events import message, message_id
from complaints.site.site import SiteTerms
from functions.workers.letters.delivery_record import put_on_record

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LATER = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 300, 480, 480))
"""How long it waits after each attempt: about a day in all. Then it fails for good."""

ACCEPTED = "2xx"
"""What is noted of an answer that accepts a message."""

FAILED_WEBHOOKS_METRIC = "WebhooksGivenUp"
"""The metric that counts them: an operator may want an alarm on it (docs/deploy.md)."""


def send(deps: "Container", claimed: ClaimedLetter, case: Case, terms: SiteTerms) -> None:
    """Sends one webhook that was claimed; where the site takes none any more, no call is made."""
    letter = claimed.letter
    address = terms.site.webhook
    if address is None:
        deps.outbox.spare(claimed)
        return
    id, body, now = message_id(letter), message(letter), deps.now()
    try:
        headers = signed_headers(deps.secrets.ring("webhook"), terms.site, id, body, now)
        deps.webhooks.send(address, body, headers)
    except WebhookDelayed as delayed:
        if claimed.attempts <= len(LATER):
            _put_off(deps, claimed, delayed, now)
        else:
            _give_up(deps, claimed, str(delayed), case, terms)
    except WebhookRefused as refused:
        _give_up(deps, claimed, str(refused), case, terms)
    else:
        _sent(deps, claimed, id, sent_digest(body), case, terms)


def _put_off(deps: "Container", claimed: ClaimedLetter, delayed: WebhookDelayed, now: datetime) -> None:
    """Until the next moment of the plan, or later where the receiver asks for it."""
    letter, planned = claimed.letter, LATER[claimed.attempts - 1]
    wait = min(max(planned, delayed.after or planned), LATER[-1])
    deps.outbox.put_off(claimed, now + wait)
    _log(deps, claimed, DeliveryResult.WAITING, str(delayed), next_try=now + wait)
    telemetry.note(
        "webhook put off",
        reference=letter.reference,
        letter=letter.id,
        attempts=claimed.attempts,
        why=str(delayed),
    )


def _sent(
    deps: "Container", claimed: ClaimedLetter, id: str, digest: str, case: Case, terms: SiteTerms
) -> None:
    letter = claimed.letter
    taken = LetterTaken(
        letter=letter.id, kind=letter.kind, message_id=id, doubtful=claimed.doubtful, digest=digest
    )
    mark = LetterMark(letter=letter.id, attempt=claimed.attempt, state=SENT, message_id=id, digest=digest)
    put_on_record(deps, case, taken, mark, terms)
    _log(deps, claimed, DeliveryResult.SENT, ACCEPTED)


def _give_up(deps: "Container", claimed: ClaimedLetter, why: str, case: Case, terms: SiteTerms) -> None:
    letter = claimed.letter
    refused = LetterRefused(letter=letter.id, kind=letter.kind, reason=why)
    mark = LetterMark(letter=letter.id, attempt=claimed.attempt, state=FAILED, aside_at=deps.now())
    put_on_record(deps, case, refused, mark, terms)
    _log(deps, claimed, DeliveryResult.FAILED, why)
    telemetry.count(FAILED_WEBHOOKS_METRIC)


def _log(
    deps: "Container",
    claimed: ClaimedLetter,
    result: DeliveryResult,
    answer: str,
    next_try: datetime | None = None,
) -> None:
    """Notes the attempt for the administrators of the site, once all else is done."""
    letter = claimed.letter
    delivery = WebhookDelivery(
        event=letter.event or "",
        called_for=letter.called_for,
        reference=letter.reference,
        letter=letter.id,
        result=result,
        answer=answer,
        attempts=claimed.attempts,
        at=deps.now(),
        next_try=next_try,
    )
    deps.webhook_log.note(letter.site, delivery)

"""What became of a digest that was mailed: the same of each letter that is a line of it.

taken ──────────────▶ each line is marked as sent, and the digest is not sent again
bounced, for now ───▶ the same digest once more, some hours later, as often as any letter
failed, unwanted ───▶ a fact on the case of each line, shown at the desk like any letter that failed
"""

from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.context.case import ClaimedLetter
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.delivery.delivery_state import FAILED, SENT, DeliveryState
from complaints.values.errors import Unavailable
from functions.workers.letters.backoff import BOUNCE_DELAY, MOST_BOUNCES
from functions.workers.letters.digests import DigestOutcome, marked

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def settle(deps: "Container", delivery: DeliveryEvent) -> None:
    """Does what follows from one event, however often it is heard. Raises `Unavailable` where a line could
    not be marked: the event comes again."""
    letter_state = deps.outbox.note(delivery)
    telemetry.correlate(letter_state.correlation if letter_state else "")
    telemetry.note(
        "mail event",
        reference=delivery.reference,
        letter=delivery.letter,
        fate=delivery.fate,
        counts=letter_state is not None,
    )
    if letter_state is None or letter_state.state == FAILED:
        return
    if delivery.fate.was_taken and letter_state.state != SENT:
        _taken(deps, letter_state, delivery)
    if delivery.fate is DeliveryOutcome.BOUNCED and letter_state.bounces < MOST_BOUNCES - 1:
        deps.digests.send_again(delivery, deps.now() + BOUNCE_DELAY)
    elif not delivery.fate.is_sent:
        _end(deps, letter_state, delivery, DigestOutcome(FAILED, reason=delivery.reason, by_service=True))


def _taken(deps: "Container", letter_state: DeliveryState, delivery: DeliveryEvent) -> None:
    """It is out, whatever the attempt that sent it could still do."""
    deps.digests.note_sent(_attempt(letter_state, delivery), delivery.message_id, deps.now())
    _end(deps, letter_state, delivery, DigestOutcome(SENT, delivery.message_id, letter_state.doubtful))


def _end(
    deps: "Container", letter_state: DeliveryState, delivery: DeliveryEvent, outcome: DigestOutcome
) -> None:
    """All its lines are marked before it is due no more."""
    done = [marked(deps, held, outcome) for held in deps.digests.lines(letter_state.letter)]
    if not all(done):
        raise Unavailable
    deps.digests.finish(_attempt(letter_state, delivery), outcome.state)


def _attempt(letter_state: DeliveryState, delivery: DeliveryEvent) -> ClaimedLetter:
    return ClaimedLetter(
        letter_state.letter,
        delivery.attempt,
        letter_state.attempts,
        letter_state.doubtful,
        delivery.message_id,
    )

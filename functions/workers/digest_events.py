"""What became of a digest that was mailed: the same of each letter that is a line of it.

taken ──────────────▶ each line is marked as sent, and the digest is not sent again
bounced, for now ───▶ the same digest once more, some hours later, as often as any letter
failed, unwanted ───▶ a fact on the case of each line, shown at the desk like any letter that failed
"""

from typing import TYPE_CHECKING, Protocol

from complaints.adapters.config import telemetry
from complaints.context.case import ClaimedLetter
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.delivery.delivery_state import FAILED, SENT, DeliveryState
from complaints.values.errors import Unavailable
from functions.workers.backoff import BOUNCE_DELAY, MOST_BOUNCES
from functions.workers.digests import DigestOutcome, marked

if TYPE_CHECKING:
    from functions.workers.digests import DigestsDeps

    class DigestEventsDeps(DigestsDeps, Protocol):
        """The dependencies of this module: what its functions use of the container."""


def settle(deps: "DigestEventsDeps", told: DeliveryEvent) -> None:
    """Does what follows from one event, however often it is heard. Raises `Unavailable` where a line could
    not be marked: the event comes again."""
    kept = deps.outbox.note(told)
    telemetry.note(
        "mail event",
        reference=told.reference,
        letter=told.letter,
        fate=told.fate,
        counts=kept is not None,
    )
    if kept is None or kept.state == FAILED:
        return
    if told.fate.was_taken and kept.state != SENT:
        _taken(deps, kept, told)
    if told.fate is DeliveryOutcome.BOUNCED and kept.bounces < MOST_BOUNCES - 1:
        deps.digests.send_again(told, deps.now() + BOUNCE_DELAY)
    elif not told.fate.is_sent:
        _end(deps, kept, told, DigestOutcome(FAILED, reason=told.reason, by_service=True))


def _taken(deps: "DigestEventsDeps", kept: DeliveryState, told: DeliveryEvent) -> None:
    """It is out, whatever the attempt that sent it could still do."""
    deps.digests.note_sent(_attempt(kept, told), told.message_id, deps.now())
    _end(deps, kept, told, DigestOutcome(SENT, told.message_id, kept.doubtful))


def _end(deps: "DigestEventsDeps", kept: DeliveryState, told: DeliveryEvent, outcome: DigestOutcome) -> None:
    """All its lines are marked before it is due no more."""
    done = [marked(deps, held, outcome) for held in deps.digests.lines(kept.letter)]
    if not all(done):
        raise Unavailable
    deps.digests.finish(_attempt(kept, told), outcome.state)


def _attempt(kept: DeliveryState, told: DeliveryEvent) -> ClaimedLetter:
    return ClaimedLetter(kept.letter, told.attempt, kept.attempts, kept.doubtful, told.message_id)

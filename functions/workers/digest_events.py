"""What became of a digest that was mailed: the same of each letter that is a line of it.

taken ──────────────▶ each line is marked as sent, and the digest is not sent again
bounced, for now ───▶ the same digest once more, some hours later, as often as any letter
failed, unwanted ───▶ a fact on the case of each line, shown at the desk like any letter that failed
"""

from complaints.adapters.config import telemetry
from complaints.adapters.container import world
from complaints.context.case import Claimed
from complaints.delivery.delivery_event import Fate, MailEvent
from complaints.delivery.delivery_state import FAILED, SENT, Kept
from complaints.values.errors import Unavailable
from functions.workers.backoff import BOUNCE_DELAY, MOST_BOUNCES
from functions.workers.digests import Told, marked


def settle(told: MailEvent) -> None:
    """Does what follows from one event, however often it is heard. Raises `Unavailable` where a line could
    not be marked: the event comes again."""
    here = world()
    kept = here.letterbox.note(told)
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
        _taken(kept, told)
    if told.fate is Fate.BOUNCED and kept.bounces < MOST_BOUNCES - 1:
        here.digests.send_again(told, here.now() + BOUNCE_DELAY)
    elif not told.fate.is_sent:
        _end(kept, told, Told(FAILED, reason=told.reason, by_service=True))


def _taken(kept: Kept, told: MailEvent) -> None:
    """It is out, whatever the attempt that sent it could still do."""
    world().digests.note_sent(_attempt(kept, told), told.message_id, world().now())
    _end(kept, told, Told(SENT, told.message_id, kept.doubtful))


def _end(kept: Kept, told: MailEvent, outcome: Told) -> None:
    """All its lines are marked before it is due no more."""
    done = [marked(held, outcome) for held in world().digests.lines(kept.letter)]
    if not all(done):
        raise Unavailable
    world().digests.finish(_attempt(kept, told), outcome.state)


def _attempt(kept: Kept, told: MailEvent) -> Claimed:
    return Claimed(kept.letter, told.attempt, kept.attempts, kept.doubtful, told.message_id)

"""Delivery events of SES: they settle the outcomes that a sending attempt could not know.

    taken ─────────────▶ a letter that is not marked as sent is marked, and not sent again
    bounced, for now ──▶ the same letter once more, some hours later, at most `MOST_BOUNCES` times
    failed, unwanted ──▶ a fact on the case; a dead address is written to no more

An event counts for the attempt that it names, and may come twice, late, or in any order: a bounced mail was
accepted before, whichever event comes first.
"""

from typing import TYPE_CHECKING, Protocol

from complaints.adapters.config import telemetry
from complaints.adapters.container import container
from complaints.commands.case import LetterRefused, LetterTaken
from complaints.context.case import Case, LetterMark
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.delivery.delivery_state import FAILED, SENT, DeliveryState
from complaints.letters.digest import is_digest
from functions.http.lambda_events import TopicMessage
from functions.workers.backoff import BOUNCE_DELAY, MOST_BOUNCES
from functions.workers.delivery_record import put_on_record

if TYPE_CHECKING:
    from functions.workers.digest_events import DigestEventsDeps

    class SesEventsDeps(DigestEventsDeps, Protocol):
        """The dependencies of this module: what its functions use of the container."""


def settle_letter(event: TopicMessage) -> None:
    """Does what follows from one event of the mail service.

    What fails is tried again by the platform, and set aside when it fails each time.
    """
    deps = container()
    told = deps.ses.event(event.message, deps.now())
    if told:
        settle(deps, told)


def settle(deps: "SesEventsDeps", told: DeliveryEvent) -> None:
    """Does what follows from one event."""
    if is_digest(told.reference):
        # Imported lazily: few events are of digests.
        from functions.workers import digest_events

        digest_events.settle(deps, told)
        return
    kept = deps.outbox.note(told)
    case = deps.cases.load(told.reference) if kept and _changes(kept, told) else None
    named = {"reference": told.reference, "letter": told.letter, "fate": told.fate}
    telemetry.note("mail event", **named, counts=kept is not None)
    if kept is None or case is None:
        return
    if told.fate.was_taken and not _is_on_record(kept, told):
        case = _sent(deps, case, kept, told)
    if told.fate is DeliveryOutcome.BOUNCED and kept.bounces < MOST_BOUNCES - 1:
        deps.outbox.send_again(told, deps.now() + BOUNCE_DELAY)
    elif not told.fate.is_sent:
        _failed(deps, case, kept, told)


def _changes(kept: DeliveryState, told: DeliveryEvent) -> bool:
    """Whether anything follows: mostly the letter was marked before its events come."""
    return not (kept.is_marked if told.fate.is_sent else kept.state == FAILED)


def _is_on_record(kept: DeliveryState, told: DeliveryEvent) -> bool:
    """Whether this mail is: a letter that came back waits, and was marked as sent before."""
    return kept.is_marked or kept.message_id == told.message_id


def _sent(deps: "SesEventsDeps", case: Case, kept: DeliveryState, told: DeliveryEvent) -> Case:
    command = LetterTaken(
        letter=told.letter,
        kind=kept.letter.recorded_as,
        message_id=told.message_id,
        about=kept.letter.about,
        doubtful=kept.doubtful,
        taken_at=told.taken_at,
    )
    mark = LetterMark(
        letter=told.letter, attempt=told.attempt, state=SENT, message_id=told.message_id, told=True
    )
    return put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))


def _failed(deps: "SesEventsDeps", case: Case, kept: DeliveryState, told: DeliveryEvent) -> None:
    command = LetterRefused(
        letter=told.letter,
        kind=kept.letter.recorded_as,
        reason=told.reason,
        about=kept.letter.about,
        address_fails=told.fate.is_of_address and kept.letter.to == "complainant",
    )
    mark = LetterMark(letter=told.letter, attempt=told.attempt, state=FAILED, told=True)
    put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))

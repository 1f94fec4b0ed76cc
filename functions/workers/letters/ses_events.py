"""Delivery events of SES: they settle the outcomes that a sending attempt could not know.

    taken ─────────────▶ a letter that is not marked as sent is marked, and not sent again
    bounced, for now ──▶ the same letter once more, some hours later, at most `MOST_BOUNCES` times
    failed, unwanted ──▶ a fact on the case; a dead address is written to no more

An event counts for the attempt that it names, and may come twice, late, or in any order: a bounced mail was
accepted before, whichever event comes first.
"""

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.context.case import Case, LetterMark
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.delivery.delivery_state import FAILED, SENT, DeliveryState
from complaints.letters.notices.digest import is_digest
from complaints.letters.notices.invitation import is_invitation
from functions.http.lambda_events import TopicMessage
from functions.workers.letters.backoff import BOUNCE_DELAY, MOST_BOUNCES
from functions.workers.letters.delivery_record import put_on_record


def settle_letter(event: TopicMessage) -> None:
    """Does what follows from one event of the mail service.

    What fails is tried again by the platform, and set aside when it fails each time.
    """
    deps = container()
    delivery = deps.ses.event(event.message, deps.now())
    if delivery:
        settle(deps, delivery)


def settle(deps: Container, delivery: DeliveryEvent) -> None:
    """Does what follows from one event."""
    if is_digest(delivery.reference):
        # Imported lazily: few events are of digests.
        from functions.workers.letters import digest_events

        digest_events.settle(deps, delivery)
        return
    if is_invitation(delivery.reference):
        from functions.workers.letters import invitation_letters

        invitation_letters.settle(deps, delivery)
        return
    letter_state = deps.outbox.note(delivery)
    telemetry.correlate(letter_state.correlation if letter_state else "")
    case = deps.cases.load(delivery.reference) if letter_state and _changes(letter_state, delivery) else None
    named = {"reference": delivery.reference, "letter": delivery.letter, "fate": delivery.fate}
    telemetry.note("mail event", **named, counts=letter_state is not None)
    if letter_state is None or case is None:
        return
    if delivery.fate.was_taken and not _is_on_record(letter_state, delivery):
        case = _sent(deps, case, letter_state, delivery)
    if delivery.fate is DeliveryOutcome.BOUNCED and letter_state.bounces < MOST_BOUNCES - 1:
        deps.outbox.send_again(delivery, letter_state.letter, deps.now() + BOUNCE_DELAY)
    elif not delivery.fate.is_sent:
        _failed(deps, case, letter_state, delivery)


def _changes(letter_state: DeliveryState, delivery: DeliveryEvent) -> bool:
    """Whether anything follows: mostly the letter was marked before its events come."""
    return not (letter_state.is_marked if delivery.fate.is_sent else letter_state.state == FAILED)


def _is_on_record(letter_state: DeliveryState, delivery: DeliveryEvent) -> bool:
    """Whether this mail is: a letter that came back waits, and was marked as sent before."""
    return letter_state.is_marked or letter_state.message_id == delivery.message_id


def _sent(deps: Container, case: Case, letter_state: DeliveryState, delivery: DeliveryEvent) -> Case:
    command = LetterTaken(
        letter=delivery.letter,
        kind=letter_state.letter.recorded_as,
        message_id=delivery.message_id,
        about=letter_state.letter.about,
        doubtful=letter_state.doubtful,
        taken_at=delivery.taken_at,
    )
    mark = LetterMark(
        letter=delivery.letter,
        attempt=delivery.attempt,
        state=SENT,
        message_id=delivery.message_id,
        is_reported=True,
    )
    return put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))


def _failed(deps: Container, case: Case, letter_state: DeliveryState, delivery: DeliveryEvent) -> None:
    command = LetterRefused(
        letter=delivery.letter,
        kind=letter_state.letter.recorded_as,
        reason=delivery.reason,
        about=letter_state.letter.about,
        address_fails=delivery.fate.is_of_address and letter_state.letter.to == "complainant",
    )
    mark = LetterMark(letter=delivery.letter, attempt=delivery.attempt, state=FAILED, is_reported=True)
    put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))

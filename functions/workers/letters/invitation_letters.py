"""Letters of invitations: each is sent once, and the administrators see that one did not arrive.

claim ─▶ render, and keep what was rendered ─▶ send ─▶ done
taken, failed, bounced: what the mail service says later settles it, as for other letters
"""

from typing import TYPE_CHECKING
from uuid import uuid4

from complaints.adapters.config import telemetry
from complaints.context.case import ClaimedLetter
from complaints.context.ports import SendingDelayed, SendingRefused, SendingUnsure
from complaints.delivery.delivery_event import DeliveryEvent, DeliveryOutcome
from complaints.delivery.delivery_state import FAILED, SENT
from complaints.delivery.letter_digest import recipient_commitment, sent_digest
from complaints.delivery.rendered_letter import Reader
from complaints.letters.notices.invitation import id_in
from complaints.settings.member_commands import NoteUndelivered
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.people import MACHINE, Invitation
from functions.workers.letters import pace, waiting
from functions.workers.letters.backoff import BOUNCE_DELAY, MOST_BOUNCES
from functions.workers.letters.delivery_record import rendered

if TYPE_CHECKING:
    from complaints.adapters.container import Container


def deliver(deps: "Container", reference: str, letter: str) -> None:
    """Sends one letter, unless another attempt has it, or nobody can accept the invitation any more."""
    claimed = deps.outbox.claim(reference, letter, uuid4().hex, deps.now())
    if claimed is None:
        return
    invitation = deps.settings_store.load(SettingKind.INVITATION, id_in(reference)).record
    if not isinstance(invitation, Invitation) or not invitation.is_open(deps.now()):
        deps.outbox.spare(claimed)
        return
    tags = {
        "case": reference,
        "letter": letter.replace(".", "-"),
        "attempt": claimed.attempt,
        "kind": claimed.letter.kind,
    }
    try:
        message, to = rendered(deps.outbox, claimed, lambda: _written(deps, claimed, invitation))
        pace.send(deps, message, to, tags)
    except SendingRefused:
        _failed(deps, claimed)
    except SendingDelayed as delayed:
        waiting.put_off(deps, claimed, delayed)
    except SendingUnsure:
        waiting.count_wait(claimed, deps.now(), waiting.WaitReason.SERVICE)
        telemetry.note("letter may be sent", reference=reference, letter=letter, attempt=claimed.attempt)
    else:
        deps.digests.finish(
            claimed, SENT, digest=sent_digest(message), recipient=recipient_commitment(message, to)
        )


def settle(deps: "Container", delivery: DeliveryEvent) -> None:
    """Does what follows from one event of the mail service, however often it is heard."""
    state = deps.outbox.note(delivery)
    if state is None or state.state == FAILED:
        return
    attempt = ClaimedLetter(
        state.letter, delivery.attempt, state.attempts, state.doubtful, delivery.message_id
    )
    if delivery.fate is DeliveryOutcome.BOUNCED and state.bounces < MOST_BOUNCES - 1:
        deps.digests.finish(attempt, SENT)
        deps.digests.send_again(delivery, deps.now() + BOUNCE_DELAY)
    elif delivery.fate.is_sent:
        deps.digests.finish(attempt, SENT)
    else:
        _failed(deps, attempt)


def _failed(deps: "Container", claimed: ClaimedLetter) -> None:
    """The invitation says so before the letter is done: a run that dies between is gone on with."""
    invitation = deps.settings_store.load(SettingKind.INVITATION, id_in(claimed.letter.reference))
    context = SettingsContext(now=deps.now(), by=MACHINE, shipped_data=deps.shipped_data)
    deps.settings_service.carry_out(invitation, NoteUndelivered(letter=claimed.letter.id), context)
    deps.digests.finish(claimed, FAILED)
    telemetry.count(waiting.FAILED)


def _written(deps: "Container", claimed: ClaimedLetter, invitation: Invitation) -> tuple[bytes, str]:
    inviter = deps.members.find(invitation.invited_by) if invitation.invited_by else None
    message = deps.letter_renderer.message(
        claimed.letter,
        Reader(email=invitation.email, name=invitation.name, invited_by=inviter.name if inviter else None),
        deps.sites.terms(claimed.letter.site).site,
        sender=deps.settings.sender,
        text=None,
        link=f"{deps.settings.url}/desk/sign-in",
    )
    return message, invitation.email

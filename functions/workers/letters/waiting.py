"""Letters that do not leave now: each is put off, and counted by its reason (docs/alarms.md)."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.context.case import ClaimedLetter
from complaints.context.ports import SendingDelayed
from functions.workers.letters.backoff import RETRY_DELAYS

if TYPE_CHECKING:
    from complaints.adapters.container import Container


PUT_OFF, AGE = "LettersPutOff", "LetterAge"
"""How many were put off, by reason; and how many seconds one will have waited when it is tried again."""

FAILED, UNWRITTEN = "LettersFailed", "LettersUnwritten"
"""Those that will not arrive, as staff see at the desk; and those among them that we could not write."""


class WaitReason(StrEnum):
    """Why a letter waits: a cap of ours, letters that leave before it, a mail service that is busy or out of
    reach, or an account that takes none before an operator mends it."""

    LIMIT = "limit"
    PACE = "pace"
    SERVICE = "service"
    ACCOUNT = "account"


def put_off(deps: "Container", claimed: ClaimedLetter, delayed: SendingDelayed) -> None:
    """Puts off what the mail service does not take now, the longer the more often it was tried."""
    until = deps.now() + RETRY_DELAYS[min(claimed.attempts, len(RETRY_DELAYS)) - 1]
    deps.outbox.put_off(claimed, until)
    count_wait(claimed, until, WaitReason.ACCOUNT if delayed.needs_operator else WaitReason.SERVICE)


def hold_until(deps: "Container", claimed: ClaimedLetter, until: datetime) -> None:
    """Holds what is over a cap of ours until the count restarts. It waits as it should, so its age says
    nothing, and nobody refused it, so it was not tried."""
    deps.outbox.hold(claimed, until)
    telemetry.count(PUT_OFF, Reason=WaitReason.LIMIT)


def leave_to_schedule(letters: int) -> None:
    """Counts letters that are left as they are, wanted: the schedule wants them again in its own order."""
    telemetry.count(PUT_OFF, letters, Reason=WaitReason.PACE)


def count_wait(claimed: ClaimedLetter, until: datetime, reason: WaitReason) -> None:
    """Counts a letter that waits until an instant, and for how long it will have waited by then."""
    letter = claimed.letter
    wanted_at = max(letter.called_for, letter.not_before or letter.called_for)
    telemetry.count(PUT_OFF, Reason=reason)
    telemetry.count(AGE, (until - wanted_at).total_seconds(), unit="Seconds")

"""Records the delivery of a letter: its bytes before it is sent, and its fact after."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.case.correspondence.letter import LetterKind
from complaints.casework.command import Command
from complaints.casework.correspondence.letters import LetterRefused
from complaints.context.case import Case, ClaimedLetter, LetterMark, MarkLost
from complaints.context.decision_context import Context
from complaints.context.ports import SendingRefused
from complaints.site.site import SiteTerms
from complaints.values.errors import Unavailable
from complaints.values.people import MACHINE
from functions.workers.letters import waiting
from functions.workers.letters.backoff import MOST_ATTEMPTS

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.delivery.ports import Outbox


def rendered(
    outbox: "Outbox",
    claimed: ClaimedLetter,
    write: Callable[[], tuple[bytes, str]],
    *,
    is_outdated: bool = False,
    data_key: bytes | None = b"",
    is_sealed: bool = False,
) -> tuple[bytes, str]:
    """The rendered letter and its recipient: as an earlier attempt stored it, or rendered and stored now.

    With `is_outdated`, what an earlier attempt stored may be for an address that holds no more. `data_key` is
    that of its case; of one that `is_sealed` a letter is kept with the identity.

    Raises `SendingRefused`, also for one that could not be written at the last attempt: the desk must see it.
    """
    # What was never tried nor held has nothing to look for.
    if (claimed.attempts > 1 or claimed.holds) and not is_outdated:
        stored = outbox.kept(claimed.letter.reference, claimed.letter.id, with_identity=is_sealed)
        if stored:
            return stored
    try:
        message, to = write()
    except (SendingRefused, Unavailable):
        raise
    except Exception as error:
        if claimed.attempts < MOST_ATTEMPTS:
            raise
        telemetry.failure("letter not written", error, reference=claimed.letter.reference)
        telemetry.count(waiting.UNWRITTEN)
        raise SendingRefused("it could not be written") from error
    outbox.keep(claimed, message, to, data_key, is_sealed=is_sealed)
    return message, to


def put_on_record(
    deps: "Container", case: Case, command: Command, mark: LetterMark, terms: SiteTerms
) -> Case:
    """Writes the outcome of the letter and the facts that follow, in one transaction; returns the case after
    it.

    A letter that is out is marked whatever else is written meanwhile: unmarked it would go out again.
    """
    context = Context(now=deps.now(), by=MACHINE, terms=terms)
    for last in (False, False, True):
        try:
            case = deps.casework.carry_out(case, command, context, marks=(mark,))
            break
        except MarkLost:
            telemetry.note("mark lost", reference=case.complaint.reference, letter=mark.letter)
            return case
        except Unavailable:
            if last:
                raise
    telemetry.note(
        "letter",
        reference=case.complaint.reference,
        letter=mark.letter,
        attempt=mark.attempt,
        outcome=mark.state,
    )
    if isinstance(command, LetterRefused) and command.kind != LetterKind.WEBHOOK:
        telemetry.count(waiting.FAILED)
    return case

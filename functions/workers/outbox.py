"""The outbox: letters come down the stream, and each leaves once.

    claim ─▶ render, and keep what was rendered ─▶ send ─▶ mark, through casework

A claim that never got its mark is taken up by the schedule, and sent again with the same bytes.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Protocol
from uuid import uuid4

from complaints.adapters.config import telemetry
from complaints.adapters.container import world
from complaints.commands.case import Command, LetterRefused, LetterTaken
from complaints.context.case import Case, Claimed, LetterMark, MarkLost
from complaints.context.context import Given
from complaints.context.ports import PostDelayed, PostRefused, PostUnsure
from complaints.delivery.rate_limits import OverCap
from complaints.letters.digest import is_digest
from complaints.letters.obsolete import is_moot
from complaints.model.letter import NOTICES, Letter, LetterKind
from complaints.site.site import Terms
from complaints.values.errors import Unavailable
from complaints.values.people import MACHINE
from complaints.values.values import Way
from functions.http.triggers import Batch
from functions.workers import rate_limits

LATER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long a letter waits that the mail service does not take now, by the number of attempts."""

MOST_ATTEMPTS = 5
"""How often a letter is tried that cannot be written, before the desk is told."""

LONGEST_SENDING = 60_000
"""Milliseconds that one letter may take with every call at its time limit."""

LONGEST_CALLING = 10_000
"""Milliseconds after which no more webhooks of a batch are begun: the next batch has mails. The schedule
wants those again that are left."""


class Wanted(Protocol):
    """A letter that a record asks for."""

    @property
    def reference(self) -> str: ...
    @property
    def letter(self) -> str: ...


def send_letters(event: Batch) -> dict[str, list[dict[str, str]]]:
    """Sends the letters of a batch: mails first, and webhooks when those are out, so that no slow receiver
    keeps a mail waiting. A mail that fails is named, and does not stop the others.

    What is left when the time runs short is named too, so that no run is cut off between sending and marking.
    A webhook is never named, as a stream that brings it again brings all after it: the schedule wants it
    again.
    """
    here, failures, later = world(), [], []
    for record in event:
        wanted = here.letterbox.wanted_in(record.new_image or {})
        if wanted is None:
            continue
        if wanted.is_webhook:
            later.append(wanted)
        elif not _went(event, wanted):
            failures.append({"itemIdentifier": record.sequence_number})
    begun = event.context.get_remaining_time_in_millis()
    for wanted in later:
        if begun - event.context.get_remaining_time_in_millis() < LONGEST_CALLING:
            _went(event, wanted)
    return {"batchItemFailures": failures}


def _went(event: Batch, wanted: Wanted) -> bool:
    """Sends one letter, if there is time; whether it could be done."""
    try:
        if event.context.get_remaining_time_in_millis() < LONGEST_SENDING:
            raise TimeoutError
        deliver(wanted.reference, wanted.letter)
    except Exception as error:
        telemetry.failure("letter not sent", error, reference=wanted.reference, letter=wanted.letter)
        return False
    return True


def deliver(reference: str, letter: str) -> None:
    """Sends one letter, unless another attempt has it."""
    if is_digest(reference):
        from functions.workers import digests

        digests.deliver(reference, letter)
        return
    here = world()
    case = here.cases.load(reference)
    terms = here.sites.terms(case.complaint.site) if case else None
    claimed = here.letterbox.claim(reference, letter, uuid4().hex, here.now()) if terms else None
    if claimed is None or case is None or terms is None:
        return
    if claimed.letter.kind is LetterKind.WEBHOOK:
        # Imported here: most sites have none.
        from functions.workers import webhook_sender

        webhook_sender.send(claimed, case, terms)
        return
    if claimed.attempts == 1 and is_moot(claimed.letter, case.complaint):
        here.letterbox.spare(claimed)
        return
    try:
        if _becomes_a_line(claimed, case, terms):
            return
        mark, command = _sent(claimed, case, terms)
    except PostDelayed:
        here.letterbox.put_off(claimed, here.now() + LATER[min(claimed.attempts, len(LATER)) - 1])
        telemetry.note("letter put off", reference=reference, letter=letter, attempts=claimed.attempts)
        return
    except OverCap as over:
        here.letterbox.put_off(claimed, over.until)
        telemetry.note("letter held by a cap", reference=reference, letter=letter)
        return
    except PostUnsure:
        telemetry.note("letter may be sent", reference=reference, letter=letter, attempt=claimed.attempt)
        return
    put_on_record(case, command, mark, terms)


def _becomes_a_line(claimed: Claimed, case: Case, terms: Terms) -> bool:
    """Whether a digest tells it instead; never what an earlier attempt may have sent."""
    if claimed.letter.kind not in NOTICES or claimed.attempts > 1:
        return False
    from functions.workers import digests

    return digests.take_up(claimed, case, terms)


def _sent(claimed: Claimed, case: Case, terms: Terms) -> tuple[LetterMark, Command]:
    """Hands the letter to the mail service. Raises `OverCap`, `PostDelayed`, `PostUnsure`."""
    here = world()
    letter = claimed.letter
    tags = {
        "case": letter.reference,
        "letter": letter.id.replace(".", "-"),
        "attempt": claimed.attempt,
        "kind": letter.kind,
    }
    try:
        if letter.to == "complainant" and Way.MAIL not in case.complaint.reach:
            raise PostRefused("the address takes no mail")
        message, to = rendered(claimed, lambda: _write(letter, case, terms))
        with rate_limits.kept_to(letter, to):
            message_id = here.post.send(message, sender=here.settings.sender, to=to, tags=tags)
    except PostRefused as refused:
        return (
            LetterMark(letter=letter.id, attempt=claimed.attempt, state="failed"),
            LetterRefused(letter=letter.id, kind=letter.kind, reason=str(refused), about=letter.about),
        )
    return (
        LetterMark(letter=letter.id, attempt=claimed.attempt, state="sent", message_id=message_id),
        LetterTaken(
            letter=letter.id,
            kind=letter.kind,
            message_id=message_id,
            about=letter.about,
            doubtful=claimed.doubtful,
        ),
    )


def rendered(claimed: Claimed, write: Callable[[], tuple[bytes, str]]) -> tuple[bytes, str]:
    """The letter as it is sent, and to whom: as an earlier attempt kept it, or written now and kept.

    Raises `PostRefused`, also for one that could not be written at the last attempt: the desk must see it.
    """
    here = world()
    # The first attempt has nothing to look for.
    kept = here.letterbox.kept(claimed) if claimed.attempts > 1 else None
    if kept:
        return kept
    try:
        message, to = write()
    except (PostRefused, Unavailable):
        raise
    except Exception as error:
        if claimed.attempts < MOST_ATTEMPTS:
            raise
        telemetry.failure("letter not written", error, reference=claimed.letter.reference)
        raise PostRefused("it could not be written") from error
    here.letterbox.keep(claimed, message, to)
    return message, to


def _write(letter: Letter, case: Case, terms: Terms) -> tuple[bytes, str]:
    from functions.services.letter_rendering import write

    return write(letter, case, terms)


def put_on_record(case: Case, command: Command, mark: LetterMark, terms: Terms) -> Case:
    """The case after what became of the letter, and the facts that follow, in one transaction.

    A letter that is out is marked whatever else is written meanwhile: unmarked it would go out again.
    """
    here = world()
    given = Given(now=here.now(), by=MACHINE, terms=terms)
    for last in (False, False, True):
        try:
            case = here.casework.carry_out(case, command, given, marks=(mark,))
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
    return case

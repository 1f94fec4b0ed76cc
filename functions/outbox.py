"""The outbox: letters come down the stream, and each leaves once.

    claim ─▶ render, and keep what was rendered ─▶ send ─▶ mark, through casework

A claim that never got its mark is taken up by the schedule, and sent again with the same bytes.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol
from uuid import uuid4

from complaints.case import Case, LetterMark, MarkLost
from complaints.commands import Command, LetterRefused, LetterTaken
from complaints.given import Given
from complaints.people import MACHINE
from complaints.ports import PostDelayed, PostRefused, PostUnsure
from complaints.site import Terms
from complaints.world import telemetry
from complaints.world.assemble import world

LATER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long a letter waits that the mail service does not take now, by the number of attempts."""


class Record(Protocol):
    """One record of the stream, as Chalice gives it."""

    sequence_number: str
    new_image: dict[str, Any] | None


def send_letters(event: Iterable[Record]) -> dict[str, list[dict[str, str]]]:
    """Sends the letters of a batch. One that fails is named, and does not stop the others."""
    failures = []
    for record in event:
        image = record.new_image or {}
        if image.get("item", {}).get("S") != "letter" or image["state"]["S"] != "wanted":
            continue
        reference, letter = (image[key]["S"].partition("#")[2] for key in ("pk", "sk"))
        try:
            deliver(reference, letter)
        except Exception as error:
            telemetry.failure("letter not sent", error, reference=reference, letter=letter)
            failures.append({"itemIdentifier": record.sequence_number})
    return {"batchItemFailures": failures}


def deliver(reference: str, letter: str) -> None:
    """Sends one letter, unless another attempt has it."""
    here = world()
    claimed = here.letterbox.claim(reference, letter, uuid4().hex, here.now())
    case = here.cases.load(reference) if claimed else None
    if claimed is None or case is None:
        return
    terms = here.sites.terms(case.complaint.site)
    try:
        mark, command = _sent(claimed, case, terms)
    except PostDelayed:
        here.letterbox.put_off(claimed, here.now() + LATER[min(claimed.attempts, len(LATER)) - 1])
        telemetry.note("letter put off", reference=reference, letter=letter, attempts=claimed.attempts)
        return
    except PostUnsure:
        telemetry.note("letter may be sent", reference=reference, letter=letter, attempt=claimed.attempt)
        return
    _mark(case, command, mark, terms)


def _sent(claimed: Any, case: Case, terms: Terms) -> tuple[LetterMark, Command]:
    """Hands the letter to the mail service. Raises `PostDelayed`, `PostUnsure`."""
    here = world()
    letter = claimed.letter
    tags = {"attempt": claimed.attempt, "letter": letter.id.replace(".", "-"), "kind": letter.kind}
    try:
        message, to = here.letterbox.kept(claimed) or _written(claimed, case, terms)
        message_id = here.post.send(message, sender=here.settings.sender, to=to, tags=tags)
    except PostRefused as refused:
        reason = str(refused)
        return (
            LetterMark(letter=letter.id, attempt=claimed.attempt, state="failed"),
            LetterRefused(letter=letter.id, kind=letter.kind, reason=reason, about=letter.about),
        )
    return (
        LetterMark(letter=letter.id, attempt=claimed.attempt, state="sent", message_id=message_id),
        LetterTaken(letter=letter.id, kind=letter.kind, message_id=message_id, about=letter.about),
    )


def _written(claimed: Any, case: Case, terms: Terms) -> tuple[bytes, str]:
    """The letter as it is sent, kept for a second sending. Raises `PostRefused`."""
    from functions.writing import write

    message, to = write(claimed.letter, case, terms)
    world().letterbox.keep(claimed, message, to)
    return message, to


def _mark(case: Case, command: Command, mark: LetterMark, terms: Terms) -> None:
    """Writes what became of the letter, and the facts that follow, in one transaction."""
    here = world()
    given = Given(now=here.now(), by=MACHINE, terms=terms)
    try:
        here.casework.carry_out(case, command, given, marks=(mark,))
    except MarkLost:
        telemetry.note("mark lost", reference=case.complaint.reference, letter=mark.letter)
        return
    telemetry.note(
        "letter",
        reference=case.complaint.reference,
        letter=mark.letter,
        attempt=mark.attempt,
        outcome=mark.state,
    )

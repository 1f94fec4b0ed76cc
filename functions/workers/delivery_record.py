"""What is kept of a letter as it leaves: its bytes before it is sent, and its fact when it is out."""

from collections.abc import Callable

from complaints.adapters.config import telemetry
from complaints.adapters.container import world
from complaints.commands.case import Command
from complaints.context.case import Case, Claimed, LetterMark, MarkLost
from complaints.context.context import Given
from complaints.context.ports import PostRefused
from complaints.site.site import Terms
from complaints.values.errors import Unavailable
from complaints.values.people import MACHINE
from functions.workers.backoff import MOST_ATTEMPTS


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

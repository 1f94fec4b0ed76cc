"""Letters after a restore: what left before it is put on record, so that no letter leaves twice.

A restored table does not know what happened after its moment. A letter that it holds as unsent may have left;
and the schedule, which works what fell due meanwhile once more, calls for letters that left under another
number. The table as it was before the restore knows both.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.context.case import Case, LetterMark
from complaints.delivery.delivery_event import DeliveryOutcome
from complaints.delivery.delivery_state import FAILED, SENT, UNMARKED
from functions.workers.letters.delivery_record import put_on_record

if TYPE_CHECKING:
    from complaints.adapters.container import Container


FOREVER = datetime(9999, 1, 1, tzinfo=UTC)


class SentLetter(NamedTuple):
    """A letter that left before the restore, with what is on record of it: one with the state `failed` came
    back, or was called spam, as its `fate` says."""

    letter: Letter
    message_id: str
    digest: str = ""
    recipient: str = ""
    state: str = SENT
    fate: str = ""


def has_left(state: str, message_id: str | None) -> bool:
    """Whether the mail service took a letter, whatever became of it then."""
    return state == SENT or (state == FAILED and bool(message_id))


def put_sent_on_record(
    deps: "Container", sent_before: Callable[[str], Sequence[SentLetter]]
) -> Iterator[str]:
    """Puts each unsent letter on record that left before, and names it as `<reference>/<id>`.

    `sent_before` gives the letters of a case that left, as the table before the restore knows them. Doing it
    again changes nothing more. Raises `errors.Unavailable`.
    """
    unsent = defaultdict(list)
    for due in deps.agenda.due(FOREVER):
        if due.letter and due.reference:
            unsent[due.reference].append(due.letter)
    for reference, letters in unsent.items():
        case = deps.cases.load(reference)
        if case is None:
            continue
        left = list(sent_before(reference))
        on_record = {
            each.letter.id for each in deps.outbox.of_case(reference) if has_left(each.state, each.message_id)
        }
        for state in deps.outbox.of_case(reference):
            if state.letter.id not in letters or state.state not in UNMARKED:
                continue
            found = _left_as(state.letter, [each for each in left if each.letter.id not in on_record])
            if found is None:
                continue
            left.remove(found)
            case = _put(deps, case, state.letter, found)
            yield f"{reference}/{state.letter.id}"


def _left_as(letter: Letter, left: Sequence[SentLetter]) -> SentLetter | None:
    """The letter itself, which left; or another one that the schedule called for and that says the same to
    the same reader. One with words of somebody is no other one."""
    for each in left:
        if (each.letter.id, each.letter.called_for) == (letter.id, letter.called_for):
            return each
    if letter.text_entry is not None:
        return None
    return next((each for each in left if _content(each.letter) == _content(letter)), None)


def _content(letter: Letter) -> Letter:
    """The letter without what differs where it is called for a second time."""
    return replace(
        letter,
        id="",
        called_for=letter.received_at,
        not_before=None,
        address_entry=None,
        answers=None,
        promises=(),
        withheld=False,
        blocks=(),
    )


def _put(deps: "Container", case: Case, letter: Letter, left: SentLetter) -> Case:
    """Marks it as any letter that left is, in the name of an attempt of our own."""
    reference = case.complaint.reference
    deps.outbox.want_again(reference, letter.id, FOREVER)
    claimed = deps.outbox.claim(reference, letter.id, uuid4().hex, deps.now())
    if claimed is None:
        return case
    mark = LetterMark(
        letter=letter.id,
        attempt=claimed.attempt,
        state=SENT,
        message_id=left.message_id,
        digest=left.digest,
        recipient=left.recipient,
    )
    command = LetterTaken(
        letter=letter.id,
        kind=letter.recorded_as,
        about=letter.about,
        message_id=left.message_id,
        digest=left.digest,
        recipient=left.recipient,
    )
    case = put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))
    return _failed(deps, case, letter, claimed.attempt, left.fate) if left.state == FAILED else case


def _failed(deps: "Container", case: Case, letter: Letter, attempt: str, fate: str) -> Case:
    """Marks it as the mail service's word did (`ses_events`): the desk sees that it did not arrive, and a
    dead address is written to no more."""
    outcome = DeliveryOutcome(fate or DeliveryOutcome.BOUNCED)
    mark = LetterMark(letter=letter.id, attempt=attempt, state=FAILED, is_reported=True)
    command = LetterRefused(
        letter=letter.id,
        kind=letter.recorded_as,
        reason=outcome.value,
        about=letter.about,
        address_fails=outcome.is_of_address and letter.to == "complainant",
    )
    return put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))

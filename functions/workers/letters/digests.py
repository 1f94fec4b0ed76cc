"""Digests: which letters become a line instead of a mail, and the one mail a day that holds all lines.

    claim ─▶ render all lines, and keep ─▶ send ─▶ note that it is out ─▶ mark each line, through casework

The schedule resumes a run that died: before the mail is known to be sent, the same bytes are sent again and
each line is marked as possibly sent twice; after that, only the lines are marked.
"""

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from complaints.adapters.config import telemetry
from complaints.case.correspondence.letter import Letter
from complaints.casework.command import Command
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken
from complaints.context.case import Case, ClaimedLetter, LetterMark, MarkLost
from complaints.context.ports import SendingDelayed, SendingRefused, SendingUnsure
from complaints.delivery import rate_limits
from complaints.delivery.delivery_state import FAILED
from complaints.delivery.rate_limits import taken_together
from complaints.letters.notices.digest import (
    ALARMS_WAIT,
    HeldLetter,
    alarms_together,
    digest_for,
    notices_together,
    opening,
    waits,
    with_lines,
)
from complaints.letters.superseded import is_obsolete
from complaints.site.site import SiteTerms
from complaints.values.people import Member
from functions.use_cases.correspondence.letter_rendering import desk_cases, reader_of, staff_reader
from functions.workers.letters import pace, waiting
from functions.workers.letters.backoff import MOST_ATTEMPTS
from functions.workers.letters.delivery_record import put_on_record, rendered

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import CaseStore
    from complaints.letters.ports import Digests


DAYS_TRIED = 2
"""A digest that leaves in this moment takes no more lines: then it is the next one, or a mail after all."""


def hold_for_digest(deps: "Container", claimed: ClaimedLetter, case: Case, terms: SiteTerms) -> bool:
    """Whether a letter became a line of its reader's digest, or another attempt's. Raises `Unavailable`.

    A notice to a stand-in is a mail where possible: a mail says whom it is for.
    """
    letter = claimed.letter
    member, away = reader_of(deps.members, deps.now(), letter, terms)
    wishes = None if away else member
    at = deps.now()
    for _ in range(DAYS_TRIED):
        at = opening(terms, at)
        if not waits(letter, wishes, at, is_urgent=case.complaint.is_urgent):
            return not case.complaint.is_urgent and _hold_over_limit(deps, claimed, member, terms)
        try:
            if deps.digests.hold(claimed, digest_for(letter, member, terms, at)):
                return True
        except MarkLost:
            return True
    return False


def _hold_over_limit(
    deps: "Container", claimed: ClaimedLetter, member: Member | None, terms: SiteTerms
) -> bool:
    """Whether a notice became a line of a mail with others, as too many leave by themselves: of the next one
    that has room, if it leaves in time."""
    now, letter = deps.now(), claimed.letter
    notices = rate_limits.of_notices(letter, now, deps.settings.letters_an_hour)
    if taken_together(deps.outbox, notices):
        return False
    for mail in notices_together(letter, member, terms, now):
        try:
            if deps.outbox.may_leave(rate_limits.of_lines(mail)) and deps.digests.hold(claimed, mail):
                return True
        except MarkLost:
            return True
    return False


def hold_alarm(deps: "Container", claimed: ClaimedLetter) -> bool:
    """Whether an alarm became a line of a mail with others, or another attempt's: after `ALARMS_OF_A_READER`
    in an hour. Raises `Unavailable`."""
    now = deps.now()
    if deps.outbox.may_leave(rate_limits.of_alarms(claimed.letter, now)):
        return False
    for later in range(DAYS_TRIED):
        try:
            if deps.digests.hold(claimed, alarms_together(claimed.letter, now + later * ALARMS_WAIT)):
                return True
        except MarkLost:
            return True
    return False


def deliver(deps: "Container", reference: str, day: str) -> None:
    """Sends one digest and marks its lines, unless another attempt has it."""
    claimed = deps.outbox.claim(reference, day, uuid4().hex, deps.now())
    if claimed is None:
        return
    is_of_no_case = bool(claimed.letter.laws or claimed.letter.records or claimed.letter.rights)
    lines = [] if is_of_no_case else _lines(deps.cases, deps.digests, claimed)
    if not _is_still_read(deps, claimed.letter):
        for held in lines:
            deps.digests.release(held, deps.now())
        lines = []
    if not (lines or is_of_no_case):
        deps.digests.finish(claimed, "spared")
        return
    try:
        outcome = _outcome_of_sending(deps, claimed, tuple(held.letter for held in lines))
    except SendingDelayed as delayed:
        waiting.put_off(deps, claimed, delayed)
    except SendingUnsure:
        waiting.count_wait(claimed, deps.now(), waiting.WaitReason.SERVICE)
        telemetry.note("digest may be sent", reference=reference, letter=day, attempt=claimed.attempt)
    else:
        done = [marked(deps, held, outcome) for held in lines]
        if all(done) or claimed.attempts >= MOST_ATTEMPTS:
            deps.digests.finish(claimed, outcome.state)
        if outcome.state == FAILED and is_of_no_case:
            telemetry.count(waiting.FAILED)
        telemetry.note("digest", reference=reference, letter=day, outcome=outcome.state, lines=len(lines))


def _lines(cases: "CaseStore", digests: "Digests", claimed: ClaimedLetter) -> list[HeldLetter]:
    """The lines of a digest; before it is sent, without those that need no telling any more."""
    lines = digests.lines(claimed.letter)
    if claimed.attempts > 1:
        return list(lines)
    remaining = []
    for held in lines:
        case = cases.load(held.letter.reference)
        if case and is_obsolete(held.letter, case.complaint):
            digests.spare(held)
        else:
            remaining.append(held)
    return remaining


class DigestOutcome(NamedTuple):
    """What became of a digest: `sent` under an id of the mail service, or `failed` for a reason; `by_service`
    where the mail service said so later, whatever was on record."""

    state: str
    message_id: str = ""
    doubtful: bool = False
    reason: str = ""
    by_service: bool = False

    def of_line(self, held: HeldLetter) -> tuple[Command, LetterMark]:
        """The same of one of its lines."""
        letter = held.letter
        mark = LetterMark(
            letter=letter.id,
            attempt=held.attempt,
            state=self.state,
            message_id=self.message_id,
            is_reported=self.by_service,
        )
        if self.state == "failed":
            return LetterRefused(letter=letter.id, kind=letter.kind, reason=self.reason), mark
        taken = LetterTaken(
            letter=letter.id, kind=letter.kind, message_id=self.message_id, doubtful=self.doubtful
        )
        return taken, mark


def _is_still_read(deps: "Container", digest: Letter) -> bool:
    """Whether its reader is an active member and not away; a team always is."""
    if digest.member is None:
        return True
    member, away = reader_of(deps.members, deps.now(), digest, deps.sites.terms(digest.site))
    return member is not None and away is None


def _outcome_of_sending(
    deps: "Container", claimed: ClaimedLetter, letters: tuple[Letter, ...]
) -> DigestOutcome:
    """Sends it, unless it is out already. Raises `SendingDelayed`, `SendingUnsure`."""
    if claimed.message_id:
        return DigestOutcome("sent", claimed.message_id, claimed.doubtful)
    letter = claimed.letter
    tags = {"case": letter.reference, "letter": letter.id, "attempt": claimed.attempt, "kind": letter.kind}
    try:
        message, to = rendered(deps.outbox, claimed, lambda: _written(deps, letter, letters))
        message_id = pace.send(deps, message, to, tags)
    except SendingRefused as refused:
        return DigestOutcome("failed", reason=str(refused))
    deps.digests.note_sent(claimed, message_id, deps.now())
    return DigestOutcome("sent", message_id, claimed.doubtful)


def _written(deps: "Container", digest: Letter, letters: tuple[Letter, ...]) -> tuple[bytes, str]:
    terms = deps.sites.terms(digest.site)
    reader = staff_reader(deps.members, deps.now(), digest, terms)
    letter = with_lines(digest, letters)
    link = desk_cases(deps.settings)
    if link and (digest.laws or digest.rights):
        link = f"{deps.settings.url}/desk/settings"
    elif link and digest.records:
        link = f"{deps.settings.url}/desk/records"
    message = deps.letter_renderer.message(
        letter, reader, terms.site, sender=deps.settings.sender, text=None, link=link
    )
    return message, reader.email


def marked(deps: "Container", held: HeldLetter, outcome: DigestOutcome) -> bool:
    """Whether a line is marked; one that cannot be is named, and stops no other."""
    reference = held.letter.reference
    try:
        case = deps.cases.load(reference)
        if case:
            command, mark = outcome.of_line(held)
            put_on_record(deps, case, command, mark, deps.sites.terms(case.complaint.site))
    except Exception as error:
        telemetry.failure("line not marked", error, reference=reference, letter=held.letter.id)
        return False
    return True

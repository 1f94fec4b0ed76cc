"""The outbox is sent: letters come down the stream, and each leaves once.

    claim ─▶ render, and keep what was rendered ─▶ send ─▶ mark, through casework

A claim that never got its mark is taken up by the schedule, and sent again with the same bytes.

Enclosures: the files that go with a letter, added to it when it is sent.

The rendered letter is kept without them: they are large, and the same for many letters.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.letter import NOTICES, Enclosure, Letter, LetterKind
from complaints.casework.command import Command
from complaints.casework.correspondence.letters import LetterRefused, LetterTaken, is_before_address
from complaints.context.case import Case, ClaimedLetter, LetterMark
from complaints.context.ports import SendingDelayed, SendingRefused, SendingUnsure
from complaints.delivery.fair_sending import next_try
from complaints.delivery.letter_digest import recipient_commitment, sent_digest
from complaints.delivery.rate_limits import RateLimited
from complaints.letters import first_letters
from complaints.letters.notices.digest import is_digest
from complaints.letters.notices.invitation import is_invitation
from complaints.letters.superseded import is_obsolete
from complaints.site.site import SiteTerms
from complaints.values.field_types import Way
from functions.http.lambda_events import StreamBatch
from functions.workers.letters import pace, rate_limits, waiting
from functions.workers.letters.delivery_record import put_on_record, rendered

if TYPE_CHECKING:
    from complaints.context.ports import Files


NOT_SENT = "LettersNotSent"
"""The metric of letters at which this function failed: it answers for each by itself, and ends well."""

LONGEST_SENDING = 60_000
"""Milliseconds that one letter may take with every call at its time limit."""

LONGEST_CALLING = 10_000
"""Milliseconds after which no more webhooks of a batch are begun: the next batch has mails. The schedule
wants those again that are left."""


class WantedLetter(Protocol):
    """A letter that a record asks for."""

    @property
    def reference(self) -> str: ...
    @property
    def letter(self) -> str: ...
    @property
    def correlation(self) -> str: ...
    @property
    def urgency(self) -> str: ...


def send_letters(event: StreamBatch) -> dict[str, list[dict[str, str]]]:
    """Sends the letters of a batch: mails first, and webhooks when those are out, so that no slow receiver
    keeps a mail waiting. A mail that fails is named, and does not stop the others.

    What is left when the time runs short is named too, so that no run is cut off between sending and marking.
    A webhook is never named, as a stream that brings it again brings all after it: the schedule wants it
    again. So it does what may wait, where the stream is late: at the pace that is kept, urgent letters would
    wait behind.
    """
    deps = container()
    is_paced = bool(deps.settings.letters_a_second)
    failures, later, left = [], [], 0
    for record in event:
        due = deps.outbox.wanted_in(record.new_image or {})
        if due is None:
            continue
        if due.is_webhook:
            later.append(due)
            continue
        if is_paced and due.may_wait and pace.is_behind(record.timestamp, deps.now()):
            left += 1
            continue
        if not _went(deps, event, due):
            failures.append({"itemIdentifier": record.sequence_number})
    if left:
        waiting.leave_to_schedule(left)
    begun = event.context.get_remaining_time_in_millis()
    for due in later:
        if begun - event.context.get_remaining_time_in_millis() < LONGEST_CALLING:
            _went(deps, event, due)
    return {"batchItemFailures": failures}


def _went(deps: Container, event: StreamBatch, due: WantedLetter) -> bool:
    """Sends one letter, if there is time; whether it could be done."""
    with telemetry.correlated(due.correlation):
        try:
            if event.context.get_remaining_time_in_millis() < LONGEST_SENDING:
                raise TimeoutError
            deliver(deps, due.reference, due.letter, due.urgency)
        except Exception as error:
            telemetry.failure("letter not sent", error, reference=due.reference, letter=due.letter)
            telemetry.count(NOT_SENT)
            return False
    return True


def deliver(deps: Container, reference: str, letter: str, urgency: str = "") -> None:
    """Sends one letter, unless another attempt has it; it stays as urgent as it is."""
    if is_digest(reference):
        from functions.workers.letters import digests

        digests.deliver(deps, reference, letter)
        return
    if is_invitation(reference):
        # Imported lazily: somebody is invited seldom.
        from functions.workers.letters import invitation_letters

        invitation_letters.deliver(deps, reference, letter)
        return
    # Every letter is written from the receipt too.
    found = deps.cases.look_up(reference, last=1)
    case = found.case
    terms = deps.sites.terms(case.complaint.site) if case else None
    claimed = deps.outbox.claim(reference, letter, uuid4().hex, deps.now(), urgency) if terms else None
    if claimed is None or case is None or terms is None:
        return
    if case.complaint.erasure:
        # Nobody is written to any more, nor about whom: also not when an earlier letter came back for now.
        deps.outbox.spare(claimed)
        return
    if claimed.letter.kind is LetterKind.WEBHOOK:
        # Imported lazily: most sites have none.
        from functions.workers.letters import webhook_sender

        webhook_sender.send(deps, claimed, case, terms)
        return
    is_over = claimed.attempts == 1 and is_obsolete(claimed.letter, case.complaint)
    is_over = is_over or first_letters.is_of_flood(claimed.letter, case.complaint)
    if is_over or first_letters.is_needless(claimed, case.complaint):
        deps.outbox.spare(claimed)
        return
    if terms.site.holds_letters and first_letters.is_held(claimed.letter, case.complaint):
        waiting.hold_until(deps, claimed, next_try(claimed.letter, claimed.holds, deps.now()))
        return
    try:
        if _becomes_a_line(deps, claimed, case, terms):
            return
        mark, command = _sent(deps, claimed, case, terms, found.entries)
    except SendingDelayed as delayed:
        waiting.put_off(deps, claimed, delayed)
        telemetry.note("letter put off", reference=reference, letter=letter, attempts=claimed.attempts)
        return
    except RateLimited as over:
        waiting.hold_until(deps, claimed, over.until)
        telemetry.note("letter held by a cap", reference=reference, letter=letter)
        return
    except SendingUnsure:
        waiting.count_wait(claimed, deps.now(), waiting.WaitReason.SERVICE)
        telemetry.note("letter may be sent", reference=reference, letter=letter, attempt=claimed.attempt)
        return
    put_on_record(deps, case, command, mark, terms)


def _becomes_a_line(deps: Container, claimed: ClaimedLetter, case: Case, terms: SiteTerms) -> bool:
    """Whether a digest tells it instead; never what an earlier attempt may have sent."""
    is_alarm = claimed.letter.kind is LetterKind.SAFETY
    if not (is_alarm or claimed.letter.kind in NOTICES) or claimed.attempts > 1:
        return False
    from functions.workers.letters import digests

    if is_alarm:
        return digests.hold_alarm(deps, claimed)
    return digests.hold_for_digest(deps, claimed, case, terms)


def _sent(
    deps: Container, claimed: ClaimedLetter, case: Case, terms: SiteTerms, known: Sequence[StoredEntry]
) -> tuple[LetterMark, Command]:
    """Hands the letter to the mail service; entries that are `known` are not read again. Raises
    `RateLimited`, `SendingDelayed`, `SendingUnsure`."""
    letter = claimed.letter
    if case.has_lost_key:
        # Its words read as removed: the letter would say nothing, and be kept in clear.
        raise SendingDelayed
    if letter.to == "complainant" and case.complaint.is_anonymous:
        # Imported lazily: few stay anonymous.
        from functions.use_cases.correspondence import letters_on_page

        return letters_on_page.shown(deps, claimed, case, terms)
    tags = {
        "case": letter.reference,
        "letter": letter.id.replace(".", "-"),
        "attempt": claimed.attempt,
        "kind": letter.kind,
    }
    try:
        message, to, recipient = _addressed(deps, claimed, case, terms, known)
        with rate_limits.within_limits(deps, claimed, to, case.complaint):
            message_id = pace.send(deps, message, to, tags)
    except SendingRefused as refused:
        return (
            LetterMark(letter=letter.id, attempt=claimed.attempt, state="failed"),
            LetterRefused(letter=letter.id, kind=letter.recorded_as, reason=str(refused), about=letter.about),
        )
    digest = sent_digest(message)
    return (
        LetterMark(
            letter=letter.id,
            attempt=claimed.attempt,
            state="sent",
            message_id=message_id,
            digest=digest,
            recipient=recipient,
        ),
        LetterTaken(
            letter=letter.id,
            kind=letter.recorded_as,
            message_id=message_id,
            about=letter.about,
            doubtful=claimed.doubtful,
            digest=digest,
            recipient=recipient,
        ),
    )


def _addressed(
    deps: Container, claimed: ClaimedLetter, case: Case, terms: SiteTerms, known: Sequence[StoredEntry]
) -> tuple[bytes, str, str]:
    """The letter as it leaves, to whom, and the commitment to whom. Raises `SendingRefused`."""
    letter = claimed.letter
    is_theirs = letter.to == "complainant"
    if is_theirs and Way.MAIL not in case.complaint.reach:
        raise SendingRefused("the address takes no mail")
    message, to = rendered(
        deps.outbox,
        claimed,
        lambda: _write(deps, letter, case, terms, known),
        is_outdated=is_theirs and is_before_address(letter.id, case.complaint),
        data_key=case.data_key,
        is_sealed=case.complaint.sealed,
    )
    recipient = recipient_commitment(message, to)
    if letter.enclosures:
        # Imported lazily: few letters have any.
        from functions.workers.letters.outbox import with_enclosures

        message = with_enclosures(deps, letter, message)
    return message, to, recipient


def _write(
    deps: Container, letter: Letter, case: Case, terms: SiteTerms, known: Sequence[StoredEntry]
) -> tuple[bytes, str]:
    from functions.use_cases.correspondence.letter_rendering import render_mail

    return render_mail(deps, letter, case, terms, known)


def with_enclosures(deps: "Container", letter: Letter, message: bytes) -> bytes:
    """The letter as it leaves. Raises `SendingRefused` where a file is gone, or is not the one that the
    letter speaks of."""
    files = [(enclosure.name, _content(deps.files, enclosure)) for enclosure in letter.enclosures]
    return deps.letter_renderer.with_files(message, letter, files)


def _content(files: "Files", enclosure: Enclosure) -> bytes:
    content = files.kept(enclosure.key)
    if content is None or sha256(content).hexdigest() != enclosure.digest:
        raise SendingRefused("an enclosure is not there")
    return content

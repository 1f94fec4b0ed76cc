"""Erasure of cases, by the one function that may remove what people wrote: what was begun is finished.

    the list of erasures ─▶ letters stop ─▶ mails and files ─▶ the data key ─▶ private values ─▶ `Erased`

The cases that became part of one are erased before it, so that it says `Erased` when they have. Among the
files are those that were made of all that is held of a person, and evidence packs with names, where the case
is in one.

The list of erasures lies outside the table, without personal data: after a restore it is applied again. It
comes first, so that no restore brings back a case whose key is gone and that nothing says was erased. The key
comes after mails: where one lies as it came is known by what is encrypted with it.

One kind of data of a case is removed in the same way (`data_removal.py`), and the rest stays.

Each step can be done again, and `Erased` is the last one: a run that dies is gone on with by the next one.
What a case is found by and what was exported of it follow from the removals, by whoever follows the stream.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from complaints import erasure
from complaints.adapters.config import telemetry
from complaints.adapters.container import Container, container
from complaints.audit_trail.hash_chain import decode
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.record.erasure import Erasure
from complaints.case.record.personal_data import PersonalDataPrepared
from complaints.casework.record.attachments import file_key
from complaints.casework.record.erasure import EraseAgain, FinishErasure
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.management.record import RecordKind
from complaints.values.people import MACHINE
from functions.http.lambda_events import ScheduleEvent
from functions.workers import data_removal, retention

LONGEST_STEP = 50_000
"""Milliseconds that one case may take."""

LATE = timedelta(hours=1)
"""How long after it was asked for a case is to be erased: ten attempts fail before."""


def erase_cases(event: ScheduleEvent) -> dict[str, list[str]]:
    """Erases the cases that wait for it, as far as the time goes, or removes the kinds of data that are to be
    removed of them: then a case is named among the erased ones, too. One that fails is named.

    Each is put off before it begins: one that takes a whole run with it is not the first of the next one.
    """
    deps = container()
    now = deps.now()
    erased, waiting = [], []

    def has_time() -> bool:
        return event.context.get_remaining_time_in_millis() >= LONGEST_STEP

    for reference in deps.erasures.waiting(now):
        if reference in erased:
            continue
        if not has_time():
            _count_if_late(deps, reference, now)
            break
        deps.erasures.put_off(reference, now)
        try:
            erased += erase(deps, reference, has_time)
        except Exception as error:
            telemetry.failure("case not erased", error, reference=reference)
        if reference not in erased:
            waiting.append(reference)
            _count_if_late(deps, reference, now)
    if has_time():
        retention.apply_rules(deps, has_time)
    telemetry.note("erasure", erased=len(erased), waiting=len(waiting))
    return {"erased": erased, "waiting": waiting}


def _count_if_late(deps: Container, reference: str, now: datetime) -> None:
    """Counts a case of which something waits for too long to be removed: somebody has to look at it."""
    case = deps.cases.load(reference)
    since = case.complaint.erasing_since if case else None
    if since and now - since > LATE:
        telemetry.count("ErasuresLate")


def erase(deps: Container, reference: str, has_time: Callable[[], bool]) -> list[str]:
    """Removes all that is to be removed of a case and of its parts, or the kinds of data that are, and names
    those of which that is done: not a case of which a letter is just being sent, or a part of which waits.

    Raises `errors.Unavailable`; then it is to be done again.
    """
    case = deps.cases.load(reference)
    asked = case.complaint.erasure if case else None
    if case is None:
        return [reference]
    if asked is None:
        return data_removal.remove(deps, case)
    if asked.erased_at:
        return [reference]
    erasure.add(deps.evidence, reference, asked)
    is_stopped = deps.erasures.letters_stopped(reference, deps.now())
    parts = _asked_parts(deps, case.complaint, asked)
    erased = [each for part in parts if has_time() for each in erase(deps, part, has_time)]
    if is_stopped and has_time() and set(parts) <= set(erased):
        _erase_whole(deps, case)
        erased.append(reference)
    return erased


def _asked_parts(deps: Container, complaint: Complaint, asked: Erasure) -> list[str]:
    """The cases that became part of this one and are not erased, once the erasure of each was asked for: one
    that fails later is seen to by itself, too."""
    context = Context(now=deps.now(), by=MACHINE, terms=deps.sites.terms(complaint.site))
    waiting = []
    for part in deps.cases.load_all(complaint.parts).values() if complaint.parts else ():
        if not part.complaint.erasure:
            deps.casework.carry_out(part, EraseAgain(ground=asked.ground, rule=asked.rule), context)
        if not part.complaint.erasure or part.complaint.erasing_since:
            waiting.append(part.complaint.reference)
    return waiting


def _erase_whole(deps: Container, case: Case) -> None:
    complaint, reference = case.complaint, case.complaint.reference
    facts = [fact for entry in deps.cases.entries(reference) for fact in decode(entry.data).facts]
    since = data_removal.first_mail_at(complaint, facts)
    data_removal.remove_mails(deps, complaint, since)
    for file in complaint.attachments:
        deps.files.remove(file_key(reference, file.id))
    _remove_ordered_files(deps, complaint, facts)
    deps.data_keys.destroy(reference)
    # One that was on its way when the case was closed may have come since the first look.
    data_removal.remove_mails(deps, complaint, since)
    deps.erasures.remove_private(reference)
    context = Context(now=deps.now(), by=MACHINE, terms=deps.sites.terms(complaint.site))
    deps.casework.carry_out(case, FinishErasure(files=len(complaint.attachments)), context)


def _remove_ordered_files(deps: Container, complaint: Complaint, facts: Sequence[Fact]) -> None:
    """Removes what was made of all that is held of a person, and the evidence packs with names of the site,
    that have the case in them."""
    # Imported lazily: most runs erase nothing.
    from functions.use_cases.management.evidence_files import remove_erased, remove_packs

    for record in {fact.record for fact in facts if isinstance(fact, PersonalDataPrepared)}:
        remove_erased(
            deps, deps.management_records.load(RecordKind.PERSONAL_DATA, record), complaint.reference
        )
    remove_packs(deps, complaint.site, complaint.reference)

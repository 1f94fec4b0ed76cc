"""Removal of one kind of data of a case by a rule of retention: files, letters as they were sent, or mails.

    `DataRemovalRequested` ─▶ `DataRemovalBegun` ─▶ the same of each part ─▶ files | letters | mails
           └──▶ `DataRemovalStopped`                                    ─▶ `DataRemoved`

The facts come first. What is asked to be removed is handed out no more; what keeps the case, as a legal hold,
is looked at again when the removal begins: it was set before, and stops it, or after, and comes too late.
Each step can be done again.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from complaints.audit_trail.hash_chain import decode
from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.mail import ReceivedMail
from complaints.case.fact import Fact
from complaints.case.record.attachments import AttachmentState
from complaints.case.record.erasure import DataRemoval
from complaints.casework.record.attachments import file_key
from complaints.casework.record.erasure import BeginRemoval, FinishRemoval, RemoveWithWhole
from complaints.casework.record.retention import keeps_mail
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.values.casework.retention import KeptData
from complaints.values.people import MACHINE

if TYPE_CHECKING:
    from complaints.adapters.container import Container


BEFORE_RECEIPT = timedelta(days=30)
"""How long a mail may have lain before a complaint was made of it."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def remove(deps: "Container", case: Case) -> list[str]:
    """Removes each kind of data of a case that was asked for, of its parts first, and names the cases.
    Raises `errors.Unavailable`; then it is to be done again."""
    removed: list[str] = []
    context = Context(now=deps.now(), by=MACHINE, terms=deps.sites.terms(case.complaint.site))
    for asked in case.complaint.removals:
        if asked.removed_at is None:
            case = deps.casework.carry_out(case, BeginRemoval(data=asked.data), context)
            if case.complaint.removal(asked.data) is None:
                continue
            removed += _remove_of_parts(deps, case.complaint, asked, context)
            count = _REMOVE[asked.data](deps, case.complaint)
            case = deps.casework.carry_out(case, FinishRemoval(data=asked.data, count=count), context)
    return [*removed, case.complaint.reference]


def _remove_of_parts(
    deps: "Container", complaint: Complaint, asked: DataRemoval, context: Context
) -> list[str]:
    """Removes the same of the cases that became part of this one, and names them."""
    removed: list[str] = []
    for part in deps.cases.load_all(complaint.parts).values() if complaint.parts else ():
        done = part.complaint.removal(asked.data)
        if part.complaint.erasure is None and (done is None or done.requested_at < asked.requested_at):
            part = deps.casework.carry_out(part, RemoveWithWhole(rule=asked.rule), context)
        if part.complaint.erasure is None:
            removed += remove(deps, part)
    return removed


def _remove_files(deps: "Container", complaint: Complaint) -> int:
    """Removes the files, and the mails as they came that brought one: those lie in them, too."""
    files = [each for each in complaint.attachments if each.state is AttachmentState.REMOVED]
    for file in files:
        deps.files.remove(file_key(complaint.reference, file.id))
    for mail in _mails(deps, complaint):
        if mail.kept:
            _remove_as_it_came(deps, mail)
    asked = complaint.removal(KeptData.FILES)
    return sum(asked is not None and each.removed_at == asked.requested_at for each in files)


def _remove_letters(deps: "Container", complaint: Complaint) -> int:
    return deps.erasures.remove_letters(complaint.reference)


def _remove_mails_of(deps: "Container", complaint: Complaint) -> int:
    asked = complaint.removal(KeptData.MAILS)
    return remove_mails(deps, complaint, _first_mail_of(deps, complaint), asked)


_REMOVE: Mapping[KeptData, Callable[["Container", Complaint], int]] = {
    KeptData.FILES: _remove_files,
    KeptData.LETTERS: _remove_letters,
    KeptData.MAILS: _remove_mails_of,
}


def remove_mails(
    deps: "Container", complaint: Complaint, since: datetime, asked: DataRemoval | None = None
) -> int:
    """Removes the mails of the case from their list, and as they came: there, one that came to several cases
    goes with the last of them. How many there were. Where a rule `asked` for it, what waits for staff may
    stay."""
    count, zone = 0, deps.sites.terms(complaint.site).zone
    for mail in deps.erasures.mails(complaint.site, complaint.reference, since, deps.now()):
        if asked and keeps_mail(mail, asked, zone):
            continue
        _remove_as_it_came(deps, mail)
        deps.erasures.remove_mail(mail)
        count += 1
    return count


def first_mail_at(complaint: Complaint, facts: Iterable[Fact]) -> datetime:
    """When the first mail may have come that is of the case: staff may let one join that waited for long."""
    joined = (
        datetime.fromisoformat(fact.mail.partition("_")[0]) for fact in facts if isinstance(fact, MailJoined)
    )
    return min([(complaint.received_at or _BEGINNING) - BEFORE_RECEIPT, *joined])


def _first_mail_of(deps: "Container", complaint: Complaint) -> datetime:
    entries = deps.cases.entries(complaint.reference)
    return first_mail_at(complaint, [fact for entry in entries for fact in decode(entry.data).facts])


def _mails(deps: "Container", complaint: Complaint) -> Iterable[ReceivedMail]:
    since = _first_mail_of(deps, complaint)
    return deps.erasures.mails(complaint.site, complaint.reference, since, deps.now())


def _remove_as_it_came(deps: "Container", mail: ReceivedMail) -> None:
    """Removes a mail from the bucket, unless another case needs it there."""
    if mail.raw and not deps.erasures.is_needed(mail, [site.key for site in deps.sites.all()]):
        deps.files.remove_mail(mail.raw)

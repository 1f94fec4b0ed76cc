"""Takes a mail into a case: as a message, or as the complaint that opens one; its files come along.

Reads a mail for whoever works with it: one that cannot be read is not lost.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.case.correspondence.mail import (
    GUARD,
    MOST_OF_A_LINE,
    MOST_SHOWN,
    Enclosure,
    MailEnvelope,
    MailOutcome,
    ParsedMail,
    ReceivedMail,
    file_id,
)
from complaints.case.record.attachments import FileType
from complaints.casework.correspondence.messages import AddByMail
from complaints.casework.process.receipt import Receive
from complaints.casework.record.attachments import MOST_BYTES, Attach, AttachFromMail, file_key
from complaints.context.case import AlreadyUsed, Case, Guard
from complaints.context.decision_context import Context
from complaints.delivery.email_address import mail_address
from complaints.files.file_types import type_of
from complaints.handling.service import Submission
from complaints.site.site import SiteTerms
from complaints.values.details_told import Person
from complaints.values.errors import Invalid, Refusal, Unavailable, Wrong
from complaints.values.field_types import Channel
from complaints.values.people import COMPLAINANT
from functions.http import auth
from functions.use_cases.files import attachments

if TYPE_CHECKING:
    from complaints.adapters.container import Container


KNOWN = timedelta(days=30)
"""How long it is known that a mail was taken: longer than any mail service delivers one again."""

_NO_TYPE = "application/octet-stream"
"""What programs call a file of which they know nothing (RFC 2046, 4.5.1)."""


def join(
    deps: "Container", received: ReceivedMail, mail: ParsedMail, named: Case, terms: SiteTerms
) -> ReceivedMail:
    """A message of the complainant on the case, or on the one that it became part of. Raises `Refusal`.

    A mail of which the case took nothing did not join it: somebody has to look at it.
    """
    case = auth.whole(deps.cases, named)
    context = Context(now=deps.now(), by=COMPLAINANT, terms=terms)
    if mail.text:
        case = _with_message(deps, case, mail, received, named.complaint.reference, context)
    elif not mail.enclosures:
        raise Invalid(Wrong("/text", "missing"))
    joined = with_files(deps, replace(received, outcome=MailOutcome.JOINED), mail, case, context)
    if mail.text or joined.kept:
        return joined
    return replace(joined, outcome=MailOutcome.NOT_TAKEN, reason=Invalid.code)


def _with_message(
    deps: "Container",
    case: Case,
    mail: ParsedMail,
    received: ReceivedMail,
    asked: str,
    context: Context,
) -> Case:
    """The case with what was written, once for the case that was `asked`, whatever became of it meanwhile."""
    command = AddByMail(text=mail.text[:MOST_SHOWN], message_id=mail.message_id, raw=received.as_it_came)
    guard = Guard(id=f"{GUARD}{asked}-{mail.id}", at=context.now, expires=context.now + KNOWN)
    if deps.cases.look_up(asked, guard=guard.id).guard:
        return case
    try:
        return deps.casework.carry_out(case, command, context, guard=guard)
    except AlreadyUsed:
        return deps.cases.load(case.complaint.reference) or case


def open_case(deps: "Container", received: ReceivedMail, mail: ParsedMail, terms: SiteTerms) -> ReceivedMail:
    """A new complaint, where the site takes them by mail. Raises `Refusal`."""
    site = terms.site
    if not site.takes_mail:
        return received
    if not site.is_open:
        raise Invalid(Wrong("/site", "closed-site"))
    context = Context(now=deps.now(), by=COMPLAINANT, terms=terms)
    submission = Submission(site=site.key, key=f"mail-{mail.id}", body="")
    case = deps.casework.receive(_complaint(mail, received, site.language), context, submission).case
    opened = replace(received, outcome=MailOutcome.OPENED, reference=case.complaint.reference)
    return with_files(deps, opened, mail, case, context)


def _complaint(mail: ParsedMail, received: ReceivedMail, language: str) -> Receive:
    """What was forwarded belongs to what is complained about, so that nothing is cut off as quoted."""
    words = mail.all_words or mail.subject[:MOST_OF_A_LINE]
    address = mail_address(mail.sender)
    if not words or address is None:
        raise Invalid(Wrong("/description" if address else "/complainant/email", "missing"))
    return Receive(
        language=language,
        channel=Channel.EMAIL,
        person=Person(name=mail.name[:MOST_OF_A_LINE] or None, email=address),
        subject=mail.subject[:MOST_OF_A_LINE] or None,
        description=words[:MOST_SHOWN],
        message_id=mail.message_id,
        raw=received.as_it_came,
    )


def with_files(
    deps: "Container", received: ReceivedMail, mail: ParsedMail, case: Case, context: Context
) -> ReceivedMail:
    """The mail with the files that the case took, and those that it did not."""
    kept: list[str] = []
    left: list[str] = []
    for place, enclosure in enumerate(mail.enclosures):
        case, is_kept = _taken(deps, case, file_id(mail.id, place), enclosure, context)
        (kept if is_kept else left).append(enclosure.name)
    return replace(received, kept=tuple(kept), left=tuple(left))


def _type(enclosure: Enclosure) -> FileType | None:
    """What a file is by its bytes. No byte marks text, so that a file must also call itself text, or nothing:
    a mail within the mail, or a signature, is no file of the case."""
    kind = type_of(enclosure.content)
    calls_itself_text = enclosure.type.startswith("text/") or enclosure.type == _NO_TYPE
    return None if kind is FileType.TEXT and not calls_itself_text else kind


def _taken(
    deps: "Container", case: Case, id: str, enclosure: Enclosure, context: Context
) -> tuple[Case, bool]:
    """The case with one more file, in the same way as an upload: looked at, then kept or refused."""
    if (before := case.complaint.attachment(id)) and not before.is_waited_for:
        return case, before.is_kept
    kind = _type(enclosure)
    if kind is None or len(enclosure.content) > MOST_BYTES:
        return case, False
    try:
        if before is None:
            kind_of_wish = AttachFromMail if context.by.is_staff else Attach
            wish = kind_of_wish(id=id, name=enclosure.name, type=kind, size=len(enclosure.content))
            case = deps.casework.carry_out(case, wish, context)
        deps.files.deposit(file_key(case.complaint.reference, id), enclosure.content, kind)
        case = deps.casework.carry_out(case, attachments.inspected(deps, case, id), context)
    except Unavailable:
        raise
    except Refusal:
        return case, False
    file = case.complaint.attachment(id)
    return case, file is not None and file.is_kept


def read_mail(
    deps: "Container", raw: bytes, arrival: MailEnvelope, names: Collection[str] = ()
) -> ParsedMail:
    """The mail, which may quote a letter that came from one of these `names`; where its reader fails, what
    says so.

    What strangers send has more ways to be broken than anybody knows, and what fails once fails each time
    that it is tried again.
    """
    try:
        return deps.ses.read(raw, arrival, names)
    except Exception as error:
        telemetry.failure("mail cannot be read", error, raw=arrival.key)
        return deps.ses.unreadable(raw)

"""Takes a mail into a case: as a message, or as the complaint that opens one; its files come along."""

from datetime import timedelta
from hashlib import sha256

from msgspec.structs import replace

from complaints.attachment import FileType
from complaints.attachment_commands import Attach
from complaints.attachments import MOST_BYTES, file_key
from complaints.case import AlreadyUsed, Case, Guard
from complaints.casework import Submission
from complaints.commands import Add, Receive
from complaints.given import Given
from complaints.incoming import Enclosure, Incoming, Outcome, ReceivedMail
from complaints.mailbox import mail_address
from complaints.people import COMPLAINANT
from complaints.refusals import Invalid, Refusal, Unavailable, Wrong
from complaints.site import Terms
from complaints.words import Channel
from complaints.world.assemble import world
from functions import attachments, doors
from functions.forms import LIMITS

KEPT = timedelta(days=30)
"""How long it is known that a mail was taken: longer than any mail service delivers one again."""


def join(received: ReceivedMail, mail: Incoming, named: Case, terms: Terms) -> ReceivedMail:
    """A message of the complainant on the case, or on the one that it became part of. Raises `Refusal`."""
    here = world()
    case = doors.whole(named)
    given = Given(now=here.now(), by=COMPLAINANT, terms=terms)
    if mail.text:
        guard = Guard(id=f"mail-{mail.id}", at=given.now, expires=given.now + KEPT)
        try:
            command = Add(text=mail.text[: LIMITS["description"]])
            case = here.casework.carry_out(case, command, given, guard=guard)
        except AlreadyUsed:
            case = here.cases.load(case.complaint.reference) or case
    elif not mail.enclosures:
        raise Invalid(Wrong("/text", "missing"))
    return _with_files(replace(received, outcome=Outcome.JOINED), mail, case, given)


def open_case(received: ReceivedMail, mail: Incoming, terms: Terms) -> ReceivedMail:
    """A new complaint, where the site takes them by mail. Raises `Refusal`."""
    here, site = world(), terms.site
    if not site.takes_mail:
        return received
    if not site.is_open:
        raise Invalid(Wrong("/site", "closed-site"))
    given = Given(now=here.now(), by=COMPLAINANT, terms=terms)
    submission = Submission(site=site.key, key=f"mail-{mail.id}", body="")
    case = here.casework.receive(_complaint(mail, site.language), given, submission).case
    opened = replace(received, outcome=Outcome.OPENED, reference=case.complaint.reference)
    return _with_files(opened, mail, case, given)


def _complaint(mail: Incoming, language: str) -> Receive:
    """What was forwarded belongs to what is complained about, so that nothing is cut off as quoted."""
    words = "\n\n".join(filter(None, (mail.text, mail.quoted))) or mail.subject
    address = mail_address(mail.sender)
    if not words or address is None:
        raise Invalid(Wrong("/description" if address else "/complainant/email", "missing"))
    return Receive(
        language=language,
        channel=Channel.EMAIL,
        name=mail.name[: LIMITS["name"]] or None,
        email=address,
        subject=mail.subject[: LIMITS["subject"]] or None,
        description=words[: LIMITS["description"]],
    )


def _with_files(received: ReceivedMail, mail: Incoming, case: Case, given: Given) -> ReceivedMail:
    """The mail with the files that the case took, and those that it did not."""
    kept: list[str] = []
    left: list[str] = []
    for place, enclosure in enumerate(mail.enclosures):
        id = sha256(f"{mail.id}|{place}".encode()).hexdigest()[:32]
        case, is_kept = _taken(case, id, enclosure, given)
        (kept if is_kept else left).append(enclosure.name)
    return replace(received, kept=tuple(kept), left=tuple(left))


def _taken(case: Case, id: str, enclosure: Enclosure, given: Given) -> tuple[Case, bool]:
    """The case with one more file, by the same door as an upload: looked at, then kept or refused."""
    here = world()
    kind = next((kind for kind in FileType if kind == enclosure.type), None)
    if kind is None or len(enclosure.content) > MOST_BYTES:
        return case, False
    try:
        wish = Attach(id=id, name=enclosure.name, type=kind, size=len(enclosure.content))
        case = here.casework.carry_out(case, wish, given)
        here.files.deposit(file_key(case.complaint.reference, id), enclosure.content, kind)
        case = here.casework.carry_out(case, attachments.looked_at(case, id), given)
    except Unavailable:
        raise
    except Refusal:
        return case, False
    file = case.complaint.attachment(id)
    return case, file is not None and file.is_kept

"""Commands on inbound mail."""

from complaints.commands.command import Command, StaffCommand
from complaints.model.correspondence.inbound_mail import RawMail
from complaints.model.record.attachment import FileType
from complaints.values.field_types import LongText


class AddByMail(Command, frozen=True, kw_only=True):
    """The complainant writes by mail; `message_id` is that of the mail, `raw` the mail as it came."""

    verb = "add"
    text: LongText
    message_id: str | None = None
    raw: RawMail | None = None


class JoinMail(StaffCommand, frozen=True, kw_only=True):
    """Adds a mail to the case, after staff have looked at it. The fields are those of `MailJoined`."""

    verb = "join_mail"
    mail: str
    text: str | None = None
    sender: str | None = None
    raw: RawMail | None = None


class AttachFromMail(StaffCommand, frozen=True, kw_only=True):
    """A file of a mail that staff let into a case comes along; else as `Attach`."""

    verb = JoinMail.verb
    id: str
    name: str
    type: FileType
    size: int

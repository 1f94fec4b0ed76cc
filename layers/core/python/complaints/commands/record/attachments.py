"""What is asked for about the files of a case."""

from complaints.commands.command import Command, CommandWithTexts
from complaints.model.record.attachment import FileType, Flaw, Scan
from complaints.values.field_types import LongText, ShortText


class Attach(Command, frozen=True, kw_only=True):
    """The complainant has a file to add; `id` was made for it, `name` is what they call it."""

    verb = "attach"
    id: str
    name: str
    type: FileType
    size: int


class AddFile(Command, frozen=True, kw_only=True):
    """Staff, or an outside unit that was asked for something, have a file to add, which only staff see.

    The fields are those of `Attach`.
    """

    verb = "add_file"
    id: str
    name: str
    type: FileType
    size: int


class SendFile(CommandWithTexts, frozen=True, kw_only=True):
    """Writes to the complainant, who from then on has a file of staff on the page of the complaint.

    `file` is the id of a kept file that only staff see.
    """

    verb = "send_file"
    file: ShortText
    text: LongText


class Arrive(Command, frozen=True, kw_only=True):
    """The upload is announced, and was looked at: `flaw` is what is wrong with it, `digest` its SHA-256."""

    verb = "arrive"
    id: str
    digest: str
    scan: Scan = Scan.NOT_SCANNED
    flaw: Flaw | None = None

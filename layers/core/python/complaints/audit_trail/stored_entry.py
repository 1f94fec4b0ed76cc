"""An entry of a case as it is stored, with the letters that quote it."""

from msgspec import Struct

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.correspondence.mail import ReceivedMail


class Passage(Struct, frozen=True, kw_only=True):
    """`letters` are the ids of those that quote the entry; `is_on_its_way` says that one has not left yet.

    `mails` are the inbound mails that its text came from.
    """

    entry: StoredEntry
    letters: tuple[str, ...] = ()
    is_on_its_way: bool = False
    mails: tuple[ReceivedMail, ...] = ()

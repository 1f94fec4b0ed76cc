"""Facts about mail that staff saw to."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.correspondence.mail import RawMail
from complaints.case.correspondence.messages import going_on
from complaints.case.fact import Fact

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class MailJoined(Fact, frozen=True, kw_only=True):
    """A member of staff added a mail to the case that was not routed automatically: `by` looked at it.

    `sender` is the address that it came from, which need not be the complainant's. `mail` is its name among
    those of the site, `raw` the mail as it came. A mail with nothing but files has no text.
    """

    PRIVATE = ("text", "sender")
    IDENTITY = ("sender",)
    OF_COMPLAINANT = UNREDACTED = NAMES = ("sender",)
    TEXTS = ("text",)
    mail: str
    text: str | None = None
    sender: str | None = None
    raw: RawMail | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        """It ends the wait for an answer as a message does: the answer may have come from another address."""
        return replace(going_on(complaint), has_news=True)

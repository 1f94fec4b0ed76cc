"""Facts about mail that staff saw to."""

from complaints.events.event import Fact
from complaints.model.correspondence.inbound_mail import RawMail


class MailJoined(Fact, frozen=True, kw_only=True):
    """A member of staff added a mail to the case that was not routed automatically: `by` looked at it.

    `sender` is the address that it came from, which need not be the complainant's. `mail` is its name among
    those of the site, `raw` the mail as it came. A mail with nothing but files has no text.
    """

    PRIVATE = ("text", "sender")
    IDENTITY = ("sender",)
    mail: str
    text: str | None = None
    sender: str | None = None
    raw: RawMail | None = None

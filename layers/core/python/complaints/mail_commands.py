"""What staff ask for about mail that came in."""

from complaints.command import StaffCommand


class JoinMail(StaffCommand, frozen=True, kw_only=True):
    """A mail belongs to the case: somebody has looked at it. The fields are those of `MailJoined`."""

    verb = "join_mail"
    mail: str
    text: str | None = None
    sender: str | None = None

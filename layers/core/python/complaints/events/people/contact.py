"""Facts about the contact details of the complainant."""

from complaints.events.event import Fact
from complaints.values.field_types import ComplainantKind, Way


class ContactCorrected(Fact, frozen=True, kw_only=True):
    """What is held of the complainant was put right (GDPR, article 16).

    A detail that is not named stays as it was; an empty text says that there is none any more. `reach` is
    how the person can be reached from now on. `former` is the number of the entry with the mail address that
    held before, if that address is told.
    """

    PRIVATE = ("name", "email", "phone", "post", "reason")
    IDENTITY = ("name", "email", "phone", "post")

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    language: str | None = None
    kind: ComplainantKind | None = None
    preferred_way: Way | None = None
    reach: tuple[Way, ...] = ()
    former: int | None = None
    reason: str | None = None


class MailAddressProposed(Fact, frozen=True, kw_only=True):
    """The complainant named another mail address: it holds once whoever reads it confirms it."""

    PRIVATE = ("email",)
    IDENTITY = ("email",)

    email: str


class MailAddressConfirmed(Fact, frozen=True, kw_only=True):
    """The proposed mail address was confirmed: `entry` holds it, `former` the one that held before, if any
    did that mail reaches."""

    entry: int
    former: int | None = None


ContactFact = ContactCorrected | MailAddressProposed | MailAddressConfirmed

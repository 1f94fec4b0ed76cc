"""The fact that a complaint was received (clause 7.2), as it was told."""

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.case.correspondence.mail import RawMail
from complaints.case.fact import Fact
from complaints.values import details_told
from complaints.values.field_types import Channel, ComplainantKind, DataRight, Feedback, Stage, Way

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class Received(Fact, frozen=True, kw_only=True):
    """A complaint was received (clause 7.2), when it was recorded, or earlier at `received_at`.

    `own_fields` are the answers to the site's own fields, as `values/own_fields.py` writes them. `message_id`
    is that of the mail, if it came by one (RFC 5322), and `raw` that mail as it came. Who complains may be
    `sealed` for good: only a custodian opens that.
    """

    PRIVATE = (
        *details_told.WHO, "subject", "description", *details_told.Details.__struct_fields__, "own_fields",
        "remedy_sought", "special_needs", "message_id",
    )  # fmt: skip
    UNSHOWN = ("message_id",)
    IDENTITY = (
        *details_told.WHO, *details_told.Identifying.__struct_fields__, "own_fields", "message_id",
    )  # fmt: skip
    OF_COMPLAINANT = (
        *details_told.Reached.__struct_fields__, "relation", "authority", "special_needs", "message_id",
    )  # fmt: skip
    OF_REPRESENTED = ("represented", "relation", "authority")
    UNREDACTED = (*details_told.WHO, *details_told.UNREDACTED, "special_needs", "message_id")
    NAMES = ("email", "name", "represented", *details_told.NAMES, "subject", "own_fields")
    TELEPHONES = ("phone",)
    TEXTS = ("description", *details_told.TEXTS, "remedy_sought", "post")
    PUBLIC = "received"
    WEBHOOK = "complaint.received"

    site: str
    language: str
    channel: Channel = Channel.WEB
    received_at: datetime | None = None
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    kind: ComplainantKind | None = None
    preferred_way: Way | None = None
    category: str | None = None
    reach: tuple[Way, ...] = ()
    notice_version: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    post: str | None = None
    represented: str | None = None
    relation: str | None = None
    authority: str | None = None
    subject: str | None = None
    description: str
    product: str | None = None
    order_number: str | None = None
    place: str | None = None
    earlier_reference: str | None = None
    taken_elsewhere: str | None = None
    own_fields: str | None = None
    occurred_on: str | None = None
    remedy_sought: str | None = None
    special_needs: str | None = None
    danger: bool = False
    danger_details: str | None = None
    message_id: str | None = None
    sealed: bool = False
    raw: RawMail | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(
            complaint,
            site=self.site,
            language=self.language,
            channel=self.channel,
            feedback=self.feedback,
            data_right=self.data_right,
            kind=self.kind,
            category=self.category,
            reach=self.reach,
            preferred_way=self.preferred_way,
            notice_version=self.notice_version,
            has_needs=self.special_needs is not None,
            stage=Stage.RECEIVED,
            received_at=self.received_at or self.at,
            sealed=self.sealed,
        )

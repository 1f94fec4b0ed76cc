"""Letters and links of a case: how often somebody wrote, and facts about what became of letters."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.correspondence.letter import COPY, NOT_TO_COMPLAINANT, TO_UNITS, LetterKind
from complaints.case.fact import Fact, wording
from complaints.values.field_types import LinkChange, Stage, Way
from complaints.values.people import COMPLAINANT

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class MessageCount(Struct, frozen=True, omit_defaults=True):
    """How often the complainant wrote: on the last day that they did, and in all."""

    day: date | None = None
    that_day: int = 0
    in_all: int = 0


class UnpostedLetter(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A letter on paper that waits to be posted; `about` is the clock of an extension."""

    letter: str
    kind: str
    prepared_at: datetime
    about: str | None = None


class LetterPrepared(Fact, frozen=True, kw_only=True):
    """A letter waits to be printed; `about` is the clock of an extension."""

    TIMELINE = wording(kind="case.letter.")

    letter: str
    kind: str
    about: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        waiting = UnpostedLetter(letter=self.letter, kind=self.kind, prepared_at=self.at, about=self.about)
        return replace(complaint, to_post=(*complaint.to_post, waiting))


class LetterPosted(Fact, frozen=True, kw_only=True):
    """A printed letter was posted, or handed over; `told_at` is when."""

    TIMELINE = wording(kind="case.letter.", when="told_at")

    letter: str
    kind: str
    told_at: datetime

    def apply(self, complaint: "Complaint") -> "Complaint":
        left = tuple(each for each in complaint.to_post if each.letter != self.letter)
        return replace(complaint, to_post=left)


class AddressFailed(Fact, frozen=True, kw_only=True):
    """The complainant's address takes no more mail: letters are printed from now on.

    `letter` is the one that failed, `reason` what the mail service said in codes.
    """

    PUBLIC = "address_failed"

    letter: str
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        """Letters are printed from now on, and staff get a notice that they wait to be posted."""
        return replace(complaint, reach=tuple(way for way in complaint.reach if way is not Way.MAIL))


class LinkAsked(Fact, frozen=True, kw_only=True):
    """The link to the complaint was lost: it goes once more to the address on record."""

    PUBLIC = "link_asked"

    def apply(self, complaint: "Complaint") -> "Complaint":
        return complaint


class LinkChanged(Fact, frozen=True, kw_only=True):
    """All links to the complainant's page ended. A new one took their place, or none did."""

    PRIVATE = ("reason",)
    PUBLIC = "link_changed"
    TIMELINE = wording(change="case.link_change.", text="reason")
    change: LinkChange
    reason: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        is_withdrawn = self.change is LinkChange.WITHDRAW
        by_person = self.by == COMPLAINANT and not is_withdrawn
        return replace(
            complaint,
            links_renewed=complaint.links_renewed + 1,
            links_renewed_by_person=complaint.links_renewed_by_person + by_person,
            link_withdrawn=is_withdrawn,
        )


LetterFact = LetterPrepared | LetterPosted | AddressFailed | LinkAsked | LinkChanged


class LetterSent(Fact, frozen=True, kw_only=True):
    """The mail service took a letter; `doubtful` says that it may have taken it twice. One whose `way` is the
    page can be read there from then on.

    `digest` is the hash of its bytes as they were handed over (SHA-256, hex), `recipient` a commitment to
    whom it went; both are empty where only the mail service tells of it.
    """

    letter: str
    kind: str
    message_id: str
    doubtful: bool = False
    digest: str = ""
    recipient: str = ""
    way: Way | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        return complaint


class LetterFailed(Fact, frozen=True, kw_only=True):
    """A letter cannot be delivered, and will not be tried again."""

    letter: str
    kind: str
    reason: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        """A decision whose letter failed may be sent again in another way; staff get one notice of it.

        A failed webhook blocks nothing, and may be sent again and fail again. Of a case that is being erased
        nobody gets a notice.
        """
        if self.kind == LetterKind.WEBHOOK:
            return complaint
        complaint = replace(complaint, failed_letters=(*complaint.failed_letters, self.letter))
        if complaint.erasure:
            return complaint
        is_theirs = self.kind not in {*NOT_TO_COMPLAINANT, COPY} and Way.MAIL in complaint.reach
        if is_theirs or self.kind in TO_UNITS:
            complaint = replace(complaint, notices=complaint.notices.and_one(self.at))
        decision = complaint.decision
        if self.kind == "resolution" and decision and complaint.stage is Stage.INVESTIGATING:
            return replace(complaint, decision=replace(decision, issued=False))
        return complaint

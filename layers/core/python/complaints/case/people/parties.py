"""Parties beside the complainant: authority to act for somebody, who is complained about, who joined."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.by_id import with_one_changed
from complaints.case.fact import Fact, wording

if TYPE_CHECKING:
    from complaints.case.complaint import Complaint


class AuthorityStep(StrEnum):
    """How far the authority of a representative is: the last step ends the representation."""

    ASKED = "asked"
    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    ENDED = "ended"


class Authority(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The authority to act for somebody: the last step, by which member, and until when it holds.

    The evidence is a private value of `entry`.
    """

    step: AuthorityStep
    at: datetime
    by: str
    entry: int
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it was checked, and is not over on a date."""
        return self.step is AuthorityStep.CHECKED and (self.until is None or on <= self.until)


class RespondentKind(StrEnum):
    """Whether a person is complained about, or a unit of the organisation or outside of it."""

    PERSON = "person"
    UNIT = "unit"


class Respondent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who is complained about: the name is a private value of `entry`, their side one of `side`."""

    id: str
    kind: RespondentKind
    entry: int
    asked_at: datetime | None = None
    side: int | None = None


class LettersWanted(StrEnum):
    """Which letters somebody gets who complains together with others."""

    ALL = "all"
    DECISION = "decision"
    NONE = "none"


class JointComplainant(Struct, frozen=True, omit_defaults=True):
    """Somebody who complains together with the complainant; the details are private values of `entry`.

    Copies of letters are `on_paper` for one without a mail address.
    """

    id: str
    entry: int
    letters: LettersWanted
    on_paper: bool = False


class RepresentationRecorded(Fact, frozen=True, kw_only=True):
    """Who is represented, by what relation, and how far the authority is; an empty text: nobody any more.
    It is `sealed` in a case in which it is sealed who complains."""

    PRIVATE = ("represented", "relation", "evidence")
    IDENTITY = ("represented", "relation", "evidence")
    OF_COMPLAINANT = ("relation", "evidence")
    OF_REPRESENTED = PRIVATE
    UNREDACTED = ("represented", "relation")
    NAMES = ("represented",)

    represented: str | None = None
    relation: str | None = None
    step: AuthorityStep | None = None
    until: date | None = None
    evidence: str | None = None
    sealed: bool = False

    def apply(self, complaint: "Complaint") -> "Complaint":
        """An end of the representation leaves no authority."""
        entry = complaint.number + 1
        named = {name: entry for name in ("represented", "relation") if getattr(self, name) is not None}
        authority = complaint.authority
        if self.step:
            authority = Authority(step=self.step, at=self.at, by=self.by.id, entry=entry, until=self.until)
        return replace(
            complaint,
            contact=replace(complaint.contact, **named),
            authority=None if self.step is AuthorityStep.ENDED else authority,
        )


class RespondentNamed(Fact, frozen=True, kw_only=True):
    """Somebody is complained about: a person, or a unit."""

    PRIVATE = ("name",)
    NAMES = PRIVATE
    TIMELINE = wording(id="as it is", kind="case.respondent.", text="name")

    id: str
    kind: RespondentKind
    name: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        new = Respondent(id=self.id, kind=self.kind, entry=complaint.number + 1)
        return replace(complaint, respondents=(*complaint.respondents, new))


class SideAsked(Fact, frozen=True, kw_only=True):
    """Whoever is complained about was asked for their side."""

    TIMELINE = wording(id="as it is")

    id: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        asked = with_one_changed(complaint.respondents, self.id, asked_at=self.at)
        return replace(complaint, respondents=asked)


class SideRecorded(Fact, frozen=True, kw_only=True):
    """What somebody says who is complained about."""

    PRIVATE = ("side",)
    TEXTS = PRIVATE
    TIMELINE = wording(id="as it is", text="side")

    id: str
    side: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        heard = with_one_changed(complaint.respondents, self.id, side=complaint.number + 1)
        return replace(complaint, respondents=heard)


class ComplainantJoined(Fact, frozen=True, kw_only=True):
    """Somebody complains together with the complainant, and gets the letters that were agreed."""

    PRIVATE = ("name", "email", "phone", "post")
    IDENTITY = ("name", "email", "phone", "post")
    UNREDACTED = PRIVATE
    NAMES = ("email", "name")
    TELEPHONES = ("phone",)
    TEXTS = ("post",)
    TIMELINE = wording(id="as it is", letters="case.letters_wanted.", text="name")

    id: str
    letters: LettersWanted
    name: str
    email: str | None = None
    phone: str | None = None
    post: str | None = None

    def apply(self, complaint: "Complaint") -> "Complaint":
        new = JointComplainant(
            id=self.id, entry=complaint.number + 1, letters=self.letters, on_paper=self.email is None
        )
        return replace(complaint, joint=(*complaint.joint, new))


class ComplainantLeft(Fact, frozen=True, kw_only=True):
    """Somebody no longer complains together with the complainant."""

    TIMELINE = wording(id="as it is")

    id: str

    def apply(self, complaint: "Complaint") -> "Complaint":
        return replace(complaint, joint=tuple(each for each in complaint.joint if each.id != self.id))


PartyFact = (
    ComplainantJoined | ComplainantLeft | RepresentationRecorded | RespondentNamed | SideAsked | SideRecorded
)

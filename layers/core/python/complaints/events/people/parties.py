"""Facts about the parties beside the complainant."""

from datetime import date

from complaints.events.event import Fact
from complaints.model.people.parties import AuthorityStep, LettersWanted, RespondentKind


class RepresentationRecorded(Fact, frozen=True, kw_only=True):
    """Who is represented, by what relation, and how far the authority is; an empty text: nobody any more.
    It is `sealed` in a case in which it is sealed who complains."""

    PRIVATE = ("represented", "relation", "evidence")
    IDENTITY = ("represented", "relation", "evidence")

    represented: str | None = None
    relation: str | None = None
    step: AuthorityStep | None = None
    until: date | None = None
    evidence: str | None = None
    sealed: bool = False


class RespondentNamed(Fact, frozen=True, kw_only=True):
    """Somebody is complained about: a person, or a unit."""

    PRIVATE = ("name",)

    id: str
    kind: RespondentKind
    name: str


class SideAsked(Fact, frozen=True, kw_only=True):
    """Whoever is complained about was asked for their side."""

    id: str


class SideRecorded(Fact, frozen=True, kw_only=True):
    """What somebody says who is complained about."""

    PRIVATE = ("side",)

    id: str
    side: str


class ComplainantJoined(Fact, frozen=True, kw_only=True):
    """Somebody complains together with the complainant, and gets the letters that were agreed."""

    PRIVATE = ("name", "email", "phone", "post")
    IDENTITY = ("name", "email", "phone", "post")

    id: str
    letters: LettersWanted
    name: str
    email: str | None = None
    phone: str | None = None
    post: str | None = None


class ComplainantLeft(Fact, frozen=True, kw_only=True):
    """Somebody no longer complains together with the complainant."""

    id: str


PartyFact = (
    ComplainantJoined | ComplainantLeft | RepresentationRecorded | RespondentNamed | SideAsked | SideRecorded
)

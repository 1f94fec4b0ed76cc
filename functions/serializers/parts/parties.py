"""The parties beside the complainant, as JSON: authority of a representative, and who is complained about."""

from collections.abc import Iterable
from datetime import date, tzinfo

from msgspec import Struct

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.parties import (
    AuthorityStep,
    ComplainantJoined,
    LettersWanted,
    RepresentationRecorded,
    RespondentKind,
    RespondentNamed,
    SideRecorded,
)
from functions.serializers.field_types import Member, Moment
from functions.serializers.parts.complaint import local_time


class AuthorityShown(Struct, frozen=True, kw_only=True):
    """How far the authority of the representative is, who recorded it, and until when it holds."""

    step: AuthorityStep
    at: Moment
    by: Member
    until: date | None
    holds: bool
    evidence: str | None


class RespondentShown(Struct, frozen=True, kw_only=True):
    """A person or a unit complained about, and their side as far as it is known."""

    id: str
    kind: RespondentKind
    name: str
    asked_at: Moment | None
    side: str | None


class JointShown(Struct, frozen=True, kw_only=True):
    """Somebody who complains together with the complainant, and which letters they get."""

    id: str
    name: str
    email: str | None
    phone: str | None
    post: str | None
    letters: LettersWanted


def entries(complaint: Complaint) -> frozenset[int]:
    """The entries that hold evidence, names and sides."""
    authority = {complaint.authority.entry} if complaint.authority else set()
    named = {each.entry for each in complaint.respondents} | {each.entry for each in complaint.joint}
    return frozenset(authority | named | {each.side for each in complaint.respondents if each.side})


def authority_view(
    complaint: Complaint, facts: Iterable[tuple[int, Fact]], zone: tzinfo, today: date
) -> AuthorityShown | None:
    """The authority as it stands; `facts` come with their texts, those of `entries` among them."""
    known = complaint.authority
    if known is None:
        return None
    recorded = (fact for number, fact in facts if number == known.entry)
    evidence = (fact.evidence for fact in recorded if isinstance(fact, RepresentationRecorded))
    return AuthorityShown(
        step=known.step,
        at=local_time(known.at, zone),
        by=known.by,
        until=known.until,
        holds=known.holds(today),
        evidence=next(evidence, None),
    )


def respondents_view(
    complaint: Complaint, numbered_facts: Iterable[tuple[int, Fact]], zone: tzinfo
) -> list[RespondentShown]:
    """Who is complained about; `facts` come with their texts, those of `entries` among them."""
    facts = list(numbered_facts)
    names = {fact.id: fact.name for _, fact in facts if isinstance(fact, RespondentNamed)}
    sides = {number: fact.side for number, fact in facts if isinstance(fact, SideRecorded)}
    return [
        RespondentShown(
            id=each.id,
            kind=each.kind,
            name=names.get(each.id, ""),
            asked_at=local_time(each.asked_at, zone),
            side=sides.get(each.side) if each.side else None,
        )
        for each in complaint.respondents
    ]


def joint_view(complaint: Complaint, facts: Iterable[tuple[int, Fact]]) -> list[JointShown]:
    """Who complains together with the complainant; `facts` come with their texts."""
    named = {fact.id: fact for _, fact in facts if isinstance(fact, ComplainantJoined)}
    return [
        JointShown(
            id=fact.id,
            name=fact.name,
            email=fact.email,
            phone=fact.phone,
            post=fact.post,
            letters=fact.letters,
        )
        for each in complaint.joint
        if (fact := named.get(each.id))
    ]

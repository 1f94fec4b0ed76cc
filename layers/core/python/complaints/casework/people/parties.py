"""Objectivity and fairness (clause 4): who may act for somebody, and the side of who is complained about."""

from datetime import date

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.parties import (
    AuthorityStep,
    RepresentationRecorded,
    RespondentKind,
    RespondentNamed,
    SideAsked,
    SideRecorded,
)
from complaints.casework.command import ALL, ANY, Group, StaffCommand, StaffDeclaration
from complaints.casework.people.conflicts_of_interest import must_be_free, must_have_no_interest
from complaints.context.decision_context import Context
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import LongText, ShortText, Text
from complaints.values.people import CASE_ROLES


class Represent(StaffCommand, frozen=True, kw_only=True):
    """For whom the complainant acts, and how far the authority is; what is not named stays."""

    verb = "represent"
    represented: ShortText | None = None
    relation: ShortText | None = None
    authority: AuthorityStep | None = None
    until: date | None = None
    evidence: Text | None = None


class NameRespondent(StaffCommand, frozen=True, kw_only=True):
    """A person or a unit is complained about."""

    verb = "name_respondent"
    name: ShortText
    kind: RespondentKind


class RecordSide(StaffCommand, frozen=True, kw_only=True):
    """Whoever is complained about was asked for their side, or (with `side`) gave it."""

    verb = "record_side"
    respondent: ShortText
    side: LongText | None = None


MOST_RESPONDENTS = 10


def represent(complaint: Complaint, command: Represent, context: Context) -> list[Fact]:
    """Records it. Raises `Invalid` for an end that cannot be, and where nothing changes."""
    is_over = command.authority is AuthorityStep.ENDED
    if command.until and command.authority is not AuthorityStep.CHECKED:
        raise Invalid(Wrong("/until", "not-checked"))
    if command.until and command.until < context.terms.today(context.now):
        raise Invalid(Wrong("/until", "past"))
    if is_over and command.represented:
        raise Invalid(Wrong("/represented", "twice"))
    if not (command.represented or command.relation or command.authority):
        raise Invalid(Wrong("", "nothing-to-change"))
    return [
        RepresentationRecorded(
            at=context.now,
            by=context.by,
            represented="" if is_over else command.represented,
            relation="" if is_over else command.relation,
            step=command.authority,
            until=command.until,
            evidence=command.evidence,
            sealed=complaint.sealed,
        )
    ]


def name_respondent(complaint: Complaint, command: NameRespondent, context: Context) -> list[Fact]:
    """Names who is complained about. Raises `Invalid` for the eleventh."""
    if len(complaint.respondents) >= MOST_RESPONDENTS:
        raise Invalid(Wrong("/name", "too-many", MOST_RESPONDENTS))
    id = f"r{len(complaint.respondents) + 1}"
    return [RespondentNamed(at=context.now, by=context.by, id=id, kind=command.kind, name=command.name)]


def record_side(complaint: Complaint, command: RecordSide, context: Context) -> list[Fact]:
    """Records that their side was asked for, or what it is. Raises `Invalid` for somebody unknown."""
    if not any(each.id == command.respondent for each in complaint.respondents):
        raise Invalid(Wrong("/respondent", "unknown-value"))
    if command.side is None:
        return [SideAsked(at=context.now, by=context.by, id=command.respondent)]
    return [SideRecorded(at=context.now, by=context.by, id=command.respondent, side=command.side)]


def can_record_side(complaint: Complaint, context: Context) -> NotNow | None:
    """Somebody is named."""
    return must_be_free(complaint, context) if complaint.respondents else NotNow()


STAFF = (
    StaffDeclaration(
        Represent,
        represent,
        ALL,
        must_have_no_interest,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=40,
        own_labels=("relation", "until", "evidence"),
        summary="Records for whom the complainant acts, and how far the authority is",
        example={"authority": "checked", "until": "2027-03-31", "evidence": "Power of attorney of 2 March."},
    ),
    StaffDeclaration(
        NameRespondent,
        name_respondent,
        ALL,
        must_be_free,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=50,
        own_labels=("name", "kind"),
        summary="Names the person or the unit complained about",
        example={"name": "Depot North", "kind": "unit"},
    ),
    StaffDeclaration(
        RecordSide,
        record_side,
        ALL,
        can_record_side,
        feedback=ANY,
        roles=CASE_ROLES,
        group=Group.PEOPLE,
        place=60,
        summary="Records that whoever is complained about was asked for their side, or what they say",
        example={"respondent": "r1", "side": "The driver says that nobody opened."},
    ),
)

"""Objectivity and fairness (clause 4): who may act for somebody, and the side of who is complained about."""

from msgspec.structs import replace

from complaints.commands.people.parties import NameRespondent, RecordSide, Represent
from complaints.context.decision_context import Context
from complaints.events.event import Fact
from complaints.events.people.parties import RepresentationRecorded, RespondentNamed, SideAsked, SideRecorded
from complaints.model.by_id import with_one_changed
from complaints.model.complaint import Complaint
from complaints.model.people.parties import Authority, AuthorityStep, Respondent
from complaints.rules.conflicts_of_interest import must_be_free
from complaints.values.errors import Invalid, NotNow, Wrong

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


def represented(complaint: Complaint, fact: RepresentationRecorded) -> Complaint:
    """An end of the representation leaves no authority."""
    entry = complaint.number + 1
    named = {name: entry for name in ("represented", "relation") if getattr(fact, name) is not None}
    authority = complaint.authority
    if fact.step:
        authority = Authority(step=fact.step, at=fact.at, by=fact.by.id, entry=entry, until=fact.until)
    return replace(
        complaint,
        contact=replace(complaint.contact, **named),
        authority=None if fact.step is AuthorityStep.ENDED else authority,
    )


def respondent_named(complaint: Complaint, fact: RespondentNamed) -> Complaint:
    new = Respondent(id=fact.id, kind=fact.kind, entry=complaint.number + 1)
    return replace(complaint, respondents=(*complaint.respondents, new))


def side_asked(complaint: Complaint, fact: SideAsked) -> Complaint:
    asked = with_one_changed(complaint.respondents, fact.id, asked_at=fact.at)
    return replace(complaint, respondents=asked)


def side_recorded(complaint: Complaint, fact: SideRecorded) -> Complaint:
    heard = with_one_changed(complaint.respondents, fact.id, side=complaint.number + 1)
    return replace(complaint, respondents=heard)

"""Response (clauses 7.7 and 7.8): the decision, its approval, and its communication."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.outcome.decision import (
    DecisionApproved,
    DecisionProposed,
    DecisionReturned,
    Responded,
    ResponseIssued,
)
from complaints.case.outcome.points import Point
from complaints.casework.command import (
    EXAMINED,
    INVESTIGATING,
    CommandWithTexts,
    Group,
    StaffCommand,
    StaffDeclaration,
)
from complaints.casework.outcome.outcomes import decided_outcome, wrong_remedies
from complaints.casework.outcome.points import contradicts, taken_up
from complaints.casework.outcome.remedies import overdue_from
from complaints.casework.people.conflicts_of_interest import must_be_free
from complaints.casework.process.investigation import Find, find
from complaints.casework.recorded_times import recorded_moment
from complaints.context.decision_context import Context
from complaints.promise_packs.schema import EARLY
from complaints.site.site import Site, SiteTerms
from complaints.values.casework.standard_texts import TextUse
from complaints.values.errors import (
    Invalid,
    NotNow,
    NoWayToReach,
    PointsUnanswered,
    SecondPersonNeeded,
    Wrong,
)
from complaints.values.field_types import CodeName, EarlierDecision, LongText, Outcome, Remedy, Way
from complaints.values.people import CASE_ROLES, Actor, Role


class Decide(CommandWithTexts, frozen=True, kw_only=True):
    """`earlier_decision` says what becomes of decisions that the complainant was told before; they stand, and
    this one is added, where nothing is said. A `finding` and its `root_cause` are needed where none is
    recorded, unless the matter is out of scope."""

    verb = "decide"
    outcome: CodeName
    earlier_decision: EarlierDecision | None = None
    reasons: LongText
    remedies: tuple[Remedy, ...] = ()
    finding: LongText | None = None
    root_cause: CodeName | None = None


class Approve(StaffCommand, frozen=True, kw_only=True):
    """Agrees to a decision or a closing as a second person."""

    verb = "approve"


class Return(CommandWithTexts, frozen=True, kw_only=True):
    """Sends a decision back to whoever proposed it, with the reasons."""

    verb = "return"
    reasons: LongText


class Respond(StaffCommand, frozen=True, kw_only=True):
    """Without `by` the decision goes by letter: by mail, or on paper to a person without an address."""

    verb = "respond"
    by: Way | None = None
    at: datetime | None = None


def decide(complaint: Complaint, command: Decide, context: Context) -> list[Fact]:
    """Proposes a decision, in place of one that was not sent. Raises `Invalid`.

    What was communicated before stands unless it is said to be replaced: no promise is lost by silence. A
    finding is recorded first, or with the decision.
    """
    codes = context.terms.site.codes
    decided = decided_outcome(command.outcome, codes)
    points, of_points = taken_up(complaint, before=len(command.remedies))
    remedies = (*command.remedies, *of_points)
    wrong = wrong_remedies(command.remedies, context.terms.today(context.now), codes, of_points)
    if decided is None:
        wrong.append(Wrong("/outcome", "unknown-value"))
    if wrong or decided is None:
        raise Invalid(*wrong)
    outcome = decided.like or Outcome(decided.code)
    if len(points) == len(complaint.points) and contradicts(outcome, points):
        raise Invalid(Wrong("/outcome", "against-points"))
    earlier = _earlier(complaint, command, outcome)
    if earlier is EarlierDecision.REPLACE and any(_unanswered(complaint)):
        raise Invalid(Wrong("/earlier_decision", "points-unanswered"))
    if points and earlier is EarlierDecision.UPHOLD:
        raise Invalid(Wrong("/earlier_decision", "points-answered-anew"))
    proposed = DecisionProposed(
        at=context.now,
        by=context.by,
        outcome=outcome,
        outcome_code=decided.code if decided.like else None,
        earlier_decision=earlier,
        reasons=command.reasons,
        remedies=remedies,
        points=points,
        overdue_from=overdue_from(remedies, context.terms),
        needs_approval=needs_approval(complaint, remedies, earlier, context),
    )
    return [proposed, *found_with_decision(complaint, command, outcome, context)]


def needs_approval(
    complaint: Complaint, remedies: tuple[Remedy, ...], earlier: EarlierDecision | None, context: Context
) -> bool:
    """A second person agrees to what is grave, above the authority of who decides, or at a site that always
    asks for it.

    What the same person decided alone before counts too while it is in force: a limit is not kept by parts.
    An amount in a currency other than the site's cannot be compared with a limit: it needs one too.
    """
    site, by = context.terms.site, context.by
    if site.always_approve or (complaint.assessment and complaint.assessment.is_grave):
        return True
    if earlier is not EarlierDecision.REPLACE:
        alone = (each for each in complaint.decisions_in_force if context.is_own(each.decided_by))
        remedies += tuple(remedy for each in alone if not each.approved_by for remedy in each.remedies)
    priced = [remedy for remedy in remedies if remedy.amount]
    if any(remedy.currency != site.currency for remedy in priced):
        return True
    return sum(Decimal(remedy.amount or 0) for remedy in priced) > _authority(by, site)


def _authority(by: Actor, site: Site) -> Decimal:
    """How much money this person decides on alone."""
    limit = site.reviewer_limit if by.is_reviewer else site.agent_limit
    return Decimal(limit or site.approval_limit)


def approve(complaint: Complaint, command: Approve, context: Context) -> list[Fact]:
    """A second person agrees."""
    return [DecisionApproved(at=context.now, by=context.by)]


def send_back(complaint: Complaint, command: Return, context: Context) -> list[Fact]:
    """A second person does not agree, and says why."""
    return [DecisionReturned(at=context.now, by=context.by, reasons=command.reasons)]


def respond(complaint: Complaint, command: Respond, context: Context) -> list[Fact]:
    """Tells the decision: by letter it counts when the letter was taken or posted, else at once."""
    if command.by is Way.PAGE:
        raise Invalid(Wrong("/by", "not-by-mail"))
    if command.by not in (None, Way.MAIL):
        told_at = recorded_moment(complaint, command.at, context)
        if complaint.decision and told_at < complaint.decision.settled_at:
            raise Invalid(Wrong("/at", "before-decision"))
        if _must_be_written(complaint, told_at, context.terms):
            raise Invalid(Wrong("/by", "in-writing"))
        return [Responded(at=context.now, by=context.by, way=command.by, told_at=told_at)]
    if command.by is Way.MAIL and Way.MAIL not in complaint.reach:
        raise NoWayToReach
    if complaint.decision and complaint.decision.issued:
        raise NotNow
    return [ResponseIssued(at=context.now, by=context.by)]


def _must_be_written(complaint: Complaint, at: datetime, terms: SiteTerms) -> bool:
    """Whether a law asks for the decision by letter: not while it can be settled within a short period
    (DISP 1.5.4R, RG 271.71), and not where no letter reaches the person."""
    going = [clock for clock in complaint.clocks if clock.stopped_at is None]
    if any(clock.purpose == EARLY and at <= clock.due for clock in going):
        return False
    is_asked = any(rule.in_writing for clock in going if (rule := terms.rule_of(clock)))
    return is_asked and (Way.MAIL in complaint.reach or Way.POST in complaint.reach)


def can_be_decided(complaint: Complaint, context: Context) -> NotNow | None:
    """Not while the last decision is on its way, or a point has no answer; at level 2 by a reviewer who had
    no part in the first."""
    if complaint.decision and complaint.decision.is_on_its_way:
        return NotNow()
    if complaint.level > 1 and not context.by.is_reviewer:
        return SecondPersonNeeded()
    if any(point.decided is None for point in _unanswered(complaint)):
        return PointsUnanswered()
    return must_be_free(complaint, context)


def can_be_approved(complaint: Complaint, context: Context) -> NotNow | None:
    """There is a decision that waits for a second person, and this is one."""
    decision = complaint.decision
    if decision is None or not decision.awaits_approval:
        return NotNow()
    if context.is_own(decision.decided_by):
        return SecondPersonNeeded()
    return must_be_free(complaint, context)


def can_be_communicated(complaint: Complaint, context: Context) -> NotNow | None:
    """Whether there is a decision, approved if it has to be, and no mail is on its way with it.

    One that waits as a letter on paper may be communicated in a talk first.
    """
    decision = complaint.decision
    if decision is None or decision.told_at or (decision.issued and Way.MAIL in complaint.reach):
        return NotNow()
    return SecondPersonNeeded() if decision.awaits_approval else must_be_free(complaint, context)


def _unanswered(complaint: Complaint) -> Iterator[Point]:
    """The points to which nothing new is answered."""
    return (point for point in complaint.points if point.answer is None)


def _earlier(complaint: Complaint, command: Decide, outcome: Outcome) -> EarlierDecision | None:
    """What becomes of the decisions before it; `None` for the first. Raises `Invalid`."""
    known, chosen = complaint.known_decision, command.earlier_decision
    if known is None:
        if chosen:
            raise Invalid(Wrong("/earlier_decision", "no-earlier-decision"))
        return None
    if chosen is EarlierDecision.UPHOLD and outcome is not known.outcome:
        raise Invalid(Wrong("/outcome", "upheld-differs"))
    if chosen is EarlierDecision.UPHOLD and command.remedies:
        raise Invalid(Wrong("/remedies", "upheld-adds-none"))
    return chosen or EarlierDecision.ADD


def found_with_decision(
    complaint: Complaint, command: Decide, outcome: Outcome, context: Context
) -> list[Fact]:
    """The finding that is recorded with a decision, if any.

    Raises `Invalid` where there is none at all: nothing is decided on its merits before it was looked into.
    """
    if command.finding and command.root_cause:
        return find(complaint, Find(finding=command.finding, root_cause=command.root_cause), context)
    needed = {"finding": command.finding, "root_cause": command.root_cause}
    is_needed = complaint.cause is None and outcome is not Outcome.OUT_OF_SCOPE
    if is_needed or any(needed.values()):
        raise Invalid(*(Wrong(f"/{name}", "missing") for name, value in needed.items() if not value))
    return []


STAFF = (
    StaffDeclaration(
        Decide,
        decide,
        EXAMINED,
        can_be_decided,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=50,
        own_labels=("by", "reasons", "finding", "root_cause"),
        texts={"reasons": TextUse.REASONS, "finding": TextUse.FINDING},
        in_macros=True,
        summary="Proposes a decision with its reasons and remedies",
        example={
            "outcome": "upheld",
            "reasons": "The lamp was broken when it was handed over.",
            "remedies": [{"kind": "refund", "amount": "49.90", "currency": "EUR", "by": "2026-04-10"}],
        },
    ),
    StaffDeclaration(
        Approve,
        approve,
        frozenset({INVESTIGATING}),
        can_be_approved,
        roles=frozenset({Role.REVIEWER}),
        group=Group.WORK,
        place=60,
        form_note=True,
        summary="Approves a decision, as a second person",
        example={},
    ),
    StaffDeclaration(
        Return,
        send_back,
        frozenset({INVESTIGATING}),
        can_be_approved,
        roles=frozenset({Role.REVIEWER}),
        group=Group.WORK,
        place=70,
        texts={"reasons": TextUse.NOTE},
        summary="Sends a decision back, as a second person",
        example={"reasons": "Please say why the delivery costs are not refunded."},
    ),
    StaffDeclaration(
        Respond,
        respond,
        frozenset({INVESTIGATING}),
        can_be_communicated,
        roles=CASE_ROLES,
        group=Group.WORK,
        place=80,
        asked_twice=True,
        own_labels=("at", "by"),
        in_macros=True,
        summary="Communicates the decision: by letter, or as done by telephone, post or in person",
        example={"by": "mail"},
    ),
)

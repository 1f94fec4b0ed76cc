"""A second opinion on what may be asked of a case: the tables, read for a case wherever it stands.

A column of the tables is found by stage, level and decision; what hangs on more than these (a promise, a
remedy, a link, an interest) is said here in words of its own, from the process and never from the code.
"""

from collections.abc import Callable

from complaints.case.complaint import Complaint
from complaints.context.decision_context import Context
from complaints.values.field_types import Stage
from complaints.values.people import Actor
from tests.complaints.permission_expectations import MAY, ONLY, POSSIBLE
from tests.complaints.situations import OWN

COLUMNS: dict[Stage, tuple[str, str, str]] = {
    Stage.RECEIVED: ("received", "", ""),
    Stage.ACKNOWLEDGED: ("acknowledged", "acknowledged", "acknowledged"),
    Stage.ASSESSED: ("assessed", "escalated", "escalated"),
    Stage.AWAITING_COMPLAINANT: ("asked", "review_asked", "review_asked"),
    Stage.RESPONDED: ("responded", "reviewed", "reviewed"),
    Stage.REFERRED: ("", "", "referred"),
    Stage.CLOSED: ("closed", "review_closed", "outside_closed"),
    Stage.WITHDRAWN: ("withdrawn", "review_withdrawn", "outside_withdrawn"),
}
"""The column of each stage, at level 1, 2 and 3; of `investigating` there are four, by the decision."""

FOR_EVERYBODY = {"note"}
"""What is left to those who have an interest in the case."""
OF_PRIVACY = {"erase", "erase_party", "refuse_erasure", "hold", "lift_hold", "restrict", "unrestrict"} | {
    "open_identity"
}
"""What whoever protects data may do with a case on which nobody may work."""
OF_TASKS = {"task", "complete", "reassign", "cancel"}
FOR_THE_FIRST_LINE = (
    FOR_EVERYBODY
    | OF_TASKS
    | {
        "protect",
        "adjust",
        "change_link",
        "plan_contact",
        "secure",
        "represent",
        "add_complainant",
        "drop_complainant",
        "correct_contact",
        "correct_details",
        "remedied",
        "decline_remedy",
        "record",
        "posted",
        "act",
        "acted",
        "redact",
        "prepare_case_file",
        "erase",
        "erase_party",
        "refuse_erasure",
        "hold",
        "lift_hold",
        "restrict",
        "unrestrict",
        "open_identity",
        "record_referral",
    }
)
"""What is left to those who had a part in the first decision, once somebody else looks again."""


def allowed(complaint: Complaint, context: Context) -> set[str]:
    """What this person may ask for now."""
    if context.by.kind == "complainant":
        granted, stored = frozenset(OWN), frozenset(OWN)
    else:
        granted = frozenset[str]().union(*(MAY[role] for role in context.by.roles))
        stored = frozenset(left_to(context.by, complaint, granted))
    untrained = needs_training(complaint, context) if context.by.kind == "staff" else set()
    return {verb for verb in granted & stored if is_possible(verb, complaint, context)} - untrained


def left_to(by: Actor, complaint: Complaint, granted: frozenset[str]) -> set[str]:
    """What interest and independence leave of it."""
    left = set(granted)
    if by.id in complaint.conflicts:
        left &= FOR_EVERYBODY
    if complaint.level > 1 and by.id in complaint.first_line:
        left &= FOR_THE_FIRST_LINE
    if complaint.decision and complaint.decision.decided_by == by.id:
        left -= {"approve", "return"}
    return left


def needs_training(complaint: Complaint, context: Context) -> set[str]:
    """What is withheld from somebody whose records of competence do not reach to this day."""
    site = context.terms.site
    today = context.now.astimezone(context.terms.zone).date()
    valid = {each.topic for each in context.competence if not each.until or each.until >= today}
    withheld = set()
    if set(site.decision_topics) - valid:
        withheld |= {"decide", "answer_point"}
    if set(site.approval_topics) - valid:
        withheld |= {"approve"}
    if complaint.level == 2 and set(site.review_topics) - valid:
        withheld |= {"find", "answer_point", "decide", "approve"}
    return withheld


def is_possible(verb: str, complaint: Complaint, context: Context) -> bool:
    """Whether the moment allows it to somebody with such roles."""
    if complaint.erasure:
        return False
    if complaint.restriction and context.by.kind == "staff" and verb not in OF_PRIVACY:
        return False
    if verb in HANGS_ON and not HANGS_ON[verb](complaint, context):
        return False
    if verb in ALONE:
        return True
    column = column_of(complaint)
    roles = [context.by.kind, *context.by.roles]
    return verb in POSSIBLE[column] or any(verb in ONLY[role][column] for role in roles if role in ONLY)


def column_of(complaint: Complaint) -> str:
    """Which situation of the tables this one is like."""
    if complaint.stage is Stage.CLOSED and complaint.ended_because == "no_answer":
        return "silent"
    if complaint.stage is Stage.WITHDRAWN and complaint.decisions:
        return "review_withdrawn"
    if complaint.stage is not Stage.INVESTIGATING:
        return COLUMNS[complaint.stage][complaint.level - 1]
    decision, review = complaint.decision, "review_" if complaint.level > 1 else ""
    if decision is None or decision.told_at:
        return f"{review}found"
    if decision.issued:
        return f"{review}issued"
    is_agreed = not decision.needs_approval or decision.approved_by
    return f"{review}decided" if is_agreed else f"{review}unapproved"


def can_be_extended(complaint: Complaint, context: Context) -> bool:
    """A clock runs that may be extended, once and before it is due; the site leaves that to reviewers."""
    runs = [each for each in complaint.clocks if each.may_extend and not each.stopped_at]
    free = [each for each in runs if not (each.paused_at or each.asked_for or each.added)]
    is_open = complaint.stage not in (Stage.CLOSED, Stage.WITHDRAWN)
    return is_open and any(context.now <= each.due for each in free) and "reviewer" in context.by.roles


def is_untold(complaint: Complaint, context: Context) -> bool:
    """Nobody was told a decision, and neither a decision nor a later date is on its way."""
    asked_for = any(each.asked_for and not each.added for each in complaint.clocks)
    decision = complaint.decision
    return not (asked_for or complaint.told or complaint.level > 1 or (decision and decision.issued))


def has_remedies_left(complaint: Complaint, context: Context) -> bool:
    """A decision replaces those before it, or stands beside them; each promises until done or declined."""
    left = 0
    for each in (*complaint.older, complaint.told, complaint.decision):
        if each and each.told_at:
            left = 0 if each.earlier == "replace" else left
            left += len([remedy for remedy in each.remedies if remedy.kind != "none"])
            left -= len(each.done) + len(each.declined)
    return left > 0


def can_be_told(complaint: Complaint, context: Context) -> bool:
    """A decision that is agreed to; one on paper may still be told in a talk while it waits to be posted."""
    by_mail = "mail" in complaint.reach
    return column_of(complaint).endswith("decided") or (
        column_of(complaint).endswith("issued") and not by_mail
    )


def goes_further(complaint: Complaint, context: Context) -> bool:
    """Somebody else looks again; after that a reviewer may refer it, where there is an outside body."""
    if complaint.decision and complaint.decision.issued and not complaint.decision.told_at:
        return False
    goes_outside = complaint.level == 2 and context.terms.site.external_body is not None
    return complaint.level == 1 or (goes_outside and "reviewer" in context.by.roles)


def can_answer_points(complaint: Complaint, context: Context) -> bool:
    """Points are answered by who may decide, while the case is looked into and no decision is on its way."""
    examined = complaint.stage in (Stage.ASSESSED, Stage.INVESTIGATING)
    is_on_its_way = complaint.decision and complaint.decision.issued and not complaint.decision.told_at
    may_decide = complaint.level == 1 or "reviewer" in context.by.roles
    return bool(complaint.points) and examined and not is_on_its_way and may_decide


def has_action_for(complaint: Complaint, context: Context) -> bool:
    """Something is to be done, or was done by somebody else and is to be checked."""
    waiting = [each for each in complaint.actions if each.waits]
    return any(not each.done_on or each.owner != context.by.id for each in waiting)


def is_kept_by_nothing(complaint: Complaint, context: Context) -> bool:
    """The case has ended, no legal hold is in force today, no remedy is owed, and the person did not ask that
    it be kept."""
    has_ended = complaint.stage in (Stage.CLOSED, Stage.WITHDRAWN)
    return has_ended and not (is_held(complaint, context) or is_wanted(complaint) or complaint.remedies_owed)


def is_wanted(complaint: Complaint) -> bool:
    """It is restricted because somebody opposes its erasure, or needs it for a claim."""
    ground = complaint.restriction.ground if complaint.restriction else None
    return ground in ("unlawful", "legal_claims")


def is_held(complaint: Complaint, context: Context) -> bool:
    """A legal hold is in force today."""
    today = context.now.astimezone(context.terms.zone).date()
    return any(each.until is None or each.until >= today for each in complaint.holds)


def has_open_task(complaint: Complaint, context: Context) -> bool:
    """A task is open; a call tells the complainant something, and is for those who work on cases."""
    works_on_cases = not {"agent", "reviewer"}.isdisjoint(context.by.roles)
    waiting = [each for each in complaint.tasks if each.state == "open"]
    return any(works_on_cases or each.call is None for each in waiting)


def is_undecided_outside(complaint: Complaint, context: Context) -> bool:
    """An outside body may have an answered complaint, and has not decided it."""
    return complaint.award is None


def is_of_several(complaint: Complaint) -> bool:
    return bool(complaint.joint or complaint.authority or complaint.contact.represented > 1)


HANGS_ON: dict[str, Callable[[Complaint, Context], bool]] = {
    "point": lambda complaint, context: len(complaint.points) < 10,
    "answer_point": can_answer_points,
    "decide": lambda complaint, context: all(each.answer or each.decided for each in complaint.points),
    "secure": lambda complaint, context: bool(complaint.danger and complaint.danger.is_open),
    "extend": can_be_extended,
    "merge": lambda complaint, context: is_untold(complaint, context) and not is_held(complaint, context),
    "remedied": has_remedies_left,
    "decline_remedy": has_remedies_left,
    "record_referral": is_undecided_outside,
    "respond": can_be_told,
    "escalate": goes_further,
    "acted": has_action_for,
    "erase": is_kept_by_nothing,
    "erase_party": lambda complaint, context: (
        is_of_several(complaint) and not (is_held(complaint, context) or is_wanted(complaint))
    ),
    "redact": lambda complaint, context: not is_held(complaint, context),
    "hold": lambda complaint, context: len(complaint.holds) < 10,
    "lift_hold": lambda complaint, context: bool(complaint.holds),
    "restrict": lambda complaint, context: complaint.restriction is None,
    "unrestrict": lambda complaint, context: complaint.restriction is not None,
    "open_identity": lambda complaint, context: complaint.sealed,
    "complete": has_open_task,
    "send_file": lambda complaint, context: False,
    "reassign": has_open_task,
    "cancel": has_open_task,
    "drop_complainant": lambda complaint, context: bool(complaint.joint),
    "record_side": lambda complaint, context: bool(complaint.respondents),
    "unlink": lambda complaint, context: bool(complaint.links),
    "posted": lambda complaint, context: bool(complaint.to_post),
    "attach": lambda complaint, context: len(complaint.attachments) < 10,
}
ALONE = {
    "drop_complainant",
    "secure",
    "answer_point",
    "record_side",
    "unlink",
    "erase",
    "erase_party",
    "lift_hold",
    "unrestrict",
    "open_identity",
    "posted",
    "acted",
    "complete",
    "reassign",
    "cancel",
    "extend",
    "respond",
}
"""What hangs on nothing else: no column has to say it too."""

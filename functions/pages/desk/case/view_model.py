"""View model of the page of a case for one member of staff, in at most two reads: member with case, and what
of the history did not come with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from complaints.casework.command_declaration import Group
from complaints.casework.lifecycle import refused_commands
from complaints.casework.staff_commands import STAFF_COMMANDS
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.events.case import Received
from complaints.model.complaint import Complaint
from complaints.values.codes import CodeList
from complaints.values.errors import NotNow, Refusal
from complaints.values.own_fields import FieldAnswer
from complaints.values.people import Member
from functions.api.desk import case_view
from functions.api.desk.case_access import CaseAccess
from functions.pages.desk.case.clocks import ClockView, clock_views
from functions.pages.desk.case.event_texts import EventWording
from functions.pages.desk.case.field_options import OptionContext
from functions.pages.desk.case.forms import CommandForm, forms_of
from functions.pages.desk.case.suggested_command import Suggestion, suggested_command
from functions.pages.desk.case.timeline import TimelineEntry, timeline
from functions.pages.forms.inputs import FailedForm
from functions.serializers import files as files_serializer
from functions.serializers import merged_timeline
from functions.serializers.adjustments import AdjustmentShown, adjustments_view
from functions.serializers.case import CaseOutline, Proposal, outline
from functions.serializers.classification import Classification, classification_view
from functions.serializers.complaint_details import own_answers
from functions.serializers.files import StaffFile
from functions.serializers.parties import (
    AuthorityShown,
    JointShown,
    RespondentShown,
    authority_view,
    joint_view,
    respondents_view,
)
from functions.serializers.points import PointShown, points_view
from functions.serializers.tasks import TaskShown, tasks_view
from functions.serializers.vulnerability import VulnerabilityNote, vulnerability_view

if TYPE_CHECKING:
    from complaints.adapters.dependencies import HasMembers
    from complaints.context.stores import Members
    from functions.api.desk.case_view import CaseViewDeps

    class CaseViewModelDeps(CaseViewDeps, HasMembers, Protocol):
        """The dependencies of this module: what its functions use of the container."""


GROUPS: dict[Group, tuple[str, ...]] = {
    group: tuple(
        declared.command.verb
        for declared in sorted(STAFF_COMMANDS.values(), key=lambda each: each.place)
        if declared.group is group
    )
    for group in Group
}
"""The verbs of each group of forms, in the order of the page."""


class CaseForms(NamedTuple):
    """The forms of what a person may do on a case: what is `next`, what is `internal`, and all others by
    group. `has_failed` says whether one of them shows what was typed."""

    next: tuple[CommandForm, ...]
    internal: tuple[CommandForm, ...]
    groups: tuple[tuple[Group, tuple[CommandForm, ...]], ...]
    has_failed: bool


class CaseView(NamedTuple):
    """A case with all that its page needs.

    `received` is what the complainant told first, `about` what staff say that it is about."""

    at: CaseAccess
    context: Context
    view: CaseOutline
    received: Received | None
    about: Classification
    happened: Sequence[TimelineEntry]
    files: Sequence[StaffFile]
    adjustments: Sequence[AdjustmentShown]
    vulnerability: Sequence[VulnerabilityNote]
    authority: AuthorityShown | None
    respondents: Sequence[RespondentShown]
    joint: Sequence[JointShown]
    tasks: Sequence[TaskShown]
    points: Sequence[PointShown]
    sight: OptionContext

    @property
    def complaint(self) -> Complaint:
        return self.at.case.complaint

    @property
    def next(self) -> Suggestion:
        return suggested_command(self.complaint, self.view.allowed_commands)

    @property
    def clocks(self) -> list[ClockView]:
        """What the promises say; of one name, each says by whose rules."""
        return clock_views(self.sight.teller, self.context)

    @property
    def marks(self) -> list[str]:
        """What must not be overlooked, each as the end of a msgid."""
        complaint = self.complaint
        named = {
            "danger": complaint.danger is not None and complaint.danger.is_open,
            "person.needs": complaint.has_any_needs,
            "care": self.view.is_vulnerable,
            "authority.open": self.received and self.received.represented and not self._has_authority,
            "side.open": any(each.side is None for each in complaint.respondents),
            "news": complaint.has_news,
            "failed_letters": complaint.failed_letters,
        }
        return [name for name, is_so in named.items() if is_so]

    @property
    def _has_authority(self) -> bool:
        return self.authority is not None and self.authority.holds

    @property
    def own_pages(self) -> list[str]:
        """The commands whose forms have pages of their own."""
        return [verb for verb in self.view.allowed_commands if STAFF_COMMANDS[verb].own_page]

    @property
    def has_earlier(self) -> bool:
        """Whether entries between the first and the next one shown are left out."""
        own = [each.number for each in self.happened if each.of is None]
        return len(own) > 1 and own[1] > own[0] + 1

    @property
    def language(self) -> str:
        """What the complainant's language is called in it, if it is one of ours."""
        known, tag = self.sight.teller.catalogues, self.complaint.language
        return known.text(tag, "words.language") if tag in known.languages else tag

    @property
    def category(self) -> str | None:
        return self._called(CodeList.CATEGORIES, self.complaint.category)

    @property
    def told_category(self) -> str | None:
        """The complainant's own, where staff say another."""
        known = self.complaint.told_category
        return self._called(CodeList.CATEGORIES, known) if known != self.complaint.category else None

    @property
    def subcategory(self) -> str | None:
        about = self.complaint.classification
        return self._called(CodeList.SUBCATEGORIES, about.subcategory) if about else None

    @property
    def own_answers(self) -> tuple[FieldAnswer, ...]:
        """The answers to the own fields of the site, in the reader's words."""
        teller = self.sight.teller
        return own_answers(self.received, teller.site, teller.language) if self.received else ()

    @property
    def cause(self) -> str | None:
        return self._called(CodeList.CAUSES, self.complaint.cause)

    @property
    def outcome(self) -> str | None:
        decision = self.complaint.decision
        return (
            self._called(CodeList.OUTCOMES, decision.outcome_code or decision.outcome) if decision else None
        )

    @property
    def earlier(self) -> list[tuple[str | None, Proposal]]:
        """The decisions before that of now, each after its outcome in words."""
        return [
            (self._called(CodeList.OUTCOMES, each.outcome_code or each.outcome), each)
            for each in self.view.earlier_decisions
        ]

    def category_of(self, point: PointShown) -> str | None:
        """The category of a point in words."""
        return self._called(CodeList.CATEGORIES, point.category)

    def outcome_of(self, point: PointShown) -> str | None:
        """What was answered to a point, in words."""
        return self._called(CodeList.OUTCOMES, point.outcome_code or point.outcome)

    def cause_of(self, point: PointShown) -> str | None:
        """The cause of a point in words."""
        return self._called(CodeList.CAUSES, point.root_cause)

    def _called(self, kind: CodeList, code: str | None) -> str | None:
        return self.sight.teller.code(kind)(code) if code else None


def view_of_case(deps: "CaseViewModelDeps", language: str, at: CaseAccess) -> CaseView:
    """Reads the history of a case and who works here, and shapes what its page shows."""
    context = case_view.case_context(deps, at.case, at.by)
    history = case_view.read_history(deps, at.case, at.by, at.member, language, at.entries)
    members = colleagues(deps.members, deps.now(), at)
    teller = teller_of(deps, at.case, members, language)
    happened = timeline(history.last, teller)
    files = merged_timeline.files(history.case_parts, files_serializer.for_staff)
    joint = joint_view(at.case.complaint, history.case_parts[0].said)
    respondents = respondents_view(at.case.complaint, history.case_parts[0].said, context.terms.zone)
    parties = {each.id: each.name for each in joint} | {each.id: each.name for each in respondents}
    return CaseView(
        at=at,
        context=context,
        view=outline(deps, language, at.case, context),
        received=case_view.receipt_of(history.case_parts[0]),
        about=classification_view(*history.case_parts[0]),
        happened=happened,
        files=files,
        adjustments=adjustments_view(at.case.complaint, history.case_parts[0].said),
        vulnerability=vulnerability_view(at.case.complaint, history.case_parts[0].said),
        authority=authority_view(
            at.case.complaint,
            history.case_parts[0].said,
            context.terms.zone,
            context.terms.today(context.now),
        ),
        joint=joint,
        respondents=respondents,
        tasks=tasks_view(deps, language, at.case.complaint, history.case_parts[0].said),
        points=points_view(at.case.complaint, history.case_parts[0].said) or (),
        sight=OptionContext(teller, context, members, happened, files, parties),
    )


def forms(seen: CaseView, failed: FailedForm | None = None) -> CaseForms:
    """The forms of what this person may do now; what is next stands in no group.

    One that has a page of its own stands here when it failed.
    """
    first = seen.next.verb
    elsewhere = {verb for verb in seen.own_pages if failed is None or failed.verb != verb}
    allowed = set(seen.view.allowed_commands) - elsewhere
    grouped = {
        group: forms_of((verb for verb in verbs if verb in allowed and verb != first), seen.sight, failed)
        for group, verbs in GROUPS.items()
    }
    return CaseForms(
        next=forms_of([first] if first else [], seen.sight, failed),
        internal=grouped.pop(Group.INTERNAL),
        groups=tuple((group, forms) for group, forms in grouped.items() if forms),
        has_failed=failed is not None and failed.verb in allowed,
    )


def not_now(seen: CaseView) -> tuple[tuple[str, str], ...]:
    """What this person may do at other times, and the msgid of why not now."""
    refused = refused_commands(seen.complaint, seen.context)
    verbs = (verb for group in GROUPS.values() for verb in group if verb in refused)
    return tuple((verb, why_not(refused[verb])) for verb in verbs)


def why_not(refusal: Refusal) -> str:
    """The msgid of the rule of a refusal."""
    if not isinstance(refusal, NotNow):
        return f"api.problem.{refusal.code}.detail"
    return "case.not_now.stage" if refusal.rule == NotNow.rule else f"api.rule.{refusal.rule}"


def colleagues(members: "Members", now: datetime, at: CaseAccess) -> list[Member]:
    """Everybody who works here, whoever looks at the case first; as they were within the last minute."""
    me = at.member
    return [me, *(member for member in members.known(now) if member.id != me.id)]


def teller_of(
    deps: "CaseViewModelDeps", case: Case, members: Iterable[Member], language: str
) -> EventWording:
    """In whose words the facts of a case are told."""
    site = deps.sites.terms(case.complaint.site).site
    names = {member.id: member.name for member in members}
    return EventWording(deps.catalogues, deps.date_formats, language, site, names, case.complaint)

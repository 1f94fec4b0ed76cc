"""View model of the page of a case for one member of staff, in at most two reads: member with case, and what
of the history did not come with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from complaints.case.complaint import Complaint
from complaints.case.process.receipt import Received
from complaints.case.record.attachments import AttachmentState, FileType
from complaints.case.workflow.tasks import Task
from complaints.casework import competence
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import judged_commands
from complaints.values.codes import CodeList
from complaints.values.errors import Refusal
from complaints.values.field_types import Feedback
from complaints.values.own_fields import FieldAnswer
from complaints.values.people import Member, Role
from functions.desk.case.approval import Approval, approval_of
from functions.desk.case.clocks import ClockView, clock_views
from functions.desk.case.command_forms.field_options import OptionContext, can_look_after
from functions.desk.case.suggested_command import Suggestion, call_to_make, suggested_command
from functions.desk.case.wording.event_wording import EventWording
from functions.desk.case.wording.timeline import TimelineEntry, timeline
from functions.serializers.desk.case import CaseOutline, Proposal, outline
from functions.serializers.desk.corrective_actions import Action, actions_view
from functions.serializers.desk.tasks import TaskShown, tasks_view
from functions.serializers.parts import files as files_serializer
from functions.serializers.parts import merged_timeline
from functions.serializers.parts.adjustments import (
    AdjustmentShown,
    VulnerabilityNote,
    adjustments_view,
    vulnerability_view,
)
from functions.serializers.parts.complaint_details import Classification, classification_view, own_answers
from functions.serializers.parts.files import StaffFile
from functions.serializers.parts.parties import (
    AuthorityShown,
    JointShown,
    RespondentShown,
    authority_view,
    joint_view,
    respondents_view,
)
from functions.serializers.parts.points import PointShown, points_view
from functions.use_cases.cases import case_view
from functions.use_cases.cases.case_access import CaseAccess

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import Members


_PICTURES = frozenset(FileType) - {FileType.PDF, FileType.TEXT}
BEFORE = ("assign", "posted")
"""What can wait until somebody has the case."""

EXAMINATION = ("assess", "classify", "find", "answer_point", "decide")


class CaseView(NamedTuple):
    """A case with all that its page needs.

    `received` is what the complainant told first, `about` what staff say that it is about, `refused` why this
    person's other commands are not taken now."""

    at: CaseAccess
    context: Context
    view: CaseOutline
    refused: Mapping[str, Refusal]
    received: Received | None
    about: Classification
    happened: Sequence[TimelineEntry]
    files: Sequence[StaffFile]
    adjustments: Sequence[AdjustmentShown]
    vulnerability: Sequence[VulnerabilityNote]
    authority: AuthorityShown | None
    respondents: Sequence[RespondentShown]
    joint: Sequence[JointShown]
    actions: Sequence[Action]
    tasks: Sequence[TaskShown]
    points: Sequence[PointShown]
    approval: Approval | None
    options: OptionContext

    @property
    def complaint(self) -> Complaint:
        return self.at.case.complaint

    @property
    def next(self) -> Suggestion:
        return suggested_command(self.complaint, self.view.allowed_commands, self.context)

    @property
    def reviewers(self) -> list[str]:
        """Who may review what was decided, by name."""
        free = (each for each in self.options.members if can_look_after(each, self.options))
        return sorted(each.name for each in free if Role.REVIEWER in each.roles)

    @property
    def call(self) -> Task | None:
        """The call to tell the person the decision."""
        return call_to_make(self.complaint)

    @property
    def request(self) -> str | None:
        """The id of the record of the request about personal data that this case is, for whoever keeps it."""
        if self.complaint.feedback is not Feedback.PERSONAL_DATA or Role.PRIVACY not in self.context.by.roles:
            return None
        # Imported lazily: most cases are no requests.
        from complaints.management.privacy.privacy_requests import record_id

        return record_id(self.complaint)

    @property
    def trained(self) -> list[tuple[str, str, date | None]]:
        """The records of competence that the reader lacks here, or that end soon: the end of a msgid, the
        topic, and a day."""
        context = self.context
        site, held, today = context.terms.site, context.competence, context.terms.today(context.now)
        if not site.needs_competence:
            return []
        needed = dict.fromkeys(
            topic for role in context.by.roles for topic in competence.topics_of_role(role, site)
        )
        lacking = competence.lacking_of(needed, held, today)
        ending = competence.ending_soon(site, held, today) if needed else ()
        return [
            *(("ended" if each.ended else "missing", each.topic, each.ended) for each in lacking),
            *(("ending", each.topic, each.until) for each in ending),
        ]

    @property
    def clocks(self) -> list[ClockView]:
        """What the promises say; of one name, each says by whose rules."""
        return clock_views(self.options.teller, self.context)

    @property
    def marks(self) -> list[str]:
        """What must not be overlooked, each as the end of a msgid."""
        complaint = self.complaint
        today = self.context.terms.today(self.context.now)
        named = {
            "danger": complaint.danger is not None and complaint.danger.is_open,
            "person.needs": complaint.has_any_needs,
            "care": self.view.is_vulnerable,
            "authority.open": self.received and self.received.represented and not self._has_authority,
            "side.open": any(each.side is None for each in complaint.respondents),
            "news": complaint.has_news,
            "failed_letters": complaint.failed_letters,
            "mark.erasing": complaint.erasure and complaint.erasure.erased_at is None,
            "mark.erased": complaint.erasure and complaint.erasure.erased_at,
            "mark.restricted": complaint.restriction,
            "mark.held": any(each.holds(today) for each in complaint.holds),
            "plan_to_review": complaint.contact_plan and complaint.contact_plan.raised,
        }
        return [name for name, is_so in named.items() if is_so]

    @property
    def _has_authority(self) -> bool:
        return self.authority is not None and self.authority.holds

    @property
    def can_take(self) -> bool:
        """Whether nobody has the case, and whoever looks at it can take it."""
        is_open = self.complaint.assignee is None and "assign" in self.view.allowed_commands
        return is_open and self.next.verb in BEFORE and can_look_after(self.at.member, self.options)

    @property
    def examination(self) -> tuple[str, ...]:
        """What whoever looks after the case has still to do until it is decided, in one form."""
        complaint, allowed = self.complaint, self.view.allowed_commands
        if self.next.verb not in EXAMINATION or complaint.assignee != self.at.member.id:
            return ()
        is_open = {
            "assess": "assess" in allowed and complaint.assessment is None,
            "classify": "classify" in allowed and complaint.is_to_classify,
            "decide": complaint.decision is None
            and ("decide" in allowed or complaint.assessment is None or bool(self.open_points)),
        }
        return tuple(verb for verb, is_so in is_open.items() if is_so)

    @property
    def open_points(self) -> list[str]:
        """The points to which nothing is answered, by their ids."""
        return [point.id for point in self.complaint.points if not (point.answer or point.decided)]

    @property
    def opening(self) -> TimelineEntry | None:
        """The entry in which the complainant told what it is about."""
        return next((each for each in self.happened if each.is_opening), None)

    @property
    def thread(self) -> list[TimelineEntry]:
        """What people wrote since then."""
        return [each for each in self.happened if each.has_words and not each.is_opening]

    @property
    def history(self) -> list[TimelineEntry]:
        """What else happened, without anybody's words."""
        return [each for each in self.happened if each.is_opening or not each.has_words]

    @property
    def sums(self) -> list[tuple[str, str]]:
        """The money of the case with its currency: what is promised, or else what the decision proposes."""
        if self.view.redress.totals:
            return [(total.promised, total.currency) for total in self.view.redress.totals]
        proposed: dict[str, Decimal] = {}
        for remedy in self.view.decision.remedies if self.view.decision else ():
            if remedy.amount and remedy.currency:
                sum = proposed.get(remedy.currency, Decimal())
                proposed[remedy.currency] = sum + Decimal(remedy.amount)
        return [(str(amount), currency) for currency, amount in proposed.items()]

    @property
    def pictures(self) -> list[StaffFile]:
        """The pictures of the complainant."""
        return [
            file
            for file in self.files
            if file.state is AttachmentState.KEPT
            and file.type in _PICTURES
            and not file.internal
            and file.of is UNSET
        ]

    @property
    def has_earlier(self) -> bool:
        """Whether entries between the first and the next one shown are left out."""
        own = [each.number for each in self.happened if each.of is None]
        return len(own) > 1 and own[1] > own[0] + 1

    @property
    def language(self) -> str:
        """What the complainant's language is called in it, if it is one of ours."""
        known, tag = self.options.teller.catalogues, self.complaint.language
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
        teller = self.options.teller
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
        return self.options.teller.code(kind)(code) if code else None


def view_of_case(deps: "Container", language: str, at: CaseAccess) -> CaseView:
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
    tasks = tasks_view(deps, language, at.case.complaint, history.case_parts[0].said)
    asked = {task.id: task.text for task in tasks if task.text}
    judged = judged_commands(at.case.complaint, context)
    return CaseView(
        at=at,
        context=context,
        view=outline(
            deps, language, at.case, context, tuple(verb for verb, why in judged.items() if why is None)
        ),
        refused={verb: why for verb, why in judged.items() if why},
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
        actions=actions_view(deps, language, at.case.complaint, history.case_parts[0].said),
        tasks=tasks,
        points=points_view(at.case.complaint, history.case_parts[0].said) or (),
        approval=approval_of(at.case.complaint, history.case_parts[0].said, context.terms.site),
        options=OptionContext(teller, context, members, happened, files, parties, asked),
    )


def colleagues(members: "Members", now: datetime, at: CaseAccess) -> list[Member]:
    """Everybody who works here, whoever looks at the case first; as they were within the last minute."""
    me = at.member
    return [me, *(member for member in members.known(now) if member.id != me.id)]


def teller_of(deps: "Container", case: Case, members: Iterable[Member], language: str) -> EventWording:
    """In whose words the facts of a case are told."""
    site = deps.sites.terms(case.complaint.site).site
    names = {member.id: member.name for member in members}
    return EventWording(deps.catalogues, deps.date_formats, language, site, names, case.complaint)

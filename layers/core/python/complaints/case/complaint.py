"""The state of one complaint: what its facts add up to, without a word that anybody wrote."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.correspondence.letters import MessageCount, UnpostedLetter
from complaints.case.correspondence.notice_quota import NoticeQuota
from complaints.case.outcome.classification import Classification
from complaints.case.outcome.decision import Decision, PromisedRemedy
from complaints.case.outcome.points import Point
from complaints.case.outcome.referral import Referral
from complaints.case.outcome.survey import Survey
from complaints.case.people.adjustments import Adjustment, AdjustmentKind
from complaints.case.people.contact_details import ContactEntries
from complaints.case.people.contact_plan import ContactPlan
from complaints.case.people.identity import IdentityOpening
from complaints.case.people.parties import Authority, JointComplainant, Respondent
from complaints.case.process.closing import Proposal
from complaints.case.record.attachments import Attachment
from complaints.case.record.details import DetailEntries
from complaints.case.record.erasure import DataRemoval, Erasure, LegalHold, Restriction
from complaints.case.record.links import CaseLink
from complaints.case.workflow.corrective_actions import ActionTaken, ListedAction
from complaints.case.workflow.safety import Danger
from complaints.case.workflow.tasks import ListedTask, Task
from complaints.values.casework.retention import KeptData
from complaints.values.codes import DATA_REQUEST
from complaints.values.field_types import (
    Assessment,
    Channel,
    ClosingReason,
    ComplainantKind,
    DataRight,
    EarlierDecision,
    Feedback,
    Outcome,
    Stage,
    Way,
)

SYSTEMATIC = 3
HIGHEST, DANGER = 3, 2

_SURVEYED_AFTER = frozenset(ClosingReason) - {
    ClosingReason.ABUSIVE,
    ClosingReason.UNIDENTIFIABLE,
    ClosingReason.FLOOD,
}


class Complaint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One complaint. `number` counts all entries of its chain, `version` those made by people.

    `seal` is the hash of the last entry. `recent` are the numbers of the last entries that hold a
    message between complainant and organisation. `told` is the last decision that the complainant knows
    of, once `decision` is another, and `older` are those communicated before it. `first_line` are those who
    had a part in a decision of level 1.
    `acknowledged_on_page` says that the receipt was read there in place of a mail, which was not sent.
    `category` is the one that counts: the complainant's, until staff classified the case.
    `redacted` are the numbers of the entries whose words were removed. `vulnerability` are
    those of the entries that say why the person needs particular care. `links_renewed` counts how often the
    links to the complainant's page were made invalid; with `link_withdrawn` no other took their place, and
    `links_renewed_by_person` of them were for another one that the complainant asked for.
    `texts_used` says how often each standard text was chosen, by its code. `automations` are the
    automation rules that were applied, each with the entry that caused it last and how often;
    `automations_refused` says how often an action was refused, by rule, verb and reason.
    `repeats` is the earlier complaint that it was found to repeat.
    `parts` are the cases that became part of this one, `merged_into` the case that this one is part of.
    `referral` is what a body outside made of it. `case_files` are the numbers of the entries by which it was
    last prepared for one. `holds` are the legal holds, also those that have ended by themselves.
    `removals` are the last ones of each kind of data, by rules of retention.
    `contacted_at` is when the complainant and we last wrote to each other since it ended. `taken_up` is the
    number of the entry in which it was found to be a complaint after it had been closed with a flood.
    Who complains is `sealed`: staff do not read it, and a custodian opened it last by `identity_opened`.
    """

    reference: str
    number: int = 0
    version: int = 0
    seal: str = ""
    site: str = ""
    language: str = ""
    channel: Channel = Channel.WEB
    feedback: Feedback = Feedback.COMPLAINT
    data_right: DataRight | None = None
    kind: ComplainantKind | None = None
    category: str | None = None
    classification: Classification | None = None
    reach: tuple[Way, ...] = ()
    preferred_way: Way | None = None
    contact: ContactEntries = ContactEntries()
    details: DetailEntries = DetailEntries()
    links_renewed: int = 0
    links_renewed_by_person: int = 0
    link_withdrawn: bool = False
    notice_version: str = ""
    stage: Stage = Stage.RECEIVED
    level: int = 1
    received_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_on_page: bool = False
    assessed_at: datetime | None = None
    responded_at: datetime | None = None
    reviewed_at: datetime | None = None
    referred_at: datetime | None = None
    reopened_at: datetime | None = None
    ended_at: datetime | None = None
    ended_because: str | None = None
    keeps_redress: bool = False
    contacted_at: datetime | None = None
    assignee: str | None = None
    stage_before_question: Stage | None = None
    assessment: Assessment | None = None
    least_priority: int = 0
    cause: str | None = None
    decision: Decision | None = None
    told: Decision | None = None
    older: tuple[Decision, ...] = ()
    points: tuple[Point, ...] = ()
    first_line: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    is_vulnerable: bool = False
    vulnerability: tuple[int, ...] = ()
    has_needs: bool = False
    adjustments: tuple[Adjustment, ...] = ()
    contact_plan: ContactPlan | None = None
    authority: Authority | None = None
    respondents: tuple[Respondent, ...] = ()
    joint: tuple[JointComplainant, ...] = ()
    danger: Danger | None = None
    is_quiet: bool = False
    closing: Proposal | None = None
    taken_up: int | None = None
    external_body: str | None = None
    clocks: tuple[Clock, ...] = ()
    notices: NoticeQuota = NoticeQuota()
    post: MessageCount = MessageCount()
    recent: tuple[int, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    has_news: bool = False
    last_mail: int | None = None
    failed_letters: tuple[str, ...] = ()
    to_post: tuple[UnpostedLetter, ...] = ()
    actions: tuple[ActionTaken, ...] = ()
    tasks: tuple[Task, ...] = ()
    redacted: tuple[int, ...] = ()
    survey: Survey | None = None
    texts_used: tuple[tuple[str, int], ...] = ()
    automations: tuple[tuple[str, int, int], ...] = ()
    automations_refused: tuple[tuple[str, int], ...] = ()
    links: tuple[CaseLink, ...] = ()
    repeats: str | None = None
    parts: tuple[str, ...] = ()
    merged_into: str | None = None
    case_files: tuple[int, ...] = ()
    referral: Referral | None = None
    holds: tuple[LegalHold, ...] = ()
    restriction: Restriction | None = None
    erasure_proposed_by: str | None = None
    erasure: Erasure | None = None
    removals: tuple[DataRemoval, ...] = ()
    sealed: bool = False
    identity_opened: IdentityOpening | None = None

    def removal(self, data: KeptData) -> DataRemoval | None:
        """The last removal of a kind of data, if there was one."""
        return next((each for each in self.removals if each.data is data), None)

    @property
    def erasing_since(self) -> datetime | None:
        """Since when it waits for its erasure, or for the removal of a kind of data, if it does."""
        if self.erasure:
            return self.erasure.requested_at if self.erasure.erased_at is None else None
        return min((each.requested_at for each in self.removals if each.removed_at is None), default=None)

    @property
    def gone(self) -> frozenset[KeptData]:
        """The kinds of data that are not to be looked for in an ended case: there is none, or it was removed
        and nobody wrote since."""
        last = max((at for at in (self.ended_at, self.contacted_at) if at), default=None)
        removed = {each.data for each in self.removals if last and each.requested_at >= last}
        has_files = bool(self.parts) or not all(file.is_gone for file in self.attachments)
        return frozenset(removed if has_files else {*removed, KeptData.FILES})

    @property
    def told_category(self) -> str | None:
        """The category that the complainant chose: that of the case, until staff say what it is about."""
        return self.classification.told if self.classification else self.category

    @property
    def categories(self) -> frozenset[str]:
        """Its category and those of its points: a case is as sensitive as the strictest of them. That it is
        a request about personal data stands among them."""
        kind = DATA_REQUEST if self.feedback is Feedback.PERSONAL_DATA else None
        named = (self.category, *(point.category for point in self.points), kind)
        return frozenset(each for each in named if each)

    @property
    def other_categories(self) -> tuple[str, ...]:
        """Those of its points that are not its own."""
        return tuple(sorted(self.categories - {self.category or ""}))

    @property
    def is_to_classify(self) -> bool:
        """Whether staff have not said yet what it is about, and nothing was found out about it."""
        return self.classification is None and self.cause is None and self.decision is None

    def clock(self, key: str) -> Clock:
        """The clock with this key. Raises `LookupError`."""
        for clock in self.clocks:
            if clock.key == key:
                return clock
        raise LookupError(key)

    def attachment(self, id: str) -> Attachment | None:
        """The file with this id, if it is of this case."""
        return next((attachment for attachment in self.attachments if attachment.id == id), None)

    def needs(self, kind: AdjustmentKind) -> bool:
        """Whether the person needs this adjustment."""
        return any(each.kind is kind for each in self.adjustments)

    def with_clock(self, changed: Clock) -> "Complaint":
        """The same complaint with one clock replaced."""
        clocks = tuple(changed if clock.key == changed.key else clock for clock in self.clocks)
        return replace(self, clocks=clocks)

    @property
    def has_any_needs(self) -> bool:
        """Whether the person named special needs, or staff noted an adjustment."""
        return self.has_needs or bool(self.adjustments)

    @property
    def is_flood(self) -> bool:
        """Whether it was closed as no complaint, together with many others that a machine sent."""
        return self.ended_because == ClosingReason.FLOOD

    @property
    def counts(self) -> bool:
        """Whether figures are made of it: it is a complaint."""
        return self.received_at is not None and self.feedback is Feedback.COMPLAINT and not self.is_flood

    @property
    def can_be_surveyed(self) -> bool:
        """Whether an ended case is one whose complainant is asked about the handling: once, by mail with a
        link."""
        asked = self.ended_because in _SURVEYED_AFTER and self.survey is None
        return asked and Way.MAIL in self.reach and not self.link_withdrawn

    @property
    def is_anonymous(self) -> bool:
        """Whether the person can be reached by the page of the case alone."""
        return self.reach == (Way.PAGE,)

    @property
    def is_written_to_by_mail(self) -> bool:
        """Whether each letter goes by mail, to those who complain together with the complainant, too."""
        by_mail = Way.MAIL in self.reach and self.preferred_way in (None, Way.MAIL)
        return by_mail and not any(each.on_paper for each in self.joint)

    @property
    def binding_clock(self) -> Clock | None:
        """The running clock of the organisation that falls due first."""
        return min(self._running(), key=lambda clock: clock.due, default=None)

    @property
    def binding(self) -> frozenset[str]:
        """The keys of the clocks that bind: of each purpose the running one that falls due first."""
        first: dict[str, Clock] = {}
        for clock in sorted(self._running(), key=lambda clock: clock.due):
            first.setdefault(clock.purpose, clock)
        return frozenset(clock.key for clock in first.values())

    @property
    def next_at(self) -> datetime | None:
        """The earliest instant at which the schedule has something to do for this complaint."""
        if self.erasure:
            return None
        moments = [clock.next_moment(is_urgent=self.is_urgent) for clock in self.clocks]
        moments += [attachment.sweep_at for attachment in self.attachments]
        moments += [action.next_moment for action in self.actions]
        moments += [owed.overdue_at for owed in self.remedies_owed]
        moments += [task.next_moment for task in self.tasks]
        if self.contact_plan:
            moments.append(self.contact_plan.next_moment)
        return min((moment for moment in moments if moment), default=None)

    @property
    def listed_tasks(self) -> tuple[ListedTask, ...]:
        """Its tasks as lists show them: those that are open, of a colleague or the team."""
        return tuple(
            ListedTask(
                reference=self.reference,
                id=task.id,
                site=self.site,
                category=self.category if task.is_listed else None,
                other_categories=self.other_categories if task.is_listed else (),
                to=task.to,
                due=task.due,
                is_listed=task.is_listed,
                entry=task.entry,
                call=task.call,
            )
            for task in self.tasks
        )

    @property
    def listed_actions(self) -> tuple[ListedAction, ...]:
        """Its corrective actions as the register of all cases shows them."""
        return tuple(
            ListedAction(
                reference=self.reference,
                id=each.id,
                site=self.site,
                category=self.category,
                other_categories=self.other_categories,
                action=each.action,
                cause=each.cause,
                owner=each.owner,
                due=each.due,
                done_on=each.done_on,
                effective=each.effective,
                followed_by=each.followed_by,
            )
            for each in self.actions
        )

    @property
    def is_in_work(self) -> bool:
        """Whether the desk has something to do: also when a case is closed, and a promise of it is missed."""
        return self.stage.is_open or any(clock.missed for clock in self._running())

    def with_first_line(self, person: str) -> "Complaint":
        """The same complaint, with a person added to those who had a part in the decision of its level."""
        if self.level > 1 or person in self.first_line:
            return self
        return replace(self, first_line=(*self.first_line, person))

    def promises(self) -> tuple[Clock, ...]:
        """One clock a purpose: of those that run the strictest, else the last that was kept or missed."""
        strictest: dict[str, Clock] = {}
        for clock in sorted(self.clocks, key=_by_weight):
            if clock.is_for_complainant and (clock.stopped_at is None or clock.in_time is not None):
                strictest.setdefault(clock.purpose, clock)
        return tuple(strictest.values())

    @property
    def awaits_approval(self) -> bool:
        """Whether a second person is asked: to approve the decision, or the closing."""
        return bool(self.closing or (self.decision and self.decision.awaits_approval))

    @property
    def known_decision(self) -> Decision | None:
        """The decision that the complainant knows: an earlier one stays until another is communicated."""
        return self.decision if self.decision and self.decision.told_at else self.told

    @property
    def known_outcome(self) -> Outcome | None:
        """The communicated outcome that holds for now."""
        return self.known_decision.outcome if self.known_decision else None

    @property
    def ended_unreviewed(self) -> bool:
        """Whether it ended because nobody could review the decision that was refused."""
        known, reviewed_at = self.known_decision, self.reviewed_at
        if self.ended_because != ClosingReason.REFUSED or reviewed_at is None:
            return False
        return known is None or (known.level == 1 and (known.told_at or known.at) <= reviewed_at)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision that was communicated, the oldest first."""
        known = (*self.older, self.told, self.decision)
        return tuple(each for each in known if each and each.told_at)

    @property
    def award(self) -> Decision | None:
        """What a body outside decided."""
        return self.referral.award if self.referral else None

    def deciding(self, entry: int) -> Decision:
        """The decision in an entry, one of ours or the award. Raises `LookupError`."""
        for decision in (*self.decisions, self.award):
            if decision and decision.entry == entry:
                return decision
        raise LookupError(entry)

    @property
    def decisions_in_force(self) -> tuple[Decision, ...]:
        """The decisions that hold: the last one that replaced those before it, and all since."""
        known = self.decisions
        first = (at for at, each in enumerate(known) if each.earlier is EarlierDecision.REPLACE)
        return known[max(first, default=0) :]

    @property
    def remedies_promised(self) -> tuple[PromisedRemedy, ...]:
        """Every remedy of the decisions that were communicated, the oldest first; that of an award last.

        The answer to the last decision is one to all that are in force. None is owed where it `is_void`.
        """
        known, award = self.decisions, self.award
        if not known and award is None:
            return ()
        is_replaced = award is not None and award.earlier is EarlierDecision.REPLACE
        begin = len(known) if is_replaced else len(known) - len(self.decisions_in_force)
        return (
            *(each for decision in known[:begin] for each in decision.promised(decision.answer)),
            *(
                each
                for decision in known[begin:]
                for each in decision.promised(known[-1].answer, in_force=not self.is_void)
            ),
            *(award.promised(None, in_force=not self.is_void) if award else ()),
        )

    @property
    def is_void(self) -> bool:
        """Whether it was withdrawn by a release in which that ended what had been promised."""
        return self.stage is Stage.WITHDRAWN and not self.keeps_redress

    @property
    def remedies_owed(self) -> tuple[PromisedRemedy, ...]:
        """The remedies that the decisions in force promise and that are not done."""
        return tuple(each for each in self.remedies_promised if each.is_owed)

    def with_new_decision(self, decision: Decision | None) -> "Complaint":
        """The same complaint with another decision, or none yet; those that were communicated are kept."""
        if self.decision is None or self.decision.told_at is None:
            return replace(self, decision=decision)
        older = (*self.older, self.told) if self.told else self.older
        return replace(self, older=older, told=self.decision, decision=decision)

    def with_decision(self, changed: Decision) -> "Complaint":
        """The same complaint with one decision replaced, which is known by its entry."""
        older, told, decision, referral = self.older, self.told, self.decision, self.referral
        return replace(
            self,
            older=tuple(changed if each.entry == changed.entry else each for each in older),
            told=changed if told and told.entry == changed.entry else told,
            decision=changed if decision and decision.entry == changed.entry else decision,
            referral=replace(referral, award=changed)
            if referral and referral.award and referral.award.entry == changed.entry
            else referral,
        )

    @property
    def priority(self) -> int:
        """0 to 3, by the scales; one more for a vulnerable person or a systematic harm. It is never below the
        `least_priority` that somebody gave the case."""
        return max(self._assessed_priority, self.least_priority)

    @property
    def _assessed_priority(self) -> int:
        scales = self.assessment
        if scales is None:
            return HIGHEST if self.is_danger else int(self.is_vulnerable)
        presses = max(scales.severity, scales.safety, scales.urgency)
        return min(HIGHEST, presses + (scales.impact == SYSTEMATIC or self.is_vulnerable))

    @property
    def is_urgent(self) -> bool:
        """Whether its warnings wait for no open hours: of the highest priority, or a danger to a
        person."""
        return self.is_danger or self.priority == HIGHEST

    @property
    def comes_first(self) -> bool:
        """Whether it stands before others in a queue: a person needs particular care, or it is urgent."""
        return self.is_vulnerable or self.has_any_needs or self.is_urgent

    @property
    def is_danger(self) -> bool:
        """Whether it is about a danger to a person: one that was assessed, or that nobody acted on yet."""
        return self.is_assessed_as_danger or (self.danger is not None and self.danger.is_open)

    @property
    def is_assessed_as_danger(self) -> bool:
        return self.assessment is not None and self.assessment.safety >= DANGER

    @property
    def barred(self) -> tuple[str, ...]:
        """Who must take no part: by a conflict of interest, or a part in the first decision."""
        return (*self.conflicts, *(self.first_line if self.level > 1 else ()))

    @property
    def with_a_part(self) -> frozenset[str]:
        """Who had a part in which another person must have none, or has one."""
        decided = (each.decided_by for each in (*self.decisions, self.decision) if each)
        proposed = (self.closing.by if self.closing else None, self.erasure_proposed_by)
        owners = (each.owner for each in self.actions)
        return frozenset((*self.barred, *decided, *filter(None, proposed), *owners))

    def is_barred(self, person: str) -> bool:
        """Whether an account is that of somebody who must take no part."""
        return person in self.barred

    def _running(self) -> Iterator[Clock]:
        return (clock for clock in self.clocks if clock.binds)


def _by_weight(clock: Clock) -> tuple[bool, bool, float, datetime]:
    """Running clocks first, then paused ones, then those that stopped last; the strictest of each."""
    stopped = clock.stopped_at
    return (
        stopped is not None,
        clock.paused_at is not None,
        -stopped.timestamp() if stopped else 0,
        clock.due,
    )

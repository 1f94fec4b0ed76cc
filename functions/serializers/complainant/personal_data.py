"""Everything about me, as JSON: what is held of a complaint and of whoever made it.

It is what the case shows to its complainant, whole: who acts for somebody gets no more. No note, no name of
staff, no other complaint; what is left out is said.
"""

from collections.abc import Iterator, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct, UnsetType

from complaints.case.complaint import Complaint
from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letter import promise
from complaints.case.fact import Fact
from complaints.case.outcome.classification import WORDS, Words
from complaints.case.outcome.points import PointRaised
from complaints.case.outcome.survey import SurveyAnswered
from complaints.case.people.parties import AuthorityStep, LettersWanted, RepresentationRecorded
from complaints.case.process.receipt import Received
from complaints.casework.people.contact_details import WITH_ADDRESS
from complaints.casework.record.details import told_in_force
from complaints.delivery.delivery_state import DeliveryState
from complaints.site.site import Site, SiteTerms
from complaints.values.details_told import Details, Reached
from complaints.values.field_types import Channel, ComplainantKind, DataRight, Feedback, Mark, Stage, Way
from complaints.values.own_fields import FieldAnswer
from functions.serializers.complainant.public_events import Happened, public_events
from functions.serializers.complainant.public_view import (
    OnBehalfOf,
    ToldDecision,
    ToldReferral,
    on_behalf_of,
    told_decisions,
    told_referral,
)
from functions.serializers.field_types import Level, Moment, Reference
from functions.serializers.parts.adjustments import AdjustmentShown, adjustments_view
from functions.serializers.parts.complaint import Promise, local_time, promise_view
from functions.serializers.parts.complaint_details import classification_view, own_answers
from functions.serializers.parts.files import File, for_complainant
from functions.serializers.parts.merged_timeline import CasePart
from functions.serializers.parts.messages import MessageShown, messages
from functions.serializers.parts.parties import joint_view
from functions.serializers.parts.redress import Redress, redress

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.delivery.ports import Outbox


D = TypeVar("D", "OwnPart", "OwnData")


class OwnPerson(Reached, frozen=True, kw_only=True):
    """Who complained, and how the person can be reached."""

    kind: ComplainantKind | None
    preferred_way: Way | None


class OwnClassified(Words, frozen=True, kw_only=True):
    """What staff say that the complaint is about, beside the person's own words."""


class OwnWords(Details, frozen=True, kw_only=True):
    """What was said at the beginning."""

    subject: str | None
    description: str
    category: str | None
    remedy_sought: str | None
    special_needs: str | None
    adjustments: list[AdjustmentShown]
    fields: tuple[FieldAnswer, ...]
    danger: bool
    classified: OwnClassified


class OwnLetter(Struct, frozen=True, kw_only=True):
    """A letter to the person; `fate` is what the mail service said of it last."""

    kind: str
    called_for: Moment
    on_paper: bool
    state: str
    fate: str | None


class OwnSurvey(Struct, frozen=True, kw_only=True):
    """What the person said about the handling."""

    easy: Mark
    respect: Mark
    understood: Mark
    time: Mark
    outcome: Mark | None
    text: str | None


class OwnPoint(Struct, frozen=True, kw_only=True):
    """One thing of several that the complaint is about; what was answered stands with the decisions."""

    id: str
    text: str
    remedy_sought: str | None


class OwnAuthority(Struct, frozen=True, kw_only=True):
    """A step of the authority to act for somebody, on what evidence, and until when it holds."""

    at: Moment
    step: AuthorityStep
    until: date | None
    evidence: str | None


class OwnJoint(Struct, frozen=True, kw_only=True):
    """Somebody who complains together with the person, and which letters are sent."""

    name: str
    letters: LettersWanted


class OwnMail(Struct, frozen=True, kw_only=True):
    """A mail that staff added to the case; its `text` is there if it came from an address of the person."""

    at: Moment
    text: str | None


class OwnPart(Struct, frozen=True, kw_only=True):
    """All that is held of one complaint."""

    reference: Reference
    received_at: Moment
    complainant: OwnPerson
    on_behalf_of: OnBehalfOf | None
    complaint: OwnWords
    channel: Channel
    language: str
    notice_version: str
    happened: list[Happened]
    messages: list[MessageShown]
    promises: list[Promise]
    letters: list[OwnLetter]
    files: list[File]
    points: list[OwnPoint]
    authority: list[OwnAuthority]
    joint: list[OwnJoint]
    joined_mails: list[OwnMail]
    survey: OwnSurvey | None


class OwnData(Struct, frozen=True, kw_only=True):
    """All that is held of the person who complained: of the complaint that goes on, and of those that
    became part of it."""

    # No kind of `OwnPart`: a subclass would put its own fields last, and the file begins with them.
    made_at: Moment
    organisation: str
    left_out: str
    reference: Reference
    stage: Stage
    level: Level
    feedback: Feedback
    decision: ToldDecision | None
    decisions: list[ToldDecision]
    referral: ToldReferral | None
    redress: Redress
    received_at: Moment
    complainant: OwnPerson
    on_behalf_of: OnBehalfOf | None
    complaint: OwnWords
    channel: Channel
    language: str
    notice_version: str
    happened: list[Happened]
    messages: list[MessageShown]
    promises: list[Promise]
    letters: list[OwnLetter]
    files: list[File]
    points: list[OwnPoint]
    authority: list[OwnAuthority]
    joint: list[OwnJoint]
    joined_mails: list[OwnMail]
    survey: OwnSurvey | None
    parts: list[OwnPart]
    data_right: DataRight | UnsetType = UNSET


def own_data(deps: "Container", parts: list[CasePart], terms: SiteTerms, language: str) -> OwnData:
    """All of it, in a language; the complaint is the first of the `parts`."""
    zone = terms.zone
    first, *others = parts
    complaint = first.complaint
    decisions = told_decisions(complaint, first.said, zone)
    return _held(
        deps,
        OwnData,
        first,
        terms.site,
        language,
        made_at=local_time(deps.now(), zone),
        organisation=terms.site.name,
        left_out=deps.catalogues.text(language, "api.data.left_out"),
        stage=complaint.stage,
        level=complaint.level,
        feedback=complaint.feedback,
        decision=decisions[-1] if decisions else None,
        decisions=decisions,
        referral=told_referral(complaint, first.said),
        redress=redress(complaint, terms.today(deps.now())),
        parts=[_held(deps, OwnPart, part, terms.site, language) for part in others],
        data_right=complaint.data_right or UNSET,
    )


def _held(deps: "Container", kind: type[D], part: CasePart, site: Site, language: str, **more: Any) -> D:
    zone = ZoneInfo(site.zone)
    complaint, facts = part
    received = told_in_force(facts, complaint)
    assert received is not None, "every case begins with its receipt"
    clocks = sorted(
        (clock for clock in complaint.clocks if clock.is_for_complainant), key=lambda clock: clock.started_at
    )
    return kind(
        reference=complaint.reference,
        received_at=local_time(received.received_at or received.at, zone),
        complainant=OwnPerson(
            **Reached.values_of(received), kind=complaint.kind, preferred_way=received.preferred_way
        ),
        on_behalf_of=on_behalf_of(received),
        complaint=_words(received, part, site, language),
        channel=received.channel,
        language=complaint.language,
        notice_version=received.notice_version,
        happened=list(public_events(deps.catalogues, complaint, facts, zone, language)),
        messages=list(messages(facts, zone)),
        promises=[promise_view(deps, promise(clock), zone, language) for clock in clocks],
        letters=list(_letters(deps.outbox, complaint, zone)),
        files=for_complainant(deps.catalogues, complaint, facts, language),
        points=[
            OwnPoint(id=fact.id, text=fact.text, remedy_sought=fact.remedy_sought)
            for _, fact in facts
            if isinstance(fact, PointRaised)
        ],
        authority=[
            OwnAuthority(
                at=local_time(fact.at, zone), step=fact.step, until=fact.until, evidence=fact.evidence
            )
            for _, fact in facts
            if isinstance(fact, RepresentationRecorded) and fact.step
        ],
        joint=[OwnJoint(name=each.name, letters=each.letters) for each in joint_view(complaint, facts)],
        joined_mails=list(_joined_mails(facts, zone)),
        survey=next((_survey(fact) for _, fact in facts if isinstance(fact, SurveyAnswered)), None),
        **more,
    )


def _joined_mails(facts: Sequence[tuple[int, Fact]], zone: tzinfo) -> Iterator[OwnMail]:
    """The mails that staff added; those of others are named, and not quoted."""
    own = {fact.email.casefold() for _, fact in facts if isinstance(fact, WITH_ADDRESS) and fact.email}
    for _, fact in facts:
        if isinstance(fact, MailJoined):
            is_theirs = (fact.sender or "").casefold() in own
            yield OwnMail(at=local_time(fact.at, zone), text=fact.text if is_theirs else None)


def _words(received: Received, part: CasePart, site: Site, language: str) -> OwnWords:
    classified = classification_view(*part)
    return OwnWords(
        subject=received.subject,
        description=received.description,
        category=received.category,
        **Details.values_of(received),
        remedy_sought=received.remedy_sought,
        special_needs=received.special_needs,
        adjustments=adjustments_view(*part),
        fields=own_answers(received, site, language),
        danger=received.danger,
        classified=OwnClassified(**{name: getattr(classified, name) for name in WORDS}),
    )


def _survey(answered: SurveyAnswered) -> OwnSurvey:
    return OwnSurvey(
        easy=answered.easy,
        respect=answered.respect,
        understood=answered.understood,
        time=answered.time,
        outcome=answered.outcome,
        text=answered.text,
    )


def _letters(outbox: "Outbox", complaint: Complaint, zone: tzinfo) -> Iterator[OwnLetter]:
    """What was written to the person: when, and whether it arrived, as far as the mail service said so."""
    for state in outbox.of_case(complaint.reference):
        if state.letter.to == "complainant":
            yield _letter(state, zone)


def _letter(state: DeliveryState, zone: tzinfo) -> OwnLetter:
    return OwnLetter(
        kind=state.letter.kind,
        called_for=local_time(state.letter.called_for, zone),
        on_paper=state.letter.on_paper,
        state=state.state,
        fate=state.fate,
    )

"""Requests of people about their data (GDPR, Articles 15 to 22): what was asked for, and what became of it.

    opened ─▶ identity checked ─▶ done
                              └─▶ refused, with a ground      (either: and the person was told)

An answer is due within 30 days of receipt, the strictest of the laws that we know; once it may be put off, to
90 days at most, with a reason (GDPR, Article 12 (3)). Nothing of the person stands here: the words of a case
would have to be erased with the others. It names cases by their references.

Where a request came as a case of its own kind (`of_case`), its record is begun by the machine, once, and its
date is that of the promise of the case: there it is put off, with a letter to the person.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.case.correspondence.letter import Letter
from complaints.management.declaration import RecordDeclaration, RecordsContext
from complaints.management.evaluation.shared import colleague_wrong, content_of, due_days, next_morning, told
from complaints.management.privacy.named_cases import cases_named, cases_wrong
from complaints.management.privacy.personal_data import MOST_CASES, IdentityCheck
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import DataRight, LongText, RefusalGround, ShortText
from complaints.values.people import Actor, Role

WITHIN, AT_MOST = timedelta(days=30), timedelta(days=90)
"""How long after its receipt a request is answered, and to when that may be put off."""

NOTICE = timedelta(days=7)
"""How long before its date the owner is reminded."""

Cases = Annotated[tuple[ShortText, ...], Meta(max_length=MOST_CASES)]


class RequestOutcome(StrEnum):
    """What became of a request."""

    DONE = "done"
    REFUSED = "refused"


class PrivacyRequest(Content, frozen=True, kw_only=True):
    """A request. `answer_by` is the date on which it is due, `told_on` that on which the person was told what
    became of it, why, and where they can complain of that; `refused_because` is why in words. `of_case` is
    the case as which it came; of one that did, somebody may have to say yet what is asked for, and without an
    `owner` all who protect data at the site see to it."""

    right: DataRight | None = None
    received_on: date
    cases: tuple[str, ...] = ()
    of_case: str | None = None
    owner: ShortText | None = None
    answer_by: date
    extended: bool = False
    identity: IdentityCheck | None = None
    outcome: RequestOutcome | None = None
    ground: RefusalGround | None = None
    refused_because: LongText | None = None
    told_on: date | None = None


class PrivacyRequestRecorded(RecordFact, frozen=True, kw_only=True):
    content: PrivacyRequest


class OpenRequest(RecordCommand, frozen=True, kw_only=True):
    """Somebody asked for something about their data, on that day, in these cases."""

    verb: ClassVar[str] = "open"
    right: DataRight
    received_on: date
    owner: ShortText
    cases: Cases = ()


class ReceiveRequest(RecordCommand, frozen=True, kw_only=True):
    """A request came as a case, on that day, and is promised by the case until another one."""

    verb: ClassVar[str] = "receive"
    case: ShortText
    received_on: date
    answer_by: date
    right: DataRight | None = None


class FollowCase(RecordCommand, frozen=True, kw_only=True):
    """The promise of the case is another one: it was put off, or counted anew."""

    verb: ClassVar[str] = "follow"
    answer_by: date
    extended: bool


class SpecifyRequest(RecordCommand, frozen=True, kw_only=True):
    """Says what the person asks for, as far as the case tells."""

    verb: ClassVar[str] = "specify"
    right: DataRight


class IdentifyPerson(RecordCommand, frozen=True, kw_only=True):
    """Says how it was checked that whoever asks is the person."""

    verb: ClassVar[str] = "identify"
    identity: IdentityCheck


class ExtendRequest(RecordCommand, frozen=True, kw_only=True):
    """Puts the answer off, once and for a reason, of which the person was told."""

    verb: ClassVar[str] = "extend"
    answer_by: date


class FulfilRequest(RecordCommand, frozen=True, kw_only=True):
    """It was done as asked, and the person was told on that day."""

    verb: ClassVar[str] = "fulfil"
    told_on: date


class RefuseRequest(RecordCommand, frozen=True, kw_only=True):
    """It is not done, for this ground and reason; the person was told on that day, and where to complain. Of
    one that came as a case the last letter tells both."""

    verb: ClassVar[str] = "refuse"
    ground: RefusalGround
    told_on: date


def record_id(complaint: Complaint) -> str:
    """The id of the record of a request that came as this case: there is one."""
    return f"{complaint.site}.{complaint.reference.lower()}"


def open_request(record: ManagementRecord, command: OpenRequest, context: RecordsContext) -> PrivacyRequest:
    """Raises `Invalid`; of the cases those that are there for who asks were `gathered`."""
    wrong = [*colleague_wrong("owner", command.owner, context)]
    if command.received_on > context.today:
        wrong.append(Wrong("/received_on", "future"))
    wrong += cases_wrong(command.cases, context)
    if wrong:
        raise Invalid(*wrong)
    return PrivacyRequest(
        right=command.right,
        received_on=command.received_on,
        cases=cases_named(command.cases, context),
        owner=command.owner,
        answer_by=command.received_on + WITHIN,
    )


def receive(record: ManagementRecord, command: ReceiveRequest, context: RecordsContext) -> PrivacyRequest:
    return PrivacyRequest(
        right=command.right,
        received_on=command.received_on,
        cases=(command.case,),
        of_case=command.case,
        answer_by=command.answer_by,
    )


def follow(record: ManagementRecord, command: FollowCase, context: RecordsContext) -> PrivacyRequest:
    """What has ended keeps the date that it had."""
    request = content_of(record, PrivacyRequest)
    if request.outcome is not None:
        return request
    return replace(request, answer_by=command.answer_by, extended=command.extended)


def specify(record: ManagementRecord, command: SpecifyRequest, context: RecordsContext) -> PrivacyRequest:
    return replace(content_of(record, PrivacyRequest), right=command.right)


def identify(record: ManagementRecord, command: IdentifyPerson, context: RecordsContext) -> PrivacyRequest:
    return replace(content_of(record, PrivacyRequest), identity=command.identity)


def extend(record: ManagementRecord, command: ExtendRequest, context: RecordsContext) -> PrivacyRequest:
    """Raises `Invalid` without a reason, and for a day that is no later one or too late."""
    request = content_of(record, PrivacyRequest)
    wrong = [] if command.reason else [Wrong("/reason", "missing")]
    if command.answer_by <= request.answer_by:
        wrong.append(Wrong("/answer_by", "past"))
    if command.answer_by > request.received_on + AT_MOST:
        wrong.append(Wrong("/answer_by", "long-period", AT_MOST.days))
    if wrong:
        raise Invalid(*wrong)
    return replace(request, answer_by=command.answer_by, extended=True)


def fulfil(record: ManagementRecord, command: FulfilRequest, context: RecordsContext) -> PrivacyRequest:
    """Raises `Invalid` for a day on which nobody can have been told."""
    request = content_of(record, PrivacyRequest)
    if wrong := [*_told_wrong(request, command.told_on, context)]:
        raise Invalid(*wrong)
    return replace(request, outcome=RequestOutcome.DONE, told_on=command.told_on)


def refuse(record: ManagementRecord, command: RefuseRequest, context: RecordsContext) -> PrivacyRequest:
    """Raises `Invalid` without a reason (GDPR, Article 12 (4)), and as `fulfil` does."""
    request = content_of(record, PrivacyRequest)
    wrong = [] if command.reason else [Wrong("/reason", "missing")]
    wrong += _told_wrong(request, command.told_on, context)
    if wrong:
        raise Invalid(*wrong)
    return replace(
        request,
        outcome=RequestOutcome.REFUSED,
        ground=command.ground,
        refused_because=command.reason,
        told_on=command.told_on,
    )


def _told_wrong(request: PrivacyRequest, told_on: date, context: RecordsContext) -> Iterator[Wrong]:
    if told_on > context.today:
        yield Wrong("/told_on", "future")
    elif told_on < request.received_on:
        yield Wrong("/told_on", "past")


def due(content: PrivacyRequest, reminded: datetime | None) -> datetime | None:
    return next_morning(_days(content), reminded)


def reminders(record: ManagementRecord, context: RecordsContext) -> Iterable[Letter]:
    """To whoever sees to it; the day after it was due also to the address for quality management."""
    request = content_of(record, PrivacyRequest)
    days = due_days(_days(request), context)
    if request.answer_by + timedelta(days=1) in days:
        for to in (*_owners(request, context), None):
            yield told(record, record.code, "late", request.answer_by, to, context)
    elif days:
        # Where nobody protects data any more, quality management is told.
        for to in _owners(request, context) or (None,):
            yield told(record, record.code, "answer", request.answer_by, to, context)


def _owners(request: PrivacyRequest, context: RecordsContext) -> tuple[str, ...]:
    if request.owner:
        return (request.owner,)
    return tuple(each.id for each in context.members if each.active and Role.PRIVACY in each.roles)


def _days(request: PrivacyRequest) -> Iterator[date]:
    if request.outcome is None:
        yield from (request.answer_by - NOTICE, request.answer_by, request.answer_by + timedelta(days=1))


def _allowed(content: PrivacyRequest, by: Actor) -> Iterable[str]:
    """Nothing is done for somebody of whom nobody knows that they are the person, nor before it is said what
    is asked for. One that came as a case is put off there, and follows."""
    if content.outcome is not None:
        return ()
    verbs = ["identify", "refuse"]
    if content.of_case:
        verbs += ["specify", "follow"]
    elif not content.extended:
        verbs.append("extend")
    return [*verbs, "fulfil"] if content.identity and content.right else verbs


def declared() -> RecordDeclaration:
    privacy = frozenset({Role.PRIVACY})
    return RecordDeclaration(
        kind=RecordKind.PRIVACY_REQUEST,
        content=PrivacyRequest,
        fact=PrivacyRequestRecorded,
        rules={
            OpenRequest: open_request,
            IdentifyPerson: identify,
            FulfilRequest: fulfil,
            RefuseRequest: refuse,
            ExtendRequest: extend,
            ReceiveRequest: receive,
            SpecifyRequest: specify,
            FollowCase: follow,
        },
        roles={
            **dict.fromkeys(("open", "identify", "fulfil", "refuse", "extend", "specify"), privacy),
            **dict.fromkeys(("receive", "follow"), frozenset()),
        },
        begins=("open", "receive"),
        reasoned=("refuse", "extend"),
        summaries={
            "open": "Records that somebody asked for something about their data",
            "identify": "Says how it was checked that whoever asks is the person",
            "fulfil": "Says that it was done, and when the person was told",
            "refuse": "Says why it is not done, and when the person was told",
            "extend": "Puts the answer off once, for a reason",
            "specify": "Says what the person asks for in the case as which the request came",
            "receive": "Begins the record of a request that came as a case: a machine does it, and no person",
            "follow": "Has the date of the case as which it came: a machine does it, and no person",
        },
        title="right",
        columns=("received_on", "right", "owner", "answer_by", "outcome"),
        of_members=("owner",),
        helped=("cases", "identity", "told_on", "answer_by"),
        readers=frozenset({Role.PRIVACY, Role.AUDITOR}),
        due=due,
        reminders=reminders,
        allowed=_allowed,
    )

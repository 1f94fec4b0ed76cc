"""Who complains in a sealed case, as a custodian sees it for a quarter of an hour after opening it."""

from typing import TYPE_CHECKING

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.people.identity import SHOWN_FOR
from complaints.case.people.parties import RepresentationRecorded
from complaints.casework.people.identity import OpenIdentity
from complaints.casework.record.details import told_in_force
from complaints.handling.permissions import may
from complaints.values.casework.access_log import AccessKind
from complaints.values.details_told import Identifying
from complaints.values.own_fields import FieldAnswer
from functions.serializers.field_types import Moment
from functions.serializers.parts.complaint import local_time
from functions.serializers.parts.complaint_details import own_answers
from functions.serializers.parts.entries_with_texts import all_opened_facts
from functions.serializers.parts.parties import JointShown, joint_view
from functions.use_cases.cases.case_access import CaseAccess, note_reading

if TYPE_CHECKING:
    from complaints.adapters.container import Container


class OpenedIdentity(Identifying, frozen=True, kw_only=True):
    """Who complains: what is sealed of the case, shown to whoever opened it until `shown_until`.

    `senders` are the addresses from which mail joined the case."""

    name: str | None
    email: str | None
    phone: str | None
    post: str | None
    on_behalf_of: str | None
    relation: str | None
    authority: list[str]
    fields: tuple[FieldAnswer, ...]
    joint: list[JointShown]
    senders: list[str]
    shown_until: Moment


def opened_identity(deps: "Container", at: CaseAccess, language: str) -> OpenedIdentity | None:
    """The identity, if this member opened it last, and not longer than a quarter of an hour ago.

    Besides, it stands in the access log before it is shown. Raises `Unavailable`.
    """
    complaint = at.case.complaint
    opening = complaint.identity_opened
    if not complaint.sealed or complaint.erasure or opening is None:
        return None
    if not opening.shows(at.member.id, deps.now()) or not may(at.by.roles, OpenIdentity.verb):
        return None
    if at.by.id in complaint.conflicts:
        return None
    note_reading(deps, complaint.reference, at.member.id, at.by, AccessKind.IDENTITY)
    said = all_opened_facts(deps.cases, deps.catalogues, complaint.reference, language)
    told = told_in_force(said, complaint)
    if told is None:
        return None
    site = deps.sites.terms(complaint.site)
    facts = [fact for _, fact in said]
    evidence = [fact.evidence for fact in facts if isinstance(fact, RepresentationRecorded) and fact.evidence]
    senders = [fact.sender for fact in facts if isinstance(fact, MailJoined) and fact.sender]
    return OpenedIdentity(
        name=told.name,
        email=told.email,
        phone=told.phone,
        post=told.post,
        on_behalf_of=told.represented,
        relation=told.relation,
        authority=[*filter(None, (told.authority,)), *evidence],
        **Identifying.values_of(told),
        fields=own_answers(told, site.site, language),
        joint=joint_view(complaint, said),
        senders=senders,
        shown_until=local_time(opening.at + SHOWN_FOR, site.zone),
    )

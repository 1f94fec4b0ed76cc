"""One person in view: the complaints of who complains in a case, as far as the reader may see them.

They belong together by the mail address that is in force in each, or by the word of staff, who linked two
cases as those of one person.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.case.people.contact_details import MailAddressProposed
from complaints.case.people.contact_plan import ContactLimit, ContactPlanned
from complaints.case.people.parties import ComplainantJoined
from complaints.case.record.links import Relation
from complaints.casework.people.contact_details import address_of
from complaints.casework.record import erasure
from complaints.context.case import Case
from complaints.reporting.search.search_questions import read_question
from complaints.values.casework.access_log import AccessKind
from complaints.values.field_types import Outcome, Stage
from complaints.values.text.normalization import match_key
from functions.desk.case.people.identity import OpenedIdentity, opened_identity
from functions.desk.case.people.person_needs import EarlierRecord, earlier_record
from functions.http import auth
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Member, Moment, Reference, Version
from functions.serializers.parts.complaint import local_time, received_at
from functions.serializers.parts.entries_with_texts import opened_facts_of_cases
from functions.use_cases.cases.case_access import CaseAccess, open_case

READ = "read_case"
MOST = 100
"""Cases that a person may have in view: more are found by a search."""


class PersonCase(Struct, frozen=True, kw_only=True):
    """A complaint of the person. `same_address`: its mail address in force is that of the case that is asked
    about; `linked`: staff linked it as one of the same person; `address_confirmed`: the person proved to read
    its address, by a link in a mail or by an answer to one. `kept_because` is the rule by which `erase` would
    not be taken now; of a case that it would erase, none."""

    reference: Reference
    site: str
    subject: str | None
    category: str | None
    stage: Stage
    received_at: Moment
    ended_at: Moment | None
    outcome: Outcome | None
    same_address: bool
    linked: bool
    address_confirmed: bool
    version: Version
    kept_because: str | None


class JoinedCase(Struct, frozen=True, kw_only=True):
    """A case of somebody else that the person complains in as well, found by the mail address: `party` is
    what `erase_party` and a file of their data name them by there."""

    reference: Reference
    site: str
    subject: str | None
    party: str
    version: Version


class PersonPlan(Struct, frozen=True, kw_only=True):
    """How the organisation is in contact with the person, as it was recorded last in one of these cases."""

    reference: Reference
    plan: str
    limit: ContactLimit | None
    reason: str | None
    review_on: date | None
    review_due: bool
    planned_at: Moment
    planned_by: Member


class PersonView(Struct, frozen=True, kw_only=True):
    """The complaints of a person, the latest first, with the one that is asked about; `is_cut`: there are
    more with its address. In those of others that they `joined` their data goes apart. `plan` is the contact
    plan in force, `earlier` what the others have on record and this one has not: note it by `adjust` and
    `represent`, once you know that it is the same person.

    Of a case that is `sealed` nothing tells whose others are. `identity` is there for the custodian who
    opened it by `open_identity` within the last quarter of an hour."""

    items: list[PersonCase]
    is_cut: bool
    joined: list[JoinedCase]
    plan: PersonPlan | None
    earlier: EarlierRecord
    sealed: bool
    identity: OpenedIdentity | None


class _Address(NamedTuple):
    """The mail address in force of a case, to be compared, and whether the person proved to read it."""

    key: str
    is_confirmed: bool


def show(visit: Visit, reference: str) -> Response:
    """The complaints of the person of a case."""
    at = open_case(visit, reference, READ, auth.claims(visit, READ), reads=AccessKind.PERSON)
    return json_response(read(visit.deps, at, visit.language))


def read(deps: Container, at: CaseAccess, language: str) -> PersonView:
    """What is found. Besides the caller's read: the address of the case; for each site of the member what the
    address leads to; the cases found, and their addresses; where some are of others, who joined those; where
    staff linked others, these; and the words of a contact plan in force and of needs that this case does not
    know.

    Raises `Unavailable`.
    """
    own = at.case.complaint
    address = _addresses(deps, [own], language).get(own.reference)
    known, is_cut = {own.reference: at.case}, False
    joined: list[JoinedCase] = []
    addresses = {own.reference: address} if address else {}
    if address:
        page = deps.search.find(at.member.sites, read_question(address.key), after=None, limit=MOST)
        is_cut = page.next is not None
        found = _seen(deps, at, [each.row.reference for each in page.items], known)
        addresses |= _addresses(deps, [case.complaint for case in found.values()], language)
        theirs = {name for name in found if _is_same(addresses.get(name), address)}
        known |= {name: case for name, case in found.items() if name in theirs}
        others_cases = [case for name, case in found.items() if name not in theirs]
        joined = list(_joined(deps, others_cases, address.key, language))
    linked = set[str]()
    for case in list(known.values()):
        linked |= {link.to for link in case.complaint.links if link.relation is Relation.SAME_PERSON}
    if more := _seen(deps, at, sorted(linked)[:MOST], known):
        addresses |= _addresses(deps, [case.complaint for case in more.values()], language)
        known |= more
    items = [
        _item(deps, case, addresses.get(name), address, is_linked=name in linked)
        for name, case in known.items()
    ]
    items.sort(key=lambda item: known[item.reference].complaint.received_at or deps.now(), reverse=True)
    others = [known[item.reference].complaint for item in items if item.reference != own.reference]
    today = deps.sites.terms(own.site).today(deps.now())
    earlier = earlier_record(deps, own, others, today, language)
    return PersonView(
        items=items,
        is_cut=is_cut,
        joined=joined,
        plan=_plan(deps, known, language),
        earlier=earlier,
        sealed=own.sealed,
        identity=opened_identity(deps, at, language) if own.sealed else None,
    )


def _joined(deps: Container, cases: Iterable[Case], key: str, language: str) -> Iterator[JoinedCase]:
    """The cases in which somebody with this address complains together with somebody else."""
    of = {case.complaint.reference: case for case in cases if case.complaint.joint}
    if not of:
        return
    numbers = {name: {each.entry for each in case.complaint.joint} for name, case in of.items()}
    for name, facts in opened_facts_of_cases(deps, numbers, language).items():
        complaint, there = of[name].complaint, {each.id for each in of[name].complaint.joint}
        told = (fact for _, fact in facts if isinstance(fact, ComplainantJoined) and fact.id in there)
        for fact in told:
            if match_key(fact.email or "") == key:
                yield JoinedCase(
                    reference=name,
                    site=complaint.site,
                    subject=of[name].card.subject or None,
                    party=fact.id,
                    version=complaint.version,
                )


def _plan(deps: Container, known: Mapping[str, Case], language: str) -> PersonPlan | None:
    """The plan that was recorded last: one more read where there is any."""
    plans = {name: case.complaint.contact_plan for name, case in known.items() if case.complaint.contact_plan}
    if not plans:
        return None
    facts = opened_facts_of_cases(deps, {name: {plan.entry} for name, plan in plans.items()}, language)
    found = [
        (fact, name) for name, value in facts.items() for _, fact in value if isinstance(fact, ContactPlanned)
    ]
    fact, reference = max(found, key=lambda each: each[0].at)
    terms = deps.sites.terms(known[reference].complaint.site)
    return PersonPlan(
        reference=reference,
        plan=fact.plan,
        limit=fact.limit,
        reason=fact.reason,
        review_on=fact.review_on,
        review_due=plans[reference].is_to_review(terms.today(deps.now())),
        planned_at=local_time(fact.at, terms.zone),
        planned_by=fact.by.id,
    )


def _seen(
    deps: Container, at: CaseAccess, references: Iterable[str], known: Mapping[str, Case]
) -> dict[str, Case]:
    """Those of the cases that are not known yet, and there for this member."""
    wanted = [name for name in references if name not in known]
    found = deps.cases.load_all(wanted) if wanted else {}
    return {name: case for name, case in found.items() if auth.sees(deps.sites, at.member, case.complaint)}


def _addresses(deps: Container, complaints: Iterable[Complaint], language: str) -> dict[str, _Address]:
    """The address in force of each case, where it was not removed."""
    of = {complaint.reference: complaint for complaint in complaints}
    facts = opened_facts_of_cases(
        deps, {name: {complaint.contact.email} for name, complaint in of.items()}, language
    )
    found = {name: _address(of[name], [fact for _, fact in value]) for name, value in facts.items()}
    return {name: address for name, address in found.items() if address}


def _address(complaint: Complaint, facts: Iterable[Fact]) -> _Address | None:
    known = list(facts)
    address = address_of(known)
    if address is None:
        return None
    answered = (complaint.last_mail or 0) > complaint.contact.email
    return _Address(address, answered or any(isinstance(fact, MailAddressProposed) for fact in known))


def _is_same(one: _Address | None, other: _Address) -> bool:
    return one is not None and one.key == other.key


def _item(
    deps: Container, case: Case, address: _Address | None, own: _Address | None, *, is_linked: bool
) -> PersonCase:
    complaint = case.complaint
    terms = deps.sites.terms(complaint.site)
    zone, decision = terms.zone, complaint.known_decision
    kept = erasure.why_kept(complaint, terms.today(deps.now()))
    return PersonCase(
        reference=complaint.reference,
        site=complaint.site,
        subject=case.card.subject or None,
        category=complaint.category,
        stage=complaint.stage,
        received_at=received_at(complaint, zone),
        ended_at=local_time(complaint.ended_at, zone),
        outcome=decision.outcome if decision else None,
        same_address=own is not None and _is_same(address, own),
        linked=is_linked,
        address_confirmed=address is not None and address.is_confirmed,
        version=complaint.version,
        kept_because=kept.rule if kept else None,
    )

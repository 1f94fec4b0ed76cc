"""Authentication and authorisation: complainants by the token of their case, staff by a token of the
provider.

The answer never says why: an unknown reference, another case's token and a wrong one are the same.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from complaints.case.complaint import Complaint
from complaints.casework.people.sensitive_cases import hidden_categories, may_miss_cases, may_see
from complaints.context.case import Case
from complaints.context.ports import Claims
from complaints.handling import permissions
from complaints.reporting.list_rows import Hidden
from complaints.values.casework.saved_filters import SavedFilters
from complaints.values.errors import Forbidden, MistypedReference, NotFound, NotSignedIn
from complaints.values.people import Actor, Member, Role, Session
from complaints.values.text import case_reference
from functions.http import staff_sessions
from functions.http.request import Request
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import CaseStore, Sites
    from complaints.handling.service import Casework


PAGES = "/desk"
"""What the addresses of the desk's pages begin with."""

LONGEST_NAME = 200
"""How many characters the id of a member has at most."""


class OpenedCase(NamedTuple):
    """What the token of a case opens: it, or the case that it has become part of.

    `asked` is the reference that the token is for, whatever became of the case.
    """

    case: Case
    asked: str


def reference_in(typed: str) -> str:
    """The reference that an address names. Raises `MistypedReference`."""
    try:
        return case_reference.read(typed)
    except case_reference.NotAReference:
        raise MistypedReference from None


def own_case(cases: "CaseStore", casework: "Casework", request: Request, typed: str) -> OpenedCase:
    """The case that the token of the request opens. Raises `NotSignedIn`, `NotFound`."""
    return case_opened_by(cases, casework, request, request.bearer(), typed)


def case_opened_by(
    cases: "CaseStore", casework: "Casework", request: Request, token: str, typed: str
) -> OpenedCase:
    """What a token opens, or its receipt code. Raises `MistypedReference`, `NotFound`."""
    name = reference_in(typed)
    case = cases.load(name)
    # Without a case a token is made all the same: the time must not tell that there is none.
    if not casework.is_opened(case or casework.missing_case(name), token) or case is None:
        raise NotFound
    request.note(caller="complainant", reference=name, site=case.complaint.site)
    opened = whole(cases, case)
    if opened is not case and opened.complaint.links_renewed:
        # The link of a part may have gone to the address that was replaced.
        raise NotFound
    if opened.complaint.link_withdrawn or opened.complaint.erasure:
        raise NotFound
    return OpenedCase(opened, name)


def whole(cases: "CaseStore", case: Case) -> Case:
    """The case itself, or the one that it has become part of, and that in turn."""
    while case.complaint.merged_into:
        found = cases.load(case.complaint.merged_into)
        if found is None:
            raise NotFound
        case = found
    return case


class Authenticated(NamedTuple):
    """The authenticated member as `limited` by the token, whom the request is `of`, and the saved filters
    and the numbers of queues by site, if they were read with it."""

    by: Actor
    member: Member
    of: Member | None
    views: SavedFilters
    counts: Mapping[str, Mapping[str, int]]


def claims(visit: Visit, action: str) -> Claims:
    """Who of the staff this is: pages take a session, the API a token and no cookie.

    Raises `NotSignedIn`; `Forbidden` when the roles never allow `action`.
    """
    is_page = visit.request.route.startswith(PAGES)
    found = staff_sessions.claims_of(visit) if is_page else visit.deps.provider.verify(visit.request.bearer())
    visit.request.note(caller="staff", staff=found.subject)
    if not permissions.may(found.roles, action):
        raise Forbidden
    return found


def member_who_may(visit: Visit, action: str) -> tuple[Actor, Member]:
    """The member who asks, let in for `action`. Raises `NotSignedIn`, `Forbidden`."""
    return authenticate(visit, claims(visit, action), action)


def authenticate(visit: Visit, found: Claims, action: str) -> tuple[Actor, Member]:
    """Looks a member up, with the session, and lets the person in. Raises `Forbidden`, `NotSignedIn`."""
    entered = authenticate_with_case(visit, found, action)
    return entered.by, entered.member


def authenticate_with_case(
    visit: Visit,
    found: Claims,
    action: str,
    of: str | None = None,
    *,
    with_views: bool = False,
    counted: Mapping[str, Collection[date]] = MappingProxyType({}),
    owner: str | None = None,
) -> Authenticated:
    """As `authenticate`, and reads with it another member whom the request is about, the caller's saved
    filters, and the numbers of the queues of some sites, also those of the work of an `owner`. `counted` says
    by site on which local dates is due what is due soon there.

    No member has a longer id.
    """
    of = of if of and len(of) <= LONGEST_NAME else None
    owner = owner if owner is not None and len(owner) <= LONGEST_NAME else None
    seen = visit.deps.members.look_up(
        found.subject, found.session, of, with_views=with_views, counted=counted, owner=owner
    )
    by = authorize(visit, found, seen.member, action, seen.session)
    if seen.member is None:
        raise Forbidden
    return Authenticated(
        by, limited(seen.member, by), seen.of, seen.views or SavedFilters(member=seen.member.id), seen.counts
    )


def authorize(
    visit: Visit,
    found: Claims,
    member: Member | None,
    action: str,
    session: Session | None = None,
) -> Actor:
    """The actor whom claim and member item together allow `action`.

    `session` is what the claim's own names, where it was read already. Raises `Forbidden`, and
    `NotSignedIn` when the session is over.
    """
    if found.session:
        _must_go_on(visit.deps.now(), found, session or visit.deps.sessions.find(found.session))
    if member is None or not member.active:
        raise Forbidden
    roles: tuple[Role, ...] = tuple(role for role in found.roles if role in member.roles)
    visit.request.note(roles=roles)
    if not permissions.may(roles, action):
        raise Forbidden
    return Actor("staff", member.id, roles)


def limited(member: Member, by: Actor) -> Member:
    """The member with no role but those of the token or session: no more is there for this person now."""
    return replace(member, roles=by.roles)


def _must_go_on(now: datetime, found: Claims, session: Session | None) -> None:
    if session is None or not session.is_of(found.subject, now):
        raise NotSignedIn


def case_for(sites: "Sites", request: Request, case: Case | None, member: Member) -> Case:
    """The case, if it is there for this member. Raises `NotFound`."""
    if case is None or not sees(sites, member, case.complaint):
        raise NotFound
    request.note(reference=case.complaint.reference, site=case.complaint.site)
    return case


def sees(sites: "Sites", member: Member, complaint: Complaint) -> bool:
    """Whether this member may see a case: of a site of the member, and not hidden from the member."""
    is_served = member.serves(complaint.site)
    return is_served and may_see(member, sites.terms(complaint.site).site, complaint.categories)


def hidden_from(deps: "Container", member: Member, sites: Iterable[str]) -> Hidden:
    """What is hidden from this member at these sites."""
    if member.sensitive:
        return {}
    hidden = {key: hidden_categories(member, deps.sites.terms(key).site.codes) for key in sites}
    return {key: codes for key, codes in hidden.items() if codes}


def misses_cases(deps: "Container", member: Member, sites: Iterable[str]) -> bool:
    """Whether there may be cases at these sites that are hidden from this member."""
    return any(may_miss_cases(member, deps.sites.terms(key).site) for key in sites)

"""Sign-in and sign-out of staff at the pages of the desk: through the OpenID provider, with a session.

Makes the first administrator of an installation, so that somebody can set it up in a browser.

Accepts invitations: whoever signs in with an invited mail address becomes a member, as does a user of the
directory.

The provider has verified the address (OpenID Connect Core, 5.1), so no link holds a secret: whoever reads
the letter and cannot sign in as the person gets nowhere, and nobody learns which addresses are invited.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.context.ports import Claims
from complaints.settings.member_commands import ChangeMember
from complaints.settings.members.invitations import is_for_address
from complaints.settings.setting import Record, Setting, SettingKind
from complaints.settings.settings_context import SettingsContext, among
from complaints.values.directory import DirectoryAccount
from complaints.values.errors import NotFound, NotSignedIn
from complaints.values.people import IDLE, Actor, Invitation, Role
from complaints.values.text.normalization import match_key
from functions.desk.session import sign_in_state
from functions.desk.session.guard import SIGN_IN, SIGNED_OUT, desk_page, own_address
from functions.desk.session.layout import HOME, home_of
from functions.http import staff_sessions
from functions.http.responses import NO_STORE
from functions.http.visit import Visit
from functions.rendering.page import Headers, as_page, link, page

if TYPE_CHECKING:
    from complaints.adapters.container import Settings


ARRIVAL = "/desk/signed-in"
SETUP = "/desk/setup"


@as_page
def start(visit: Visit) -> Response:
    """Leads to the provider, which asks who it is: anew, where a session was left in this browser, or
    somebody signed out of it, whom the provider may still know.

    Raises `NotFound` where none is set up.
    """
    if not visit.deps.sign_in.is_set_up:
        raise NotFound
    max_age = IDLE if staff_sessions.was_left(visit) else None
    asks_again = staff_sessions.was_signed_out(visit.request)
    to = own_address(visit.request.query.get("to", ""))
    attempt, cookie = sign_in_state.begin(visit.deps, to, max_age, asks_again=asks_again)
    return _go(visit.deps.sign_in.address(attempt, _back(visit.deps.settings)), cookie)


@as_page
def arrive(visit: Visit) -> Response:
    """Takes who comes back from the provider, and leads to where the person wanted to go."""
    try:
        cookie, to = _session(visit)
    except NotSignedIn:
        return _failed(visit)
    over = [sign_in_state.COOKIE]
    if staff_sessions.was_signed_out(visit.request):
        over.append(staff_sessions.SIGNED_OUT)
    return _go(link(visit.deps.settings, to, {}), cookie, *map(staff_sessions.expired_cookie, over))


def _session(visit: Visit) -> tuple[str, str]:
    """The cookie of a new session, and where to go. Raises `NotSignedIn`, `Unavailable`."""
    attempt, to = sign_in_state.read(visit)
    state, code = visit.request.query.get("state", ""), visit.request.query.get("code", "")
    if not code or not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise NotSignedIn
    found = visit.deps.sign_in.claims(code, attempt, _back(visit.deps.settings))
    if is_first_administrator(visit.deps, found):
        add_first_administrator(visit.deps, found, visit.language)
        to = SETUP
    else:
        accept_invitations(visit.deps, found)
    visit.request.note(caller="staff", staff=found.subject, roles=found.roles)
    staff_sessions.end_earlier_session(visit)
    return staff_sessions.begin_session(visit.deps, found), _opened_at(to, _roles(visit.deps, found))


def _roles(deps: Container, found: Claims) -> tuple[Role, ...]:
    """What somebody may do here at most: where the provider limits nobody, what the member item says."""
    if len(found.roles) < len(Role):
        return found.roles
    member = deps.members.find(found.subject)
    return member.roles if member else found.roles


def _opened_at(to: str, roles: Iterable[Role]) -> str:
    """Where somebody goes: who wanted nothing but the desk, in some language, to the first page of theirs."""
    path, _, query = to.partition("?")
    if path != HOME or (query and not query.startswith("lang=")) or "&" in query:
        return to
    return f"{home_of(roles)}?{query}" if query else home_of(roles)


@desk_page
def leave(visit: Visit) -> Response:
    """Ends the session. That of the provider goes on, which is asked not to go by it at the next sign-in."""
    badge = staff_sessions.session_cookie_of(visit)
    visit.request.note(caller="staff", staff=badge.member)
    return _go(
        link(visit.deps.settings, SIGNED_OUT, {}),
        staff_sessions.end_session(visit.deps.sessions, visit.deps.now(), badge),
        staff_sessions.signed_out_cookie(),
    )


@as_page
def farewell(visit: Visit) -> Response:
    """Says that somebody is signed out."""
    return page(
        visit.deps,
        "desk/signed-out.html",
        language=visit.language,
        address=SIGNED_OUT,
        headers=dict(NO_STORE),
        sign_in=SIGN_IN,
    )


def _failed(visit: Visit) -> Response:
    visit.request.note(problem=NotSignedIn.code)
    return page(
        visit.deps,
        "desk/not-signed-in.html",
        language=visit.language,
        address=SIGN_IN,
        status=401,
        headers={**NO_STORE, "WWW-Authenticate": "Bearer"},
        sign_in=SIGN_IN,
    )


def _back(settings: "Settings") -> str:
    """Where the provider sends people back to; it must know this address."""
    return settings.url + ARRIVAL


def _go(address: str, *cookies: str) -> Response:
    headers: Headers = {**NO_STORE, "Location": address, "Set-Cookie": list(cookies)}
    return Response(body="", status_code=303, headers=headers)


DEPLOYMENT = Actor("operator", "deployment")


def is_first_administrator(deps: "Container", found: Claims) -> bool:
    """Whether this is the person whom the operator named, and nobody is a member yet."""
    return is_named(deps.settings.first_administrator, found) and not deps.members.all()


def is_named(named: str, found: Claims) -> bool:
    """Whether the operator named this person, by the id at the provider or by an address that it vouches for.
    Capitals of an address count for nothing: an operator types others than the provider knows."""
    return bool(named) and (named == found.subject or named.casefold() == found.email.casefold())


def add_first_administrator(deps: "Container", found: Claims, language: str) -> None:
    """Makes this person a member with every role, so that one person can begin alone; what somebody may do
    is still capped by the roles that the provider names."""
    change = ChangeMember(
        name=found.name or found.subject,
        email=found.email or None,
        roles=tuple(Role),
        reason=deps.catalogues.text(language, "site_setup.first_administrator"),
    )
    nobody = Setting(kind=SettingKind.MEMBER, id=found.subject)
    context = SettingsContext(now=deps.now(), by=DEPLOYMENT, shipped_data=deps.shipped_data)
    deps.settings_service.carry_out(nobody, change, context)


def accept_invitations(deps: "Container", found: Claims) -> None:
    """Accepts what the verified address of whoever signs in is invited to, by somebody or the directory."""
    if not found.email:
        return
    now = deps.now()
    people = deps.settings_store.people()
    by = Actor("staff", found.subject)
    context = among(people, now=now, by=by, shipped_data=deps.shipped_data)
    for each in people:
        if _is_for(each.record, found.email, now):
            deps.settings_service.join(each.id, context)


def _is_for(record: Record | None, address: str, now: datetime) -> bool:
    if isinstance(record, Invitation):
        return record.is_open(now) and is_for_address(record, address)
    if isinstance(record, DirectoryAccount):
        names = {match_key(record.user.email), match_key(record.user.user_name)}
        return record.member is None and record.user.active and match_key(address) in names
    return False

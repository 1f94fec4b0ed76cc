"""Sessions of staff: a signed cookie holds the member's id and the time of the last request.

A request needs no write: the cookie is signed again. The end of a session is stored in the table, and read
with the member.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from complaints.context.ports import Claims
from complaints.values.errors import NotSignedIn
from complaints.values.key_ring import KeyRing
from complaints.values.people import IDLE, LONGEST, Session
from functions.http import signed_tokens
from functions.http.request import Request
from functions.http.session_cookie import SessionCookie
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import Sessions


COOKIE = "__Host-session"
"""The prefix binds it to this host and to TLS (RFC 6265bis, 4.1.3.2)."""

SIGNED_OUT = "__Host-signed-out"
"""That somebody signed out in this browser: the provider, which still knows them, is to ask again."""
SIGNED_OUT_FOR = timedelta(days=90)
"""How long a browser remembers that: as long as providers commonly know a person who comes back."""

ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax"
_FORM = "form"
SEEN_AGAIN = timedelta(minutes=1)
"""How long a cookie is used before it is signed again."""


_decode = msgspec.json.Decoder(SessionCookie).decode
_encode = msgspec.json.Encoder().encode


def session_cookie_of(visit: Visit) -> SessionCookie:
    """The session cookie of the request, read once. Raises `NotSignedIn` without one, and for an expired
    one."""
    visit.request.badge = visit.request.badge or _read(visit)
    return visit.request.badge


def _read(visit: Visit) -> SessionCookie:
    badge = _unsealed(visit)
    if _is_over(visit.deps.now(), badge):
        raise NotSignedIn
    return badge


def _unsealed(visit: Visit) -> SessionCookie:
    """The badge that this browser brings, over or not. Raises `NotSignedIn`."""
    try:
        return _decode(signed_tokens.verify(_keys(visit.deps), visit.request.cookie(COOKIE), COOKIE))
    except (signed_tokens.BadSignature, msgspec.DecodeError):
        raise NotSignedIn from None


def _is_over(now: datetime, badge: SessionCookie) -> bool:
    return _now(now) >= min(badge.ends, badge.seen + int(IDLE.total_seconds()))


def was_left(visit: Visit) -> bool:
    """Whether the browser has a session that expired without a sign-out."""
    try:
        return _is_over(visit.deps.now(), _unsealed(visit))
    except NotSignedIn:
        return False


def was_signed_out(request: Request) -> bool:
    """Whether somebody signed out in this browser, and nobody has signed in since."""
    return bool(request.cookie(SIGNED_OUT))


def signed_out_cookie() -> str:
    """The cookie of a browser in which somebody signed out. It holds nothing of them."""
    return f"{SIGNED_OUT}=1; Max-Age={int(SIGNED_OUT_FOR.total_seconds())}; {ATTRIBUTES}"


def claims_of(visit: Visit) -> Claims:
    """Who visits, if the session goes on; whether it does is read with the member. Raises `NotSignedIn`."""
    badge = session_cookie_of(visit)
    return Claims(badge.member, badge.roles, session=badge.id)


def begin_session(deps: "Container", claims: Claims) -> str:
    """Begins a session, and gives the cookie of it."""
    now = deps.now()
    ends = now + LONGEST
    session = Session(id=secrets.token_urlsafe(16), member=claims.subject, ends=ends)
    deps.sessions.keep(session, expires=ends)
    return _cookie(
        deps,
        SessionCookie(
            id=session.id,
            member=session.member,
            roles=claims.roles,
            ends=int(ends.timestamp()),
            seen=int(now.timestamp()),
        ),
    )


def end_earlier_session(visit: Visit) -> None:
    """Ends the session that this browser was in, wherever else its cookie is. Raises `Unavailable`."""
    try:
        badge = _unsealed(visit)
    except NotSignedIn:
        return
    if _now(visit.deps.now()) < badge.ends:
        end_session(visit.deps.sessions, visit.deps.now(), badge)


def end_session(sessions: "Sessions", now: datetime, badge: SessionCookie) -> str:
    """Ends a session, and gives the cookie that takes its place."""
    expires = datetime.fromtimestamp(badge.ends, UTC)
    ended = Session(id=badge.id, member=badge.member, ends=now)
    sessions.keep(ended, expires=expires)
    return expired_cookie(COOKIE)


def renewed_cookie(deps: "Container", badge: SessionCookie, language: str) -> str | None:
    """The renewed cookie, with the language of the reader; `None` while the old one still serves."""
    now = _now(deps.now())
    if language == badge.language and now < badge.seen + int(SEEN_AGAIN.total_seconds()):
        return None
    return _cookie(deps, msgspec.structs.replace(badge, seen=now, language=language))


def form_token(deps: "Container", badge: SessionCookie) -> str:
    """What every form of this session brings along, and no other page can know."""
    return signed_tokens.derived_key(_keys(deps), badge.id, _FORM)


def is_form_token(deps: "Container", badge: SessionCookie, sent: str) -> bool:
    """Whether a form brought what forms of this session bring."""
    return signed_tokens.is_derived(_keys(deps), sent, badge.id, _FORM)


def expired_cookie(name: str) -> str:
    """The cookie that takes another away."""
    return f"{name}=; Max-Age=0; {ATTRIBUTES}"


def _cookie(deps: "Container", badge: SessionCookie) -> str:
    return f"{COOKIE}={signed_tokens.sign(_keys(deps), _encode(badge), COOKIE)}; {ATTRIBUTES}"


def _keys(deps: "Container") -> KeyRing:
    return deps.secrets.ring("session")


def _now(now: datetime) -> int:
    return int(now.timestamp())

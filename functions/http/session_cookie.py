"""The contents of the session cookie of staff."""

from msgspec import Struct

from complaints.values.people import Role


class SessionCookie(Struct, frozen=True, kw_only=True):
    """What the cookie says; `language` is the one that the person chose, moments are seconds (UTC)."""

    id: str
    member: str
    roles: tuple[Role, ...]
    ends: int
    seen: int
    language: str = ""

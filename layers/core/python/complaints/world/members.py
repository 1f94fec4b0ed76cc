"""Members of staff as items of the table."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from complaints.people import Member
from complaints.session import Session
from complaints.world.names import MEMBERS, member_key, session_key
from complaints.world.reading import get_all, query
from complaints.world.sessions import from_session_item
from complaints.world.table import Item, MemberItem, SessionItem

FRESH = timedelta(seconds=60)

_decode = msgspec.json.Decoder(Member).decode


class DynamoMembers:
    """Members in DynamoDB."""

    def __init__(self) -> None:
        self._known: tuple[datetime, Sequence[Member]] | None = None

    def find(self, member: str) -> Member | None:
        for item in get_all([member_key(member)]):
            if isinstance(item, MemberItem):
                return from_member(item)
        return None

    def at_the_door(self, member: str, session: str) -> tuple[Member | None, Session | None]:
        """A member with the session that somebody brings, if any, in one consistent batch read."""
        found, goes_on = None, None
        for item in get_all([member_key(member), *([session_key(session)] if session else [])]):
            if isinstance(item, MemberItem):
                found = from_member(item)
            elif isinstance(item, SessionItem):
                goes_on = from_session_item(item)
        return found, goes_on

    def known(self, now: datetime) -> Sequence[Member]:
        """Who works here, as it was at most a minute ago: for names and choices, and for no permission."""
        if self._known is None or now - self._known[0] >= FRESH:
            self._known = now, self.all()
        return self._known[1]

    def all(self) -> Sequence[Member]:
        return [from_member(item) for item in query(Item, MEMBERS, "member#")]


def from_member(item: MemberItem) -> Member:
    return _decode(item.settings)

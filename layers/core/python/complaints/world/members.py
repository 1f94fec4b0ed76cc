"""Members of staff as items of the table."""

from collections.abc import Sequence

import msgspec

from complaints.people import Member
from complaints.world.names import MEMBERS, member_key
from complaints.world.reading import get_all, query
from complaints.world.table import Item, MemberItem

_decode = msgspec.json.Decoder(Member).decode


class DynamoMembers:
    """Members in DynamoDB."""

    def find(self, member: str) -> Member | None:
        for item in get_all([member_key(member)]):
            if isinstance(item, MemberItem):
                return from_member(item)
        return None

    def all(self) -> Sequence[Member]:
        return [from_member(item) for item in query(Item, MEMBERS, "member#")]


def from_member(item: MemberItem) -> Member:
    return _decode(item.settings)

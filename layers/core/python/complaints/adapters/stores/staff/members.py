"""Members of staff as items of the table.

Saved filters, one item for each member: it is read with the authentication of a queue's page only.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

import msgspec

from complaints.adapters.dynamodb.key_schema import (
    MEMBERS,
    Key,
    due_week_key,
    member_key,
    session_key,
    views_key,
    work_sum_key,
)
from complaints.adapters.dynamodb.models import (
    WEEKDAYS,
    WHOLE,
    Item,
    MemberItem,
    SessionItem,
    TallyItem,
    ViewsItem,
)
from complaints.adapters.dynamodb.reads import get_all, query
from complaints.adapters.dynamodb.setting_items import decode_member
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.staff.sessions import from_session_item
from complaints.context.stores import MemberLookup, count_of_owner
from complaints.values.casework.saved_filters import SavedFilters
from complaints.values.errors import Stale
from complaints.values.people import Member

FRESH = timedelta(seconds=60)


class DynamoMembers:
    """Members in DynamoDB."""

    def __init__(self) -> None:
        self._known: tuple[datetime, Sequence[Member]] | None = None

    def find(self, member: str) -> Member | None:
        for item in get_all([member_key(member)]):
            if isinstance(item, MemberItem):
                return from_member(item)
        return None

    def look_up(
        self,
        member: str,
        session: str,
        of: str | None = None,
        *,
        with_views: bool = False,
        counted: Mapping[str, Collection[date]] = MappingProxyType({}),
        owner: str | None = None,
    ) -> MemberLookup:
        """A member with the session of the request, if any, another member whom the request is about, the
        member's saved filters, and the numbers of the queues of some sites, those of the member's own work
        and of that of one more `owner` among them, in one consistent batch read.

        `counted` says by site on which local dates is due what is due soon there.
        """
        keys = {member_key(name) for name in (member, of) if name}
        if session:
            keys.add(session_key(session))
        if with_views:
            keys.add(views_key(member))
        keys.update(work_sum_key(site, each) for site in counted for each in {None, member, owner})
        keys.update(due_week_key(site, day) for site, days in counted.items() for day in days)
        numbers: dict[Key, TallyItem] = {}
        found: dict[str, Member] = {}
        goes_on = views = None
        for item in get_all(keys):
            if isinstance(item, MemberItem):
                known = from_member(item)
                found[known.id] = known
            elif isinstance(item, SessionItem):
                goes_on = from_session_item(item)
            elif isinstance(item, ViewsItem):
                views = from_views_item(item)
            elif isinstance(item, TallyItem):
                numbers[item.pk, item.sk] = item
        counts = {
            site: _counts(numbers, site, member, owner) | _due_soon(numbers, site, days)
            for site, days in counted.items()
            if _is_whole(numbers, site)
        }
        return MemberLookup(found.get(member), goes_on, found.get(of) if of else None, views, counts)

    def known(self, now: datetime) -> Sequence[Member]:
        """The members as of at most a minute ago: for names and choices, never for permissions."""
        if self._known is None or now - self._known[0] >= FRESH:
            self._known = now, self.all()
        return self._known[1]

    def all(self) -> Sequence[Member]:
        return [from_member(item) for item in query(Item, MEMBERS, "member#")]


def _is_whole(numbers: Mapping[Key, TallyItem], site: str) -> bool:
    """Whether the numbers of a site hold every case of it."""
    item = numbers.get(work_sum_key(site))
    return item is not None and int(item.whole or 0) >= WHOLE


def _counts(numbers: Mapping[Key, TallyItem], site: str, member: str, owner: str | None) -> dict[str, int]:
    """How many cases each queue of a site has, by its name; those of an `owner` by `count_of_owner`."""
    whole, mine = (numbers.get(work_sum_key(site, each)) or TallyItem() for each in (None, member))
    counts = _by_queue(whole) | {
        "unassigned": int(whole.unassigned or 0),
        "mine": sum(int(number or 0) for number in (mine.open, mine.awaiting, mine.responded)),
    }
    if owner is None:
        return counts
    theirs = numbers.get(work_sum_key(site, owner)) or TallyItem()
    return counts | {count_of_owner(queue, owner): number for queue, number in _by_queue(theirs).items()}


def _due_soon(numbers: Mapping[Key, TallyItem], site: str, days: Collection[date]) -> dict[str, int]:
    """How many cases of a site are due on these dates."""
    weeks = [(numbers.get(due_week_key(site, day)) or TallyItem(), WEEKDAYS[day.weekday()]) for day in days]
    return {"due_soon": sum(int(getattr(week, day) or 0) for week, day in weeks)} if days else {}


def _by_queue(item: TallyItem) -> dict[str, int]:
    counts = {
        "open": item.open,
        "overdue": item.overdue,
        "awaiting_complainant": item.awaiting,
        "responded": item.responded,
        "approvals": item.approval,
    }
    return {queue: int(number or 0) for queue, number in counts.items()}


def from_member(item: MemberItem) -> Member:
    return decode_member(item.settings)


_decode = msgspec.json.Decoder(SavedFilters).decode
_encode = msgspec.json.Encoder().encode


class DynamoSavedFilters:
    """Views in DynamoDB."""

    def keep(self, views: SavedFilters) -> None:
        """Writes all views of a member. Raises `Stale` where others were written meanwhile, `Unavailable`."""
        item = ViewsItem(*views_key(views.member), version=views.version, views=_encode(views).decode())
        is_still = ViewsItem.version == views.before if views.before else ViewsItem.pk.does_not_exist()
        if not was_made(lambda: item.save(condition=is_still)):
            raise Stale(views.version)


def from_views_item(item: ViewsItem) -> SavedFilters:
    return _decode(item.views)

"""Queues: pages of the index, the most urgent first, flat in cost whatever the number of cases."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Any

import msgspec
from msgspec.structs import replace
from pynamodb.expressions.condition import Condition

from complaints.adapters.config import telemetry
from complaints.adapters.dynamodb.case_items import card_of, opened_card
from complaints.adapters.dynamodb.key_schema import (
    RANKS,
    day_sk,
    head_key,
    reference_in,
    retention_pk,
    sortable,
    tally_pk,
)
from complaints.adapters.dynamodb.models import Head, Item
from complaints.adapters.dynamodb.pagination import MOST_PAGES, merged
from complaints.adapters.dynamodb.reads import answering, get_with_data_keys
from complaints.context.case import QueueCard
from complaints.reporting.list_rows import UNREADABLE, Filter, QueueEntry, QueuePage, Row
from complaints.values.codes import DATA_REQUEST

_EACH_MONTH = 36
"""How many months back each is read; before them, those only in which a case can have ended."""

_END = "~"
"""Behind every place."""

_AWAITS_APPROVAL = '"awaits_approval":true'
"""How a row says it: the only attribute of the index that does."""

_MOST_QUIET = 150
"""How many months of sites are read, one after the other, before a page of closed cases may be empty."""

_LOOKED_AT = 250
"""How many cases a page of the index has where they are looked at one by one."""

_MOST_IN = 100
"""How many values one comparison of the store takes."""

_NEVER = "1970-01-01T00:00:00Z"

_row = msgspec.json.Decoder(Row).decode


class DynamoQueues:
    """Queues in DynamoDB: one query for each partition that is looked at."""

    def by_urgency(
        self,
        sites: Collection[str],
        queues: Collection[str],
        matching: Filter,
        *,
        after: str | None,
        limit: int,
        due: tuple[datetime | None, datetime | None] = (None, None),
    ) -> QueuePage:
        """A page of `open`, `awaiting` and `responded` cases; `due` bounds the due moment, half open.

        Each queue of each site is a read. Places begin with a rank, so what is bounded by time is a range,
        and a read, for each rank.
        """
        found: list[QueueEntry] = []
        bounds = [(lowest, end) for lowest, end in _ranges(due) if after is None or after < end]
        for lowest, end in bounds:
            places = _between(Head.queue_sk, lowest, after, end)
            left = limit - len(found)
            partitions = (f"{site}#{queue}" for site in sites for queue in queues)
            pages = [_read(Head.queue, partition, places, matching, left) for partition in partitions]
            page = _merged(pages, left, newest_first=False)
            found.extend(page.items)
            if page.next or (len(found) >= limit and end != bounds[-1][1]):
                return QueuePage(tuple(found), page.next or found[-1].place)
        return QueuePage(tuple(found), None)

    def of_owner(self, member: str, matching: Filter, *, after: str | None, limit: int) -> QueuePage:
        """A page of the open cases that a member looks after."""
        if matching.sites == ():
            return QueuePage((), None)
        places = _between(Head.owner_sk, "", after, _END)
        page = _read(Head.owner, member, places, matching, limit, ordered_by="owner_sk")
        return _merged([page], limit, newest_first=False)

    def closed(
        self,
        sites: Sequence[str],
        matching: Filter,
        *,
        after: str | None,
        limit: int,
        now: datetime,
        looks_on: bool = False,
    ) -> QueuePage:
        """A page of ended cases, the last ended first, month by month back from the cursor's.

        It looks through `MOST_PAGES` months at a time, back to the first case. One that `looks_on` goes,
        while it finds nothing, through as many as `_MOST_QUIET` reads show, so that no cursor leads a person
        to a row of empty pages; whoever reads up to a month of their own stops there.
        """
        found: list[QueueEntry] = []
        quiet = max(MOST_PAGES, _MOST_QUIET // max(1, len(sites))) if looks_on else MOST_PAGES
        recent = _months_before(sortable(now)[:7], _EACH_MONTH)
        month = after[:7] if after else sortable(now)[:7]
        for looked_at in range(quiet):
            if found and looked_at >= MOST_PAGES:
                break
            earlier = Head.queue_sk < (after or "~")
            left = limit - len(found)
            pages = [
                _read(Head.queue, f"{site}#closed#{month}", earlier, matching, left, newest_first=True)
                for site in sites
            ]
            page = _merged(pages, left, newest_first=True)
            found.extend(page.items)
            if page.next or len(found) >= limit:
                return QueuePage(tuple(found), page.next or found[-1].place)
            month = _months_before(month, 1)
            if month < recent and not page.items:
                month = _latest_month(sites, month)
            if not month:
                return QueuePage(tuple(found), None)
        return QueuePage(tuple(found), f"{month}~")

    def with_cards(self, entries: Iterable[QueueEntry]) -> tuple[QueueEntry, ...]:
        """The cases with what their cards say: one batch read of the keys of those that are encrypted."""
        listed = tuple(entries)
        wanted = [each.row.reference for each in listed if each.card.encrypted]
        keys = get_with_data_keys((), wanted)[1] if wanted else {}
        return tuple(
            replace(each, card=opened_card(each.card, keys.get(name := each.row.reference), head_key(name)))
            for each in listed
        )


def _read(
    index: Any,
    pk: str,
    places: Condition,
    matching: Filter,
    limit: int,
    *,
    ordered_by: str = "queue_sk",
    newest_first: bool = False,
) -> QueuePage:
    """Up to `limit` cases of one partition, of at most `MOST_PAGES` pages of the index."""
    listed: list[QueueEntry] = []
    with answering():
        pages = index.query(
            pk,
            places,
            filter_condition=_condition(matching),
            page_size=max(limit, _LOOKED_AT) if matching.is_by_date else limit,
            scan_index_forward=not newest_first,
        ).page_iter
        for page in islice(pages, MOST_PAGES):
            found = (_listed(raw, ordered_by) for raw in page["Items"])
            listed.extend(entry for entry in found if matching.admits(entry))
            if len(listed) >= limit or not pages.last_evaluated_key:
                break
    if len(listed) > limit:
        return QueuePage(tuple(listed[:limit]), listed[limit - 1].place)
    key = pages.last_evaluated_key
    return QueuePage(tuple(listed), str(key[ordered_by]["S"]) if key else None)


def _merged(pages: Sequence[QueuePage], limit: int, *, newest_first: bool) -> QueuePage:
    """One page of several partitions, all in one order."""
    items, end = merged([(page.items, page.next) for page in pages], limit, newest_first=newest_first)
    return QueuePage(tuple(items), end)


def _listed(raw: dict[str, Any], ordered_by: str) -> QueueEntry:
    head = Head.from_raw_data(raw)
    return listed(head, str(getattr(head, ordered_by)))


def listed(head: Head, place: str, data_key: bytes | None = None) -> QueueEntry:
    """A case as lists show it, at its place in one; its card is read with its data key.

    Where its row or card is not as it was written, that it is there: it must not keep others from being
    listed. What is hidden from somebody stands in the row: it is read whatever the card is.
    """
    row, card = Row(reference=reference_in(head.pk), stage=UNREADABLE, received_at=_NEVER), QueueCard()
    try:
        row = _row(head.row)
        card = card_of(head, data_key)
    except msgspec.DecodeError as error:
        telemetry.failure("a row of a case cannot be read", error, reference=reference_in(head.pk))
    return QueueEntry(
        row=row,
        card=card,
        site=head.site,
        level=int(head.level),
        category=head.category,
        assignee=head.assignee,
        place=place,
    )


def listed_of(places: Mapping[str, str]) -> tuple[QueueEntry, ...]:
    """The cases that there are of these, by reference, each at its place: one batch read, with their keys."""
    if not places:
        return ()
    heads, keys = get_with_data_keys(map(head_key, places), places)
    known = {reference_in(head.pk): head for head in heads if isinstance(head, Head)}
    return tuple(
        listed(known[name], place, keys.get(name)) for name, place in places.items() if name in known
    )


def _ranges(due: tuple[datetime | None, datetime | None]) -> list[tuple[str, str]]:
    """The ranges of places in which the due moment lies between two moments, in their order."""
    since, until = due
    if since is None and until is None:
        return [("", _END)]
    return [(f"{rank}#{sortable(since) if since else ''}", f"{rank}#{sortable(until)}") for rank in RANKS]


def _between(attribute: Any, lowest: str, after: str | None, end: str) -> Condition:
    """Places from `lowest`, and after the one that a cursor names, to `end`.

    A place is a rank, a moment and a reference, with `#` between them.
    """
    places: Condition = attribute.between(max(lowest, f"{after}!" if after else "0"), end)
    return places


def _latest_month(sites: Iterable[str], until: str) -> str:
    """The latest month up to one in which a case of the sites can have ended; empty where none can.

    Erased cases stand in the figures alone, feedback among those that retention looks at alone. Dates of
    figures are local: the month in UTC may be that before or after.
    """
    found: list[str] = []
    for site in sites:
        dates = Item.sk.between(day_sk(""), day_sk(f"{_months_before(until, -1)}-01", _END))
        ended = Item.due_sk < f"{until}{_END}"
        with answering():
            counted = Item.query(tally_pk(site), dates, scan_index_forward=False, limit=1)
            found += [_months_before(item.sk[4:11], -1) for item in counted]
            retained = Item.due.query(retention_pk(site), ended, scan_index_forward=False, limit=1)
            found += [item.due_sk[:7] for item in retained]
    return min(until, max(found, default=""))


def _months_before(month: str, back: int) -> str:
    """
    >>> _months_before("2026-01", 2)
    '2025-11'
    """
    place = int(month[:4]) * 12 + int(month[5:]) - 1 - back
    return f"{place // 12:04d}-{place % 12 + 1:02d}"


def _condition(matching: Filter) -> Condition | None:
    """The filter of a query on a queue."""
    conditions: list[Condition] = []
    if matching.level is not None:
        conditions.append(Head.level == matching.level)
    if matching.category is not None:
        conditions.append(Head.category == matching.category)
    if matching.unassigned:
        conditions.append(Head.assignee.does_not_exist())
    if matching.assignee is not None:
        conditions.append(Head.assignee == matching.assignee)
    if matching.awaits_approval:
        conditions.append(Head.row.contains(_AWAITS_APPROVAL))
    if matching.sites is not None:
        conditions.append(Head.site.is_in(*matching.sites))
    # That a case is a request about personal data stands in its row, which `admits` looks at.
    hidden = ((site, codes - {DATA_REQUEST}) for site, codes in matching.hidden.items())
    conditions.extend(_not_of(site, codes) for site, codes in hidden if codes)
    return reduce(and_, conditions) if conditions else None


def _not_of(site: str, categories: Collection[str]) -> Condition:
    """That a case is of none of these categories of a site; one without a category is."""
    codes = sorted(categories)
    parts = [codes[start : start + _MOST_IN] for start in range(0, len(codes), _MOST_IN)]
    among: Condition = reduce(or_, [Head.category.is_in(*part) for part in parts])
    others: Condition = ~((Head.site == site) & among)
    return others

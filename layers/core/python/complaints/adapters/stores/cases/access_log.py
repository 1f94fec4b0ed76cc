"""The access log: one item for each member, case, hour and kind of reading, which expires."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from complaints.adapters.dynamodb.key_schema import (
    access_key,
    access_of_member_pk,
    access_of_site_pk,
    access_pk,
)
from complaints.adapters.dynamodb.models import AccessItem
from complaints.adapters.dynamodb.reads import answering
from complaints.values.casework.access_log import AccessEntry, mark_of

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(AccessEntry).decode


class DynamoAccessLog:
    """The access log in DynamoDB (port `AccessLog`)."""

    def note(self, entry: AccessEntry, expires: datetime) -> None:
        """One update, which counts how often the same was asked for in its hour. Raises `Unavailable`."""
        mark = mark_of(entry.place, entry.member, entry.kind, entry.at)
        row = _encode(entry).decode()
        place = f"{mark.hour}#{mark.kind}#{entry.place}"
        values: list[tuple[Any, str | int]] = [
            (AccessItem.row, row),
            (AccessItem.owner_pk, access_of_member_pk(entry.member)),
            (AccessItem.owner_sk, place),
            (AccessItem.queue_pk, access_of_site_pk(entry.site, mark.hour[:10])),
            (AccessItem.queue_sk, f"{place}#{entry.member}"),
            (AccessItem.expires, int(expires.timestamp())),
        ]
        with answering():
            AccessItem(*access_key(mark)).update(
                actions=[
                    AccessItem.item.set(AccessItem),
                    AccessItem.level.add(1),
                    *(attribute.set(attribute | value) for attribute, value in values),
                ]
            )

    def of_place(self, place: str, limit: int) -> Sequence[AccessEntry]:
        """What was read of a case, the latest first."""
        with answering():
            return _entries(AccessItem.query(access_pk(place), scan_index_forward=False, limit=limit))

    def of_member(self, member: str, since: date, until: date, limit: int) -> Sequence[AccessEntry]:
        """What a member read on these dates of UTC, the latest first."""
        hours = AccessItem.owner_sk.between(f"{since}T00", f"{until}T24")
        pk = access_of_member_pk(member)
        with answering():
            return _entries(AccessItem.of_member.query(pk, hours, scan_index_forward=False, limit=limit))

    def of_site(self, site: str, day: date, limit: int) -> Sequence[AccessEntry]:
        """What was read at a site on a date of UTC, the latest first."""
        pk = access_of_site_pk(site, day)
        with answering():
            return _entries(AccessItem.of_site.query(pk, scan_index_forward=False, limit=limit))


def _entries(found: Any) -> list[AccessEntry]:
    return [replace(_decode(item.row), times=int(item.level)) for item in found]

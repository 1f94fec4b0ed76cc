"""A setting as its item, and back."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from complaints.adapters.dynamodb.key_schema import due_pk, setting_key, sortable
from complaints.adapters.dynamodb.models import MemberItem, SettingItem, SiteItem
from complaints.settings.setting import Setting, SettingKind, record_type
from complaints.values.people import Member, Role

_ITEMS: dict[SettingKind, type[SettingItem]] = {SettingKind.SITE: SiteItem, SettingKind.MEMBER: MemberItem}

_KINDS = frozenset(SettingKind)
_encode = msgspec.json.Encoder().encode


@cache
def _decoder(kind: SettingKind) -> Any:
    """Made for kinds that are read: a submission reads few of them."""
    return decode_member if kind is SettingKind.MEMBER else msgspec.json.Decoder(record_type(kind)).decode


_member = msgspec.json.Decoder(Member).decode


def decode_member(record: str) -> Member:
    """The member that a record holds, less roles that only a newer release knows: one member who has such a
    role must not keep everybody else from the lists that name members."""
    try:
        return _member(record)
    except msgspec.ValidationError:
        raw = msgspec.json.decode(record)
        known = [role for role in raw.get("roles", ()) if role in frozenset(Role)]
        return _member(msgspec.json.encode(raw | {"roles": known}))


def to_setting_item(setting: Setting) -> SettingItem:
    """The item with what must be finished of it in the due index, so that the schedule goes on with it."""
    pk, sk = setting_key(setting.kind, setting.id)
    since = setting.unfinished
    return _ITEMS.get(setting.kind, SettingItem)(
        pk,
        sk,
        number=setting.number,
        version=setting.version,
        seal=setting.seal,
        settings=_encode(setting.record).decode(),
        unfinished=since.isoformat() if since else None,
        reckoned_to=setting.recalculated_to,
        due_pk=due_pk(setting.id) if since else None,
        due_sk=f"{sortable(since)}#{setting.id}" if since else None,
    )


def from_setting_items(items: Iterable[object]) -> Iterator[Setting]:
    """The settings among these items, less those of kinds that only a newer release knows."""
    for item in items:
        if isinstance(item, SettingItem) and item.sk.partition("#")[0] in _KINDS:
            yield from_setting_item(item)


def from_setting_item(item: SettingItem) -> Setting:
    """The setting that an item holds."""
    kind, _, name = item.sk.partition("#")
    return Setting(
        kind=SettingKind(kind),
        id=name,
        number=int(item.number),
        version=int(item.version),
        seal=item.seal,
        record=_decoder(SettingKind(kind))(item.settings),
        unfinished=datetime.fromisoformat(item.unfinished) if item.unfinished else None,
        recalculated_to=item.reckoned_to,
    )

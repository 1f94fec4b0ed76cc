"""A setting as its item, and back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

import msgspec

from complaints.adapters.dynamodb.key_schema import due_pk, setting_key, sortable
from complaints.adapters.dynamodb.models import MemberItem, SettingItem, SiteItem
from complaints.settings.setting import Setting, SettingKind, record_type
from complaints.values.people import Member

_ITEMS: dict[SettingKind, type[SettingItem]] = {SettingKind.SITE: SiteItem, SettingKind.MEMBER: MemberItem}

_KINDS = frozenset(SettingKind)
_encode = msgspec.json.Encoder().encode


@cache
def _decoder(kind: SettingKind) -> Any:
    """Made for kinds that are read: a submission reads few of them."""
    return msgspec.json.Decoder(record_type(kind)).decode


def decode_member(record: str) -> Member:
    """The member that a record holds, less roles that only a newer release knows: one member who has such a
    role must not keep everybody else from the lists that name members."""
    member = _decoded(SettingKind.MEMBER, record)[0]
    assert isinstance(member, Member)
    return member


def _decoded(kind: SettingKind, record: str) -> tuple[Any, bool]:
    """A record, and whether it holds values that only a newer release knows. Raises `ValidationError` for
    what is none."""
    try:
        return _decoder(kind)(record), False
    except msgspec.ValidationError:
        # Imported lazily: seldom is there anything newer.
        from complaints.adapters.dynamodb.newer_values import read_safely

        stored = msgspec.json.decode(record)
        return _decoder(kind)(msgspec.json.encode(read_safely(kind, stored))), True


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
    number = int(item.number)
    record, has_newer_values = _decoded(SettingKind(kind), item.settings)
    return Setting(
        kind=SettingKind(kind),
        id=name,
        number=number,
        version=int(item.version),
        seal=item.seal,
        record=record,
        unfinished=datetime.fromisoformat(item.unfinished) if item.unfinished else None,
        recalculated_to=item.reckoned_to,
        # One without a history is of an older time, when more stood in it.
        is_newer=has_newer_values or (number > 0 and _holds_more(item.settings, record)),
    )


def _holds_more(stored: str, record: object) -> bool:
    """Whether more is stored than the `record` that was read of it: what only a newer release knows.

    So a field that is given up is still read: otherwise no setting that has it could be changed.
    """
    # Nearly all are as this release writes them: pages read hundreds.
    return stored.encode() != _encode(record) and _is_more(msgspec.json.decode(stored), record)


def _is_more(stored: Any, read: object) -> bool:
    if isinstance(stored, list):
        values = list(read) if isinstance(read, list | tuple) else []
        same = len(stored) == len(values) or not isinstance(read, list | tuple)
        return not same or any(map(_is_more, stored, values))
    if not isinstance(stored, dict):
        return False
    if isinstance(read, Mapping):
        return any(map(_is_more, stored.values(), read.values()))
    if not isinstance(read, msgspec.Struct):
        return False
    known = dict(zip(read.__struct_encode_fields__, read.__struct_fields__, strict=True))
    fields = stored.keys() - {read.__struct_config__.tag_field}
    return not fields <= known.keys() or any(
        _is_more(stored[name], getattr(read, known[name])) for name in fields
    )

"""The store of settings: one item for each, and its history as a chain of entries."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import uuid4

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from complaints.adapters.dynamodb.entry_items import chain_of, entry_item, private_item, sealed_chain_of
from complaints.adapters.dynamodb.guard_items import from_guard, is_free, to_guard
from complaints.adapters.dynamodb.key_schema import (
    MEMBERS,
    PACKS,
    SITES,
    automations_pk,
    entry_sk,
    guard_key,
    many_pk,
    setting_key,
    setting_pk,
)
from complaints.adapters.dynamodb.letter_items import to_letter_item
from complaints.adapters.dynamodb.models import EntryItem, GuardItem, Item, SettingItem
from complaints.adapters.dynamodb.reads import get_all, query
from complaints.adapters.dynamodb.setting_items import from_setting_item, from_setting_items, to_setting_item
from complaints.adapters.dynamodb.table import connection
from complaints.adapters.dynamodb.transactions import Reasons, commit, failed, old_item
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.context.case import AlreadyUsed, Guard
from complaints.settings.service import SettingConflict, SettingWriting
from complaints.settings.setting import Setting, SettingKind


class DynamoSettingsStore:
    """Settings in DynamoDB (port `Registry`)."""

    def load(self, kind: SettingKind, name: str) -> Setting:
        return self.look_up(kind, name)[0]

    def look_up(self, kind: SettingKind, name: str, guard: str | None = None) -> tuple[Setting, Guard | None]:
        """A setting with the guard that a command needs, in one consistent batch read."""
        setting, used = Setting(kind=kind, id=name), None
        for item in get_all([setting_key(kind, name), *([guard_key(guard)] if guard else [])]):
            if isinstance(item, SettingItem):
                setting = from_setting_item(item)
            elif isinstance(item, GuardItem):
                used = from_guard(item)
        return setting, used

    def all(self) -> Sequence[Setting]:
        """Every setting there is."""
        return [setting for pk in (SITES, MEMBERS, PACKS) for setting in from_setting_items(query(Item, pk))]

    def people(self) -> Sequence[Setting]:
        """Every member, every invitation to become one, and every user of the directory, by one query."""
        return list(from_setting_items(query(Item, MEMBERS)))

    def many_of(self, site: str) -> Sequence[Setting]:
        """The settings that a site may have many of, all of them."""
        return [from_setting_item(item) for item in query(Item, many_pk(site))]

    def automations_of(self, site: str) -> Sequence[Setting]:
        """The automation rules of a site, all of them."""
        return [from_setting_item(item) for item in query(Item, automations_pk(site))]

    def write(self, *writings: SettingWriting) -> None:
        first = writings[0].setting
        commit(
            lambda: self._transact(writings),
            lambda reasons: _raise_what_was_lost(reasons, writings),
            (setting_pk(first.kind, first.id), entry_sk(first.number)),
            writings[0].entry,
        )

    def entries(self, kind: SettingKind, name: str) -> Sequence[StoredEntry]:
        return chain_of(setting_pk(kind, name), setting_pk(kind, name))

    def sealed_entries(self, kind: SettingKind, name: str) -> Sequence[StoredEntry]:
        """The chain of a setting, without private words."""
        return sealed_chain_of(setting_pk(kind, name))

    def last_entries(self, settings: Iterable[Setting]) -> Mapping[str, StoredEntry]:
        """The last entry of each of up to 100 settings, by its reference, without private words."""
        keys = {
            (setting_pk(each.kind, each.id), entry_sk(each.number)): each for each in settings if each.number
        }
        return {
            keys[item.pk, item.sk].reference: StoredEntry(keys[item.pk, item.sk].number, item.data, {})
            for item in (get_all(keys) if keys else ())
            if isinstance(item, EntryItem)
        }

    def _transact(self, writings: Sequence[SettingWriting]) -> None:
        with TransactWrite(connection=connection(), client_request_token=str(uuid4())) as transaction:
            for guard in _guards(writings):
                transaction.save(to_guard(guard), condition=is_free(guard), return_values="ALL_OLD")
            for writing in writings:
                setting = writing.setting
                name = setting_pk(setting.kind, setting.id)
                transaction.save(to_setting_item(setting), condition=_is_still(writing.before))
                entry = entry_item(name, setting.number, writing.entry)
                transaction.save(entry, condition=EntryItem.pk.does_not_exist())
                for letter in writing.letters:
                    transaction.save(to_letter_item(letter))
                if writing.private:
                    transaction.save(private_item(name, setting.number, writing.private))


def _guards(writings: Iterable[SettingWriting]) -> list[Guard]:
    return [guard for writing in writings for guard in writing.guards]


def _is_still(number: int) -> Condition:
    """An item without a number was written before settings had a history."""
    still: Condition = SettingItem.number == number if number else SettingItem.number.does_not_exist()
    return still


def _raise_what_was_lost(reasons: Reasons, writings: Iterable[SettingWriting]) -> None:
    """Reasons stand in the order of the items: guards, then the settings. A used key comes first."""
    stood = failed(reasons)
    for place in range(len(_guards(writings))):
        if place in stood:
            raise AlreadyUsed(from_guard(GuardItem.from_raw_data(old_item(stood[place]))))
    if stood:
        raise SettingConflict

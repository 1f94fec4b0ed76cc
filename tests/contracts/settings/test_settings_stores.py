"""What every store of settings promises, kept by the real one and by the fake of the rules' tests."""

import pytest
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import Private
from complaints.context.case import AlreadyUsed, Guard
from complaints.handling import verify_chain
from complaints.settings.events import decode
from complaints.settings.member_commands import (
    ActivateMember,
    DeactivateMember,
)
from complaints.settings.service import SettingConflict, SettingsService, SettingsStore, SettingWriting
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.people import Member, Role
from tests.builders import MONDAY, TUESDAY
from tests.fakes import CountingSalt
from tests.settings_stores import OPERATOR, FakeRegistry, FakeShelf, change_member

GIVEN = SettingsContext(now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())
KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")
NOBODY = Setting(kind=SettingKind.MEMBER, id="grace")


@pytest.fixture(params=["fake", "dynamo"])
def settings_store(request: pytest.FixtureRequest) -> SettingsStore:
    if request.param == "fake":
        return FakeRegistry()
    request.getfixturevalue("table")
    from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore

    return DynamoSettingsStore()


@pytest.fixture
def settings_service(settings_store: SettingsStore) -> SettingsService:
    return SettingsService(settings_store, CountingSalt())


def added(settings_service: SettingsService, guard: Guard | None = None) -> Setting:
    return settings_service.carry_out(
        NOBODY, change_member(Role.AGENT, email="grace@demo.example"), GIVEN, guard=guard
    )


def test_nothing_is_found_where_nothing_was_written(settings_store: SettingsStore) -> None:
    assert settings_store.load(SettingKind.MEMBER, "grace") == NOBODY
    assert list(settings_store.entries(SettingKind.MEMBER, "grace")) == []


def test_what_is_written_is_found_as_it_was(
    settings_store: SettingsStore, settings_service: SettingsService
) -> None:
    grace = added(settings_service)
    assert settings_store.load(SettingKind.MEMBER, "grace") == grace
    assert isinstance(grace.record, Member)
    assert (grace.number, grace.version, grace.record.active) == (1, 1, True)


def test_a_handover_that_is_not_finished_is_found_as_such(
    settings_store: SettingsStore, settings_service: SettingsService
) -> None:
    gone = settings_service.carry_out(added(settings_service), DeactivateMember(reason="Left."), GIVEN)
    assert gone.unfinished == MONDAY
    assert settings_store.load(SettingKind.MEMBER, "grace") == gone


def test_entries_stand_in_their_order_and_their_chain_verifies(
    settings_store: SettingsStore, settings_service: SettingsService
) -> None:
    setting = added(settings_service)
    for number in range(12):
        switch = ActivateMember if number % 2 else DeactivateMember
        setting = settings_service.carry_out(setting, switch(reason=f"Reason {number}"), GIVEN)
    entries = settings_store.entries(SettingKind.MEMBER, "grace")
    assert [entry.number for entry in entries] == list(range(1, 14))
    assert list(verify_chain.flaws_of_chain(setting, entries, decode)) == []
    assert entries[-1].private["0.MemberActivated.reason"][1] == "Reason 11"


def test_who_somebody_is_stands_outside_the_chain(
    settings_store: SettingsStore, settings_service: SettingsService
) -> None:
    added(settings_service)
    [entry] = settings_store.entries(SettingKind.MEMBER, "grace")
    assert b"grace@demo.example" not in entry.data
    assert b"Grace" not in entry.data


def test_a_write_on_what_is_no_more_is_refused(
    settings_store: SettingsStore, settings_service: SettingsService
) -> None:
    added(settings_service)
    before = settings_store.load(SettingKind.MEMBER, "grace")
    for number in (0, 2):
        with pytest.raises(SettingConflict):
            settings_store.write(writing(before, number))
    assert settings_store.load(SettingKind.MEMBER, "grace") == before
    assert len(settings_store.entries(SettingKind.MEMBER, "grace")) == 1


def test_a_key_is_used_once(settings_store: SettingsStore, settings_service: SettingsService) -> None:
    grace = added(settings_service, KEY)
    with pytest.raises(AlreadyUsed) as used:
        settings_service.carry_out(grace, DeactivateMember(reason="Left."), GIVEN, guard=KEY)
    assert used.value.guard == KEY
    assert settings_store.load(SettingKind.MEMBER, "grace") == grace


def test_several_settings_are_written_together_or_not_at_all(
    settings_store: SettingsStore, settings_service: SettingsService
) -> None:
    grace = added(settings_service)
    ada = Setting(kind=SettingKind.MEMBER, id="ada", number=1, version=1, record=grace.record)
    again = replace(grace, number=2, version=2)
    with pytest.raises(SettingConflict):
        settings_store.write(writing(ada, 0), writing(again, 0))
    assert settings_store.load(SettingKind.MEMBER, "ada").record is None
    settings_store.write(writing(ada, 0), writing(again, 1))
    numbers = [settings_store.load(SettingKind.MEMBER, name).number for name in ("ada", "grace")]
    assert numbers == [1, 2]


def writing(setting: Setting, before: int) -> SettingWriting:
    private: Private = {}
    return SettingWriting(before=before, setting=setting, entry=b"{}", private=private)


def test_the_last_entry_of_each_setting_is_found_at_once(table: None) -> None:
    from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore

    settings_store = DynamoSettingsStore()
    settings_service = SettingsService(settings_store, CountingSalt())
    gone = settings_service.carry_out(added(settings_service), DeactivateMember(reason="Left."), GIVEN)
    never = Setting(kind=SettingKind.MEMBER, id="ada")
    [(name, entry)] = settings_store.last_entries([gone, never]).items()
    assert (name, entry.number, entry.private) == (gone.reference, 2, {})
    assert type(decode(entry.data).facts[-1]).__name__ == "MemberDeactivated"
    assert settings_store.last_entries([never]) == {}

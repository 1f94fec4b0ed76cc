"""What every store of settings promises, kept by the real one and by the fake of the rules' tests."""

import pytest

from complaints.audit_trail.hash_chain import Private
from complaints.casework import verify
from complaints.context.case import AlreadyUsed, Guard
from complaints.settings.commands import ActivateMember, DeactivateMember
from complaints.settings.context import Surroundings
from complaints.settings.facts import decode
from complaints.settings.service import Office, Outdated, Registry, SettingWriting
from complaints.settings.setting import Kind, Setting
from complaints.values.people import Member, Role
from tests.builders import MONDAY, TUESDAY
from tests.fakes import CountingSalt
from tests.settings_stores import OPERATOR, FakeRegistry, FakeShelf, change_member

GIVEN = Surroundings(now=MONDAY, by=OPERATOR, shelf=FakeShelf())
KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")
NOBODY = Setting(kind=Kind.MEMBER, id="grace")


@pytest.fixture(params=["fake", "dynamo"])
def registry(request: pytest.FixtureRequest) -> Registry:
    if request.param == "fake":
        return FakeRegistry()
    request.getfixturevalue("table")
    from complaints.adapters.dynamodb.settings_store import DynamoRegistry

    return DynamoRegistry()


@pytest.fixture
def office(registry: Registry) -> Office:
    return Office(registry, CountingSalt())


def added(office: Office, guard: Guard | None = None) -> Setting:
    return office.carry_out(NOBODY, change_member(Role.AGENT, email="grace@demo.example"), GIVEN, guard=guard)


def test_nothing_is_found_where_nothing_was_written(registry: Registry) -> None:
    assert registry.load(Kind.MEMBER, "grace") == NOBODY
    assert list(registry.entries(Kind.MEMBER, "grace")) == []


def test_what_is_written_is_found_as_it_was(registry: Registry, office: Office) -> None:
    grace = added(office)
    assert registry.load(Kind.MEMBER, "grace") == grace
    assert isinstance(grace.record, Member)
    assert (grace.number, grace.version, grace.record.active) == (1, 1, True)


def test_a_handover_that_is_not_finished_is_found_as_such(registry: Registry, office: Office) -> None:
    gone = office.carry_out(added(office), DeactivateMember(reason="Left."), GIVEN)
    assert gone.unfinished == MONDAY
    assert registry.load(Kind.MEMBER, "grace") == gone


def test_entries_stand_in_their_order_and_their_chain_verifies(registry: Registry, office: Office) -> None:
    setting = added(office)
    for number in range(12):
        switch = ActivateMember if number % 2 else DeactivateMember
        setting = office.carry_out(setting, switch(reason=f"Reason {number}"), GIVEN)
    entries = registry.entries(Kind.MEMBER, "grace")
    assert [entry.number for entry in entries] == list(range(1, 14))
    assert list(verify.flaws_of_chain(setting, entries, decode)) == []
    assert entries[-1].private["0.MemberActivated.reason"][1] == "Reason 11"


def test_who_somebody_is_stands_outside_the_chain(registry: Registry, office: Office) -> None:
    added(office)
    [entry] = registry.entries(Kind.MEMBER, "grace")
    assert b"grace@demo.example" not in entry.data
    assert b"Grace" not in entry.data


def test_a_write_on_what_is_no_more_is_refused(registry: Registry, office: Office) -> None:
    added(office)
    before = registry.load(Kind.MEMBER, "grace")
    for number in (0, 2):
        with pytest.raises(Outdated):
            registry.write(writing(before, number))
    assert registry.load(Kind.MEMBER, "grace") == before
    assert len(registry.entries(Kind.MEMBER, "grace")) == 1


def test_a_key_is_used_once(registry: Registry, office: Office) -> None:
    grace = added(office, KEY)
    with pytest.raises(AlreadyUsed) as used:
        office.carry_out(grace, DeactivateMember(reason="Left."), GIVEN, guard=KEY)
    assert used.value.guard == KEY
    assert registry.load(Kind.MEMBER, "grace") == grace


def writing(setting: Setting, before: int) -> SettingWriting:
    private: Private = {}
    return SettingWriting(before=before, setting=setting, entry=b"{}", private=private)


def test_the_last_entry_of_each_setting_is_found_at_once(table: None) -> None:
    from complaints.adapters.dynamodb.settings_store import DynamoRegistry

    registry = DynamoRegistry()
    office = Office(registry, CountingSalt())
    gone = office.carry_out(added(office), DeactivateMember(reason="Left."), GIVEN)
    never = Setting(kind=Kind.MEMBER, id="ada")
    [(name, entry)] = registry.last_entries([gone, never]).items()
    assert (name, entry.number, entry.private) == (gone.reference, 2, {})
    assert type(decode(entry.data).facts[-1]).__name__ == "MemberDeactivated"
    assert registry.last_entries([never]) == {}

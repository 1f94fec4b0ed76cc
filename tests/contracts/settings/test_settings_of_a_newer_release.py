"""Settings that a newer release stored: this one reads the rest, so that an update can be taken back."""

import json

import msgspec
import pytest

from complaints.adapters.dynamodb.models import MemberItem, SettingItem
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.adapters.stores.settings.sites import DynamoSites
from complaints.adapters.stores.staff.members import DynamoMembers
from complaints.settings.commands import (
    ChangeFields,
)
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.service import SettingsService
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import among
from complaints.values.errors import WrittenByNewerRelease
from complaints.values.own_fields import FieldType, OwnField
from complaints.values.people import Role
from tests.builders import DEMO, MONDAY
from tests.fakes import CountingSalt
from tests.settings_stores import OPERATOR, FakeShelf


@pytest.fixture
def sites(table: str) -> DynamoSites:
    """The demo site with an own field."""
    settings_store = DynamoSettingsStore()
    settings_service = SettingsService(settings_store, CountingSalt())
    given = among([], now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())
    Provisioning(settings_service, settings_store).site(DEMO, given, "It opens.")
    given = among(settings_store.all(), now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())
    field = OwnField(
        code="serial", type=FieldType.TEXT, labels=dict.fromkeys(DEMO.languages, "Serial number")
    )
    change = ChangeFields(fields=(field,), reason="We need it.")
    settings_service.carry_out(settings_store.load(SettingKind.FIELDS, DEMO.key), change, given)
    return DynamoSites(lambda: MONDAY)


def test_a_setting_of_a_kind_that_is_not_known_is_passed_by(sites: DynamoSites) -> None:
    SettingItem("sites", f"moons#{DEMO.key}", number=1, version=1, seal="x", settings="{}").save()
    assert [site.key for site in sites.all()] == [DEMO.key]
    assert sites.terms(DEMO.key).site.key == DEMO.key
    assert "moons" not in {setting.kind for setting in DynamoSettingsStore().all()}


def test_fields_of_a_record_that_are_not_known_are_passed_by(sites: DynamoSites) -> None:
    item = SettingItem.get("sites", f"fields#{DEMO.key}")
    record = json.loads(item.settings)
    record["fields"][0]["asked_by"] = "the depot"
    item.settings = json.dumps(record | {"shown": "first"})
    item.save()
    assert [field.code for field in sites.terms(DEMO.key).site.fields] == ["serial"]


def test_a_role_that_is_not_known_is_passed_by_and_its_member_too_keeps_the_others(
    sites: DynamoSites,
) -> None:
    record = {"id": "Kim", "name": "Kim", "roles": ["agent", "astronaut", "reviewer"], "sites": [DEMO.key]}
    members = DynamoMembers()
    before = [member.id for member in members.all()]
    settings = json.dumps(record)
    MemberItem("members", "member#Kim", number=1, version=1, seal="x", settings=settings).save()
    assert sorted([*before, "Kim"]) == [member.id for member in members.all()]
    assert members.find("Kim") == DynamoSettingsStore().load(SettingKind.MEMBER, "Kim").record
    found = members.find("Kim")
    assert found
    assert found.roles == (Role.AGENT, Role.REVIEWER)


def test_what_is_no_member_is_read_as_none(sites: DynamoSites) -> None:
    MemberItem("members", "member#Kim", number=1, version=1, seal="x", settings='{"id": 7}').save()
    with pytest.raises(msgspec.ValidationError):
        DynamoMembers().find("Kim")


@pytest.mark.parametrize("is_nested", [False, True])
def test_what_a_newer_release_put_into_a_setting_is_not_dropped_by_a_change(
    sites: DynamoSites, is_nested: bool
) -> None:
    """It would be written again without what is not known, for good: so it is put off."""
    item = SettingItem.get("sites", f"fields#{DEMO.key}")
    before = item.settings
    store = DynamoSettingsStore()
    given = among(store.all(), now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())
    field = OwnField(code="serial", type=FieldType.TEXT, labels=dict.fromkeys(DEMO.languages, "Device"))
    change = ChangeFields(fields=(field,), reason="People ask what it is.")
    service = SettingsService(store, CountingSalt())
    record = json.loads(before)
    (record["fields"][0] if is_nested else record)["shown"] = "first"
    item.settings = json.dumps(record)
    item.save()
    with pytest.raises(WrittenByNewerRelease):
        service.carry_out(store.load(SettingKind.FIELDS, DEMO.key), change, given)
    assert [each.reference for each in store.all() if each.is_newer] == [f"fields/{DEMO.key}"]
    item.settings = before
    item.save()
    changed = service.carry_out(store.load(SettingKind.FIELDS, DEMO.key), change, given)
    assert changed == store.load(SettingKind.FIELDS, DEMO.key)

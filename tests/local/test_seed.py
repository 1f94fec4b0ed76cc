"""What a local run starts with."""

import pytest
from msgspec.json import encode
from msgspec.structs import replace

from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from complaints.adapters.dynamodb.key_schema import member_key, setting_key
from complaints.adapters.dynamodb.table import connection
from complaints.settings.setting import SettingKind
from complaints.values.codes import CodeList
from complaints.values.people import Member, Role
from infrastructure.local.seed import enrolment, seed, sites, surroundings, welcome
from infrastructure.package.build import ROOT


@pytest.fixture
def world(table: str) -> Container:
    words = dict.fromkeys(
        ("url", "sender", "mail_configuration", "issuer", "audience", "jwks_url", "keys", "files"), "-"
    )
    return Container(Settings(table=table, templates=ROOT / "templates", **words))


def test_four_sites_stand_ready_in_their_zones_and_languages(world: Container) -> None:
    seed(world)
    shown = {site.key: (site.zone, site.language) for site in world.sites.all()}
    assert shown == {
        "demo": ("Europe/Istanbul", "en"),
        "demo-tr": ("Europe/Istanbul", "tr"),
        "demo-gb": ("Europe/London", "en"),
        "demo-au": ("Australia/Sydney", "en"),
    }
    assert world.sites.terms("demo").site.codes.offers(CodeList.CATEGORIES, "delivery.damaged")


def test_a_second_start_leaves_what_was_changed(world: Container) -> None:
    seed(world)
    left = Member(id="Robin", name="Robin", active=False)
    enrolment(world).member(left, surroundings(world), "Robin is away.")
    seed(world)
    found = world.members.find("Robin")
    assert found
    assert (found.active, found.roles, found.sites) == (False, (), ())


def test_whoever_is_welcomed_may_do_everything_everywhere(world: Container) -> None:
    welcome(world, "Deniz")
    member = world.members.find("Deniz")
    assert member
    assert member.roles == tuple(Role)
    assert all(member.serves(site) for site in ("demo", "demo-tr", "demo-gb"))


def test_a_member_of_a_time_without_histories_gets_one_with_the_first_change(world: Container) -> None:
    seed(world)
    old = {
        "item": {"S": "member"},
        "settings": {"S": '{"id":"Old","name":"Old","roles":["agent"],"sites":["demo"]}'},
    }
    connection().put_item(world.settings.table, *member_key("Old"), attributes=old)
    member = world.members.find("Old")
    assert member
    enrolment(world).member(replace(member, name="Older"), surroundings(world), "A new name.")
    assert world.settings_store.load(SettingKind.MEMBER, "Old").number == 1
    assert len(world.settings_store.entries(SettingKind.MEMBER, "Old")) == 1


def test_a_site_of_a_time_without_histories_is_written_anew(world: Container) -> None:
    old = {"item": {"S": "site"}, "settings": {"S": encode(sites()[0]).decode()}}
    world.settings_store.all()
    connection().put_item(world.settings.table, *setting_key("site", "demo"), attributes=old)
    seed(world)
    assert world.sites.terms("demo").site == sites()[0]
    assert world.settings_store.load(SettingKind.SITE, "demo").version == 1

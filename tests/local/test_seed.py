"""What a local run starts with."""

import pytest

from complaints.codes import CodeList
from complaints.people import Member, Role
from complaints.world.assemble import World
from complaints.world.settings import Settings
from infrastructure.build import ROOT
from infrastructure.local.seed import enrolment, seed, surroundings, welcome


@pytest.fixture
def world(table: str) -> World:
    words = dict.fromkeys(
        ("url", "sender", "mail_configuration", "issuer", "audience", "jwks_url", "keys", "files"), "-"
    )
    return World(Settings(table=table, templates=ROOT / "templates", **words))


def test_three_sites_stand_ready_in_their_zones_and_languages(world: World) -> None:
    seed(world)
    shown = {site.key: (site.zone, site.language) for site in world.sites.all()}
    assert shown == {
        "demo": ("Europe/Istanbul", "en"),
        "demo-tr": ("Europe/Istanbul", "tr"),
        "demo-gb": ("Europe/London", "en"),
    }
    assert world.sites.terms("demo").site.codes.offers(CodeList.CATEGORIES, "delivery.damaged")


def test_a_second_start_leaves_what_was_changed(world: World) -> None:
    seed(world)
    left = Member(id="Robin", name="Robin", active=False)
    enrolment(world).member(left, surroundings(world), "Robin is away.")
    seed(world)
    assert world.members.find("Robin") == left


def test_whoever_is_welcomed_may_do_everything_everywhere(world: World) -> None:
    welcome(world, "Deniz")
    member = world.members.find("Deniz")
    assert member
    assert member.roles == tuple(Role)
    assert all(member.serves(site) for site in ("demo", "demo-tr", "demo-gb"))

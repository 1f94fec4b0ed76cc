"""Sites are added by administrators, whole or not at all."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import sites_of
from complaints.context.case import AlreadyUsed, Guard
from complaints.settings.commands import (
    AddSite,
)
from complaints.settings.rules import allowed
from complaints.settings.service import SettingWriting
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.settings.site.new_site import MOST_SITES
from complaints.values.errors import Forbidden, Invalid, WrittenByNewerRelease, Wrong
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO, MONDAY, TUESDAY
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member

SHOP = "corner-shop"


def site(**fields: Any) -> AddSite:
    usual: dict[str, Any] = {
        "name": "Corner Shop",
        "language": "tr",
        "languages": ("tr", "en"),
        "zone": "Europe/Istanbul",
        "holidays": "TR",
        "team": "team@corner.example",
        "manager": "boss@corner.example",
        "reason": "The shop opens.",
    }
    return AddSite(**usual | fields)


def add(organisation: Organisation, key: str = SHOP, by: Actor = SAM, **fields: Any) -> Setting:
    return organisation.settings_service.add_site(key, site(**fields), organisation.context(by))


def wrong(organisation: Organisation, key: str = SHOP, **fields: Any) -> list[Wrong]:
    before = list(organisation.settings_store.all())
    with pytest.raises(Invalid) as refused:
        add(organisation, key, **fields)
    assert list(organisation.settings_store.all()) == before
    return list(refused.value.errors)


def test_a_site_that_an_administrator_adds_has_a_team_and_promises_and_is_theirs() -> None:
    organisation = Organisation()
    assert add(organisation).version == 1
    [added] = [each for each in sites_of(organisation.settings_store.all()) if each.key == SHOP]
    assert (added.name, added.team, added.packs) == (
        "Corner Shop",
        "team@corner.example",
        ("iso10002-default",),
    )
    sam = organisation.settings_store.load(SettingKind.MEMBER, "sam").record
    assert isinstance(sam, Member)
    assert sam.sites == (DEMO.key, SHOP)
    assert Role.ADMIN in sam.roles


def test_who_holds_what_only_a_newer_release_knows_adds_none_meanwhile() -> None:
    """The own record would be written without it, for good."""
    organisation = Organisation()
    sam = organisation.settings_store.load(SettingKind.MEMBER, "sam")
    organisation.settings_store.holds(replace(sam, is_newer=True))
    before = list(organisation.settings_store.all())
    with pytest.raises(WrittenByNewerRelease):
        add(organisation)
    assert list(organisation.settings_store.all()) == before


def test_the_operator_adds_a_site_that_nobody_serves_yet() -> None:
    organisation = Organisation()
    add(organisation, by=OPERATOR)
    sam = organisation.settings_store.load(SettingKind.MEMBER, "sam").record
    assert isinstance(sam, Member)
    assert sam.sites == (DEMO.key,)


def test_only_administrators_add_sites() -> None:
    organisation = Organisation()
    with pytest.raises(Forbidden):
        add(organisation, by=replace(SAM, roles=(Role.REVIEWER, Role.QUALITY, Role.AGENT, Role.AUDITOR)))


@pytest.mark.parametrize("key", ["", "Shop", "a b", "-shop", "s" * 65])
def test_a_key_has_a_form(key: str) -> None:
    assert wrong(Organisation(), key) == [Wrong("/id", "wrong-form")]


def test_a_key_is_taken_once_also_by_a_site_of_others() -> None:
    organisation = Organisation()
    add(organisation, by=OPERATOR)
    assert wrong(organisation) == [Wrong("/id", "twice")]
    assert wrong(organisation, DEMO.key) == [Wrong("/id", "twice")]


def test_everything_that_is_wrong_is_named_at_once_and_nothing_is_written() -> None:
    fields = {"zone": "Mars/Olympus", "holidays": "MARS", "team": "nobody", "languages": ("en",)}
    assert wrong(Organisation(), "A", **fields) == [
        Wrong("/holidays", "unknown-calendar"),
        Wrong("/id", "wrong-form"),
        Wrong("/language", "not-spoken"),
        Wrong("/team", "not-a-mail-address"),
        Wrong("/zone", "unknown-zone"),
    ]


def test_an_installation_has_so_many_sites_at_most() -> None:
    organisation = Organisation()
    for number in range(MOST_SITES - 1):
        add(organisation, f"shop-{number}", by=OPERATOR)
    assert wrong(organisation) == [Wrong("", "too-many", MOST_SITES)]


def test_a_site_that_is_there_is_not_added_again_and_one_that_is_not_can_only_be_added() -> None:
    organisation = Organisation()
    nothing = Setting(kind=SettingKind.SITE, id=SHOP)
    assert allowed(nothing, SAM) == ("add",)
    assert "add" not in allowed(organisation.settings_store.load(SettingKind.SITE, DEMO.key), SAM)


def test_a_member_who_is_changed_meanwhile_keeps_that_change(monkeypatch: pytest.MonkeyPatch) -> None:
    organisation = Organisation()
    write = organisation.settings_store.write

    def race(*writings: SettingWriting) -> None:
        monkeypatch.setattr(organisation.settings_store, "write", write)
        organisation.does(change_member(Role.ADMIN, name="Samira"), "sam", OPERATOR)
        write(*writings)

    monkeypatch.setattr(organisation.settings_store, "write", race)
    add(organisation)
    sam = organisation.settings_store.load(SettingKind.MEMBER, "sam").record
    assert isinstance(sam, Member)
    assert (sam.name, sam.sites) == ("Samira", (DEMO.key, SHOP))


def test_what_is_sent_twice_under_one_key_adds_one_site() -> None:
    organisation = Organisation()
    guard = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")
    context: SettingsContext = organisation.context()
    organisation.settings_service.add_site(SHOP, site(), context, guard=guard)
    with pytest.raises((AlreadyUsed, Invalid)):
        organisation.settings_service.add_site(SHOP, site(), context, guard=guard)
    assert organisation.settings_store.load(SettingKind.SITE, SHOP).version == 1

"""New versions of promise packs are told to the administrators of every site that can be told."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from complaints.settings.commands import ChangePacks
from complaints.settings.setting import Packs, SettingKind
from complaints.values.people import Role
from functions.use_cases import pack_notices
from tests.builders import DEMO
from tests.settings_stores import FakeShelf, Organisation, change_member, change_site

IRELAND = "ie-cpc"
FIRST_DAY = datetime(2026, 3, 24, 9, tzinfo=UTC)
"""On which its second version begins."""


def test_packs_that_only_a_newer_release_knows_whole_are_left_to_it() -> None:
    organisation = Organisation()
    store = organisation.settings_store
    organisation.does(change_site(country="IE", sector="financial", zone="Europe/Dublin"))
    organisation.does(ChangePacks(packs=(IRELAND,), seen=(IRELAND,), reason="It holds here."))
    organisation.does(change_member(Role.ADMIN, email="grace@shop.example"), "grace")
    packs = store.load(SettingKind.PACKS, DEMO.key)
    assert isinstance(packs.record, Packs)
    untold = replace(packs, record=replace(packs.record, told={}))
    deps: Any = SimpleNamespace(
        settings_store=store,
        settings_service=organisation.settings_service,
        shipped_data=FakeShelf(),
        now=lambda: FIRST_DAY,
    )
    newer = replace(untold, is_newer=True)
    store.holds(newer)
    pack_notices.tell(deps)
    assert (store.load(SettingKind.PACKS, DEMO.key), store.letters) == (newer, [])
    store.holds(untold)
    pack_notices.tell(deps)
    assert [letter.member for letter in store.letters] == ["grace"]

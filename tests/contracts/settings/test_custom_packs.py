"""Packs of the operator as sites read them: no harm is done when one cannot be read."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from complaints.adapters.dynamodb.models import SettingItem
from complaints.adapters.stores.settings.custom_packs import UNREADABLE
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.adapters.stores.settings.sites import FRESH, DynamoSites
from complaints.settings.commands import (
    ChangePack,
    ChangePacks,
)
from complaints.settings.importing.provisioning import Provisioning
from complaints.settings.service import SettingsService
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import among
from complaints.site.site import SiteTerms
from tests.builders import DEMO, MONDAY
from tests.fakes import CountingSalt
from tests.metrics import counted
from tests.own_packs import clock, file_of, version
from tests.settings_stores import OPERATOR, FakeShelf

NAMED = ("acme", "iso10002-default")


class Readers:
    """A function that reads sites, at a time that the test moves."""

    def __init__(self) -> None:
        self.now: datetime = MONDAY
        self._sites = DynamoSites(lambda: self.now)

    def terms(self) -> SiteTerms:
        self.now += FRESH + timedelta(seconds=1)
        return self._sites.terms(DEMO.key)


def promises(terms: SiteTerms) -> dict[str, tuple[int, ...]]:
    """The versions of each pack."""
    ids = dict.fromkeys(pack.id for pack in terms.packs)
    return {name: tuple(pack.version for pack in terms.packs if pack.id == name) for name in ids}


@pytest.fixture
def reader(table: str) -> Readers:
    """The demo site promises by a pack of its own beside the shipped one."""
    settings_store = DynamoSettingsStore()
    settings_service = SettingsService(settings_store, CountingSalt())
    Provisioning(settings_service, settings_store).site(DEMO, _given(settings_store), "It opens.")
    change = ChangePack(file=file_of(version("acme", 1, clock(days=7))), reason="Ours.")
    settings_service.carry_out(settings_store.load(SettingKind.PACK, "acme"), change, _given(settings_store))
    promise = ChangePacks(packs=NAMED, reason="Ours.")
    settings_service.carry_out(
        settings_store.load(SettingKind.PACKS, DEMO.key), promise, _given(settings_store)
    )
    return Readers()


def _given(settings_store: DynamoSettingsStore) -> Any:
    return among(settings_store.all(), now=MONDAY, by=OPERATOR, shipped_data=FakeShelf())


def torn() -> None:
    """What is stored is of a format that this program cannot read."""
    item = SettingItem.get("packs", "pack#acme")
    item.settings = json.dumps({"file": {"format": 2, "packs": "secret"}})
    item.save()


def test_a_site_promises_by_what_the_operator_brought(reader: Readers) -> None:
    terms = reader.terms()
    assert promises(terms) == {"acme": (1,), "iso10002-default": (1,)}
    assert terms.calendar("acme").zone == DEMO.zone


def test_what_cannot_be_read_any_more_leaves_the_last_that_could(
    reader: Readers, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    reader.terms()
    torn()
    assert promises(reader.terms()) == {"acme": (1,), "iso10002-default": (1,)}
    failure = vars(caplog.records[-1])
    assert (failure["message"], failure["pack"]) == ("promises cannot be read", "acme")
    assert "secret" not in str(failure)
    assert counted(capsys) == {UNREADABLE: 1}


def test_where_nothing_was_read_before_the_shipped_promises_hold(reader: Readers) -> None:
    torn()
    terms = reader.terms()
    assert promises(terms) == {"iso10002-default": (1,)}
    assert terms.calendar("acme") == terms.calendar("iso10002-default")


def test_a_pack_that_is_gone_is_no_less_harmless(reader: Readers) -> None:
    SettingItem.get("packs", "pack#acme").delete()
    assert promises(reader.terms()) == {"iso10002-default": (1,)}

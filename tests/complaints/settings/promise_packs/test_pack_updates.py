"""Changes of law are told to the sites that promise by the pack: before they hold, and for a while after."""

from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.letters.notices.administrator_digest import law_digests
from complaints.settings.commands import (
    ChangePacks,
    TellOfPacks,
)
from complaints.settings.promise_packs.pack_updates import TOLD_FOR, law_lines, untold, updates
from complaints.settings.setting import Packs, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.people import MACHINE, Role
from tests.builders import DEMO
from tests.settings_stores import OPERATOR, Organisation, change_member, change_site

IRELAND = "ie-cpc"
FIRST_DAY = date(2026, 3, 24)
"""On which the second version begins."""


def told(today: date, **promised: tuple[str, ...]) -> list[tuple[int, tuple[str, ...], bool]]:
    found = updates(packs_named(IRELAND), promised, today)
    return [(each.pack.version, each.sites, each.is_coming) for each in found]


def test_a_version_is_told_before_it_holds_and_for_a_while_after() -> None:
    a_day = timedelta(days=1)
    assert told(FIRST_DAY - a_day, dublin=(IRELAND,)) == [(2, ("dublin",), True)]
    assert told(FIRST_DAY, dublin=(IRELAND,)) == [(2, ("dublin",), False)]
    assert told(FIRST_DAY + TOLD_FOR - a_day, dublin=(IRELAND,)) == [(2, ("dublin",), False)]
    assert told(FIRST_DAY + TOLD_FOR, dublin=(IRELAND,)) == []


def test_only_sites_that_promise_by_the_pack_are_told() -> None:
    assert told(FIRST_DAY, dublin=(IRELAND, "eu-adr"), izmir=("tr-consumer",)) == [(2, ("dublin",), False)]
    assert told(FIRST_DAY, izmir=("tr-consumer",)) == []


def promising_irish_law() -> Organisation:
    """The site promised by it before the second version shipped."""
    organisation = Organisation()
    organisation.does(change_site(country="IE", sector="financial", zone="Europe/Dublin"))
    organisation.does(ChangePacks(packs=(IRELAND,), seen=(IRELAND,), reason="It holds here."))
    return organisation


def on_the_first_day(organisation: Organisation) -> SettingsContext:
    now = datetime.combine(FIRST_DAY, time(9), UTC)
    return replace(organisation.context(OPERATOR, now), by=MACHINE)


def test_administrators_with_an_address_are_written_of_a_version_once() -> None:
    organisation = promising_irish_law()
    packs = organisation.settings_store.load(SettingKind.PACKS, DEMO.key)
    assert isinstance(packs.record, Packs)
    before = replace(packs.record, told={})
    assert untold(DEMO.key, before, on_the_first_day(organisation)) == {}, "nobody could be written to"
    organisation.does(change_member(Role.ADMIN, email="grace@shop.example"), "grace")
    context = on_the_first_day(organisation)
    versions = untold(DEMO.key, before, context)
    assert versions == {IRELAND: 2}
    laws = tuple(law_lines(DEMO.key, versions, context))
    (letter,) = law_digests(DEMO.key, DEMO, laws, context.members, 7, context.now)
    assert (letter.member, [(law.version, law.begins) for law in letter.laws]) == ("grace", [(2, FIRST_DAY)])
    told = organisation.settings_service.carry_out(
        replace(packs, record=before), TellOfPacks(versions=versions), context
    )
    assert isinstance(told.record, Packs)
    assert told.record.told == {IRELAND: 2}
    assert untold(DEMO.key, told.record, context) == {}


def test_whoever_chooses_a_pack_knows_its_last_version() -> None:
    """And is not written of it."""
    organisation = promising_irish_law()
    organisation.does(change_member(Role.ADMIN, email="grace@shop.example"), "grace")
    packs = organisation.settings_store.load(SettingKind.PACKS, DEMO.key).record
    assert isinstance(packs, Packs)
    assert untold(DEMO.key, packs, on_the_first_day(organisation)) == {}

"""Changes of law are told to the sites that promise by the pack: before they hold, and for a while after."""

from datetime import date, timedelta

from complaints.adapters.config.shipped_data import packs_named
from complaints.settings.pack_updates import TOLD_FOR, updates

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

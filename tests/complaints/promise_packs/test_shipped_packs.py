"""The promise packs that ship with the product: all can be read, and those that are said to be kept are."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

import complaints
from complaints.adapters.config.shipped_data import packs_named
from complaints.adapters.stores.settings.sites import terms_of
from complaints.case.complaint import Complaint
from complaints.clocks.lifecycle import foreseen
from complaints.settings.promise_packs.pack_coverage import Unmapped, shortfalls, unconfirmed, unmapped
from complaints.site.site import SiteTerms
from tests.builders import DEMO

NAMES = sorted(path.stem for path in (Path(complaints.__file__).parent / "data/packs").iterdir())
MAPPED = (
    "iso10002-default",
    "tr-kvkk",
    "tr-insurance",
    "eu-psd2",
    "us-cfpb",
    "ca-bank",
    "eu-gdpr-dsr",
    "uk-dp-complaint",
    "uk-ofcom",
    "uk-ofgem",
    "us-regx",
    "br-sac",
    "uk-housing-ombudsman",
)
BREAK_THEIR_LAW = {
    "uk-fca-disp": ("wording-not-read",),
    "uk-fca-psd": ("wording-not-read",),
    "ie-cpc": ("regulation-not-read",),
    "au-rg271": ("guide-not-read",),
}
TELECOM = terms_of(replace(DEMO, zone="Europe/London", country="GB", sector="telecoms", packs=("uk-ofcom",)))


@pytest.mark.parametrize("name", NAMES)
def test_a_pack_that_ships_is_sound_and_has_the_name_of_its_file(name: str) -> None:
    assert {pack.id for pack in packs_named(name)} == {name}


@pytest.mark.parametrize("name", MAPPED)
def test_of_a_pack_that_is_kept_every_event_and_letter_block_is_mapped(name: str) -> None:
    assert {unmapped(pack) for pack in packs_named(name)} == {Unmapped()}
    assert not unmapped(packs_named(name)[0])


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(MAPPED)))
def test_an_example_says_what_is_not_mapped(name: str) -> None:
    assert any(unmapped(pack).names or unconfirmed(pack) or shortfalls(pack.id) for pack in packs_named(name))


@pytest.mark.parametrize("name", BREAK_THEIR_LAW)
def test_a_pack_that_breaks_the_letter_of_its_law_says_what_is_missing_and_is_not_confirmed(
    name: str,
) -> None:
    assert shortfalls(name) == BREAK_THEIR_LAW[name]
    assert {pack.status for pack in packs_named(name)} == {"partly"}


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(BREAK_THEIR_LAW)))
def test_of_no_other_pack_it_is_known(name: str) -> None:
    assert shortfalls(name) == ()


NO_LETTER_BEFORE = {
    "uk-ofgem": "after",
    "uk-ofcom": "after",
    "us-cfpb": "the portal",
    "tr-consumer": "a repair",
}
"""Laws that ask for a letter once their period has ended, or are kept by something else than a letter."""


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"iso10002-default"} - set(NO_LETTER_BEFORE)))
def test_before_each_date_that_a_law_gives_an_answer_whoever_waits_is_told_why(name: str) -> None:
    silent = [
        (pack.version, clock.id)
        for pack in packs_named(name)
        for clock in pack.clocks
        if clock.purpose == "respond" and not any(rung.to == "holding_letter" for rung in clock.escalates)
    ]
    assert silent == ([(1, "tell_outcome"), (2, "tell_outcome")] if name == "ie-cpc" else [])


def test_figures_that_nobody_confirmed_are_named() -> None:
    assert unconfirmed(packs_named("tr-consumer")[0]) == ("repair_car",)
    assert unconfirmed(packs_named("us-regx")[0]) == ()
    assert unconfirmed(packs_named("uk-fca-disp")[0]) == ()


def test_a_site_that_does_not_say_where_it_works_can_keep_no_law() -> None:
    (disp,) = packs_named("uk-fca-disp")
    assert unmapped(disp, DEMO).conditions == ("country", "sector")
    assert unmapped(disp, replace(DEMO, country="GB", sector="energy")).conditions == ("sector",)
    assert not unmapped(disp, replace(DEMO, country="GB", sector="financial"))


def weeks(terms: SiteTerms, at: datetime) -> float:
    """How many weeks a complaint of a moment has."""
    [clock] = foreseen(Complaint(reference="C-1"), "complaint_received", at, terms)
    return clock.length.amount


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 4, 7, 22, 59, tzinfo=UTC), 8),
        (datetime(2026, 4, 7, 23, 0, tzinfo=UTC), 6),
        (datetime(2026, 4, 8, 12, 0, tzinfo=UTC), 6),
    ],
)
def test_a_complaint_to_a_telecom_has_eight_weeks_up_to_seventh_of_april_and_six_from_the_eighth(
    at: datetime, expected: float
) -> None:
    assert weeks(TELECOM, at) == expected


def test_the_date_is_that_of_the_packs_zone_and_not_of_the_sites() -> None:
    elsewhere = replace(TELECOM, site=replace(TELECOM.site, zone="Asia/Tokyo"))
    assert weeks(elsewhere, datetime(2026, 4, 7, 16, 0, tzinfo=UTC)) == 8

"""What a site publishes: the promises that hold, in the order of the way, and none that cannot."""

from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import terms_of
from complaints.clocks.lifecycle import promised
from complaints.clocks.published_procedure import PublishedStep, published
from complaints.site.site import SiteTerms
from tests.builders import DEMO, MONDAY

BRITISH: dict[str, Any] = {
    "packs": ("iso10002-default", "uk-fca-disp"),
    "country": "GB",
    "sector": "financial",
    "regulated": True,
}


def terms(**site: Any) -> SiteTerms:
    return terms_of(replace(DEMO, **site))


def told(steps: list[PublishedStep]) -> list[tuple[str, str, float, str]]:
    return [(step.clock.purpose, step.since, step.clock.amount, step.clock.unit) for step in steps]


def test_the_promises_of_the_product_stand_in_the_order_of_the_way() -> None:
    assert told(published(terms(), MONDAY)) == [
        ("acknowledge", "receipt", 1, "business_days"),
        ("respond", "receipt", 30, "calendar_days"),
        ("progress", "message", 10, "business_days"),
        ("complainant_answer", "response", 30, "calendar_days"),
        ("respond", "review", 20, "business_days"),
        ("remedy", "acceptance", 10, "business_days"),
    ]


@pytest.mark.parametrize("pack", ["uk-fca-disp", "tr-consumer", "au-rg271", "uk-housing-ombudsman"])
@pytest.mark.iso10002("7.1 communication: promises")
def test_what_whoever_complains_is_promised_is_published_as_it_is(pack: str) -> None:
    """The page and the form say the same."""
    here = terms(
        packs=("iso10002-default", pack), country=pack[:2].upper(), sector="financial", regulated=True
    )
    shown = {(step.clock.purpose, step.clock.id) for step in published(here, MONDAY) if not step.only}
    assert {(clock.purpose, clock.id) for clock in promised(here, MONDAY)} <= shown


def test_of_what_holds_for_all_only_the_strictest_is_published() -> None:
    steps = published(terms(**BRITISH), MONDAY)
    for_all = [(step.clock.purpose, step.since) for step in steps if not step.only]
    assert len(for_all) == len(set(for_all))


def test_what_holds_for_some_complaints_names_its_pack() -> None:
    steps = published(terms(packs=("iso10002-default", "tr-consumer"), country="TR"), MONDAY)
    some = [(step.clock.purpose, step.since, step.only.id) for step in steps if step.only]
    assert ("respond", "receipt", "tr-consumer") in some
    assert ("respond", "receipt", 30, "calendar_days") in told([step for step in steps if not step.only])


def test_what_counts_from_no_step_of_the_procedure_says_so() -> None:
    steps = published(terms(packs=("iso10002-default", "ie-cpc"), country="IE", sector="financial"), MONDAY)
    assert ("respond", "event") in {(step.clock.purpose, step.since) for step in steps}


def test_what_can_never_hold_at_a_site_is_not_published() -> None:
    elsewhere = published(terms(packs=("iso10002-default", "uk-fca-disp"), country="TR"), MONDAY)
    assert told(elsewhere) == told(published(terms(), MONDAY))

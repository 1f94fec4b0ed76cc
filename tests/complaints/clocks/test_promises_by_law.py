"""Promises by packs of several countries: whom they hold for, which binds, and what measures nobody here."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.complaint import Complaint
from complaints.case.deadlines import DeadlineMissed
from complaints.casework.outcome.remedies import Record
from complaints.clocks.lifecycle import promised
from complaints.promise_packs.conditions import Condition
from complaints.site.pack_circumstances import always, of_site
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import NotNow
from complaints.values.field_types import Channel, ComplainantKind
from tests.builders import ADA, DEMO, MONDAY, THURSDAY, TUESDAY, Story, a_complaint

BRITISH: dict[str, Any] = {
    "zone": "Europe/London",
    "holidays": "GB-ENG",
    "country": "GB",
    "sector": "financial",
    "packs": ("iso10002-default", "uk-fca-disp"),
}
TURKISH: dict[str, Any] = {"country": "TR", "packs": ("iso10002-default", "tr-kvkk")}
DATA, LONG_AFTER = "privacy.data_misuse", MONDAY + timedelta(days=300)


def selling(product: str, code: str = "billing.double_charge") -> Codes:
    """Codes in which one category is about a product."""
    return with_code(code, product=product)


def with_code(code: str, **about: str) -> Codes:
    categories = Codes().categories
    return Codes(
        categories=tuple(replace(each, **about) if each.code == code else each for each in categories)
    )


def european() -> Story:
    """A complaint about a payment, in Germany."""
    site: dict[str, Any] = {"zone": "Europe/Berlin", "holidays": "DE", "country": "DE", "packs": ("eu-psd2",)}
    return a_complaint(**site, codes=selling("payment_service")).received(category="billing.double_charge")


def named(complaint: Complaint, pack: str) -> dict[str, Clock]:
    """The clocks of a pack by their names in it, the last run of each."""
    return {clock.id: clock for clock in complaint.clocks if clock.pack == pack}


def test_a_complaint_about_personal_data_has_the_promises_of_its_law() -> None:
    about_data = a_complaint(**TURKISH).received(category=DATA).build()
    about_a_parcel = a_complaint(**TURKISH).received().build()
    assert set(named(about_data, "tr-kvkk")) == {"respond", "complain_to_board_at_latest"}
    assert named(about_a_parcel, "tr-kvkk") == {}


def test_what_the_complainant_may_do_is_never_ours_to_miss() -> None:
    story = a_complaint(**TURKISH).received(category=DATA).acknowledged().ticked(LONG_AFTER)
    missed = {fact.clock for fact in story.facts if isinstance(fact, DeadlineMissed)}
    assert missed == {"iso10002-default/respond/1", "tr-kvkk/respond/1"}
    right = named(story.build(), "tr-kvkk")["complain_to_board_at_latest"]
    assert (right.missed, right.binds, right.is_for_complainant) == (False, False, False)
    assert right.key not in story.build().binding


def test_with_each_answer_the_right_to_go_outside_begins_anew() -> None:
    story = a_complaint(**BRITISH, two_stages=True).received().acknowledged()
    story.assessed().decided().responded(TUESDAY)
    first = named(story.build(), "uk-fca-disp")["go_to_ombudsman"]
    story.disagreed(THURSDAY).decided(by=story.desk).responded()
    last = named(story.build(), "uk-fca-disp")["go_to_ombudsman"]
    assert (first.run, last.run) == (1, 2)
    assert first.due < last.due
    assert story.build().clock(first.key).stopped_at == THURSDAY


def test_a_complaint_that_is_accepted_in_three_days_was_resolved_early() -> None:
    story = a_complaint(**BRITISH).received().acknowledged().assessed().decided().responded()
    case = story.accepted(THURSDAY).build()
    early = named(case, "uk-fca-disp")["summary_resolution"]
    assert (early.stopped_at, early.in_time) == (THURSDAY, True)


def test_an_early_resolution_that_was_missed_binds_nobody_any_more() -> None:
    story = a_complaint(**BRITISH).received().acknowledged()
    early = named(story.build(), "uk-fca-disp")["summary_resolution"]
    assert early.key in story.build().binding
    case = story.ticked(early.due + timedelta(minutes=5)).build()
    assert case.binding_clock is not None
    assert case.binding_clock.key == "iso10002-default/respond/1"


def test_of_each_purpose_the_strictest_is_promised_and_binds() -> None:
    case = a_complaint(**BRITISH).received().build()
    promises = {clock.purpose: clock.key for clock in case.promises()}
    assert promises == {
        "acknowledge": "uk-fca-disp/acknowledge/1",
        "respond": "iso10002-default/respond/1",
    }
    assert set(promises.values()) < case.binding


def test_a_pause_in_one_pack_moves_no_clock_of_another() -> None:
    story = a_complaint(**BRITISH).received().acknowledged()
    before = named(story.build(), "uk-fca-disp")["respond"]
    case = story.asked(TUESDAY).resumed(THURSDAY).build()
    assert named(case, "uk-fca-disp")["respond"] == before
    assert case.clock("iso10002-default/respond/1").pauses == ((TUESDAY, THURSDAY),)


@pytest.mark.parametrize(("channel", "runs"), [(Channel.CFPB_PORTAL, True), (Channel.LETTER, False)])
def test_what_a_regulator_forwards_is_answered_in_fifteen_days(channel: Channel, runs: bool) -> None:
    site: dict[str, Any] = {"country": "US", "packs": ("iso10002-default", "us-cfpb")}
    story = a_complaint(**site).received(TUESDAY, ADA, channel=channel, received_at=MONDAY)
    clocks = named(story.build(), "us-cfpb")
    assert [clock.started_at for clock in clocks.values()] == ([MONDAY] if runs else [])


def test_the_answer_to_the_person_is_that_of_the_company() -> None:
    site: dict[str, Any] = {"country": "US", "packs": ("iso10002-default", "us-cfpb")}
    story = a_complaint(**site).received(TUESDAY, ADA, channel=Channel.CFPB_PORTAL, received_at=MONDAY)
    case = story.acknowledged().assessed().decided().responded(THURSDAY).build()
    assert named(case, "us-cfpb")["first_response"].in_time


def test_what_happened_outside_and_staff_record_starts_a_promise() -> None:
    site: dict[str, Any] = {"country": "AU", "sector": "financial", "packs": ("au-rg271",)}
    story = a_complaint(**site, codes=selling("super_death_benefit")).received(
        category="billing.double_charge"
    )
    assert set(named(story.build(), "au-rg271")) == {"acknowledge", "early"}
    ended = Record(event="objection_period_ended", at=TUESDAY, evidence="The trustee's letter.")
    clock = named(story.does(ADA, ended, THURSDAY).build(), "au-rg271")["respond_death_benefit"]
    assert (clock.started_at, clock.length.amount, clock.is_for_complainant) == (TUESDAY, 90, True)


@pytest.mark.parametrize(("kind", "hours"), [(ComplainantKind.CONSUMER, 8), (ComplainantKind.BUSINESS, None)])
def test_a_promise_to_consumers_is_made_to_them_alone(kind: ComplainantKind, hours: int | None) -> None:
    site = a_complaint(country="TR", packs=("tr-consumer",), trial=True)
    clocks = named(site.received(kind=kind).build(), "tr-consumer")
    assert [clock.length.amount for clock in clocks.values()] == ([hours] if hours else [])


def test_the_outcome_is_told_some_days_after_the_investigation_has_ended() -> None:
    """By whichever is earlier: that day, or that of the whole response."""
    story = a_complaint(country="IE", sector="financial", zone="Europe/Dublin", packs=("ie-cpc",))
    story.received().acknowledged().assessed()
    assert "tell_outcome" not in named(story.build(), "ie-cpc")
    told = named(story.decided(at=TUESDAY).build(), "ie-cpc")["tell_outcome"]
    assert (told.started_at, told.due.date().isoformat()) == (TUESDAY, "2026-02-10")
    assert told.due < named(story.build(), "ie-cpc")["respond"].due
    assert named(story.issued().taken("resolution").build(), "ie-cpc")["tell_outcome"].in_time


def test_more_time_is_counted_from_the_receipt_and_asked_for_before_it_is_due() -> None:
    story = european().acknowledged()
    before = named(story.build(), "eu-psd2")["respond"]
    after = story.extended(at=before.due).taken("extension").build().clock(before.key)
    assert before.due.date().isoformat() == "2026-02-23"
    assert after.due.date().isoformat() == "2026-03-23"
    late = european().acknowledged()
    with pytest.raises(NotNow):
        late.extended(at=before.due + timedelta(seconds=1))


@pytest.mark.parametrize("country", ["IE", "IS", "LI", "NO"])
def test_states_of_the_economic_area_share_the_law_of_the_union(country: str) -> None:
    assert of_site(replace(DEMO, country=country))["region"] == "EU"


def test_the_country_says_the_region_unless_the_site_does() -> None:
    assert of_site(replace(DEMO, country="TR", region="MENA"))["region"] == "MENA"
    assert "region" not in of_site(replace(DEMO, country="TR"))


def test_published_are_the_promises_that_hold_for_everybody() -> None:
    story = a_complaint(**BRITISH)
    assert [(clock.purpose, clock.amount, clock.unit) for clock in promised(story.terms, MONDAY)] == [
        ("acknowledge", 1, "business_days"),
        ("respond", 30, "calendar_days"),
    ]
    consumers = a_complaint(country="TR", packs=("tr-consumer",), trial=True)
    assert promised(consumers.terms, MONDAY) == ()


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Condition("country", "eq", "GB"), False),
        (Condition("country", "eq", "TR"), True),
        (Condition("product", "not_in", ("e_money",)), True),
        (Condition("product", "not_in", ("payment_service",)), False),
        (Condition("claimant_type", "eq", "consumer"), False),
    ],
)
def test_a_condition_holds_for_everybody_if_no_complaint_can_be_otherwise(
    one: Condition, expected: bool
) -> None:
    codes = selling("payment_service")
    assert codes.find(CodeList.CATEGORIES, "billing.double_charge") is not None
    assert always([one], replace(DEMO, country="TR", codes=codes)) is expected


@pytest.mark.parametrize(
    ("product", "days"),
    [
        ("credit_card", 30),
        ("credit_hardship", 21),
        ("default_notice", 21),
        ("traditional_trustee", 45),
        ("superannuation", 45),
    ],
)
def test_what_it_is_about_says_how_long_an_australian_firm_has(product: str, days: int) -> None:
    """ASIC RG 271, table 2, as the ombudsman applies it (afca.org.au, new maximum IDR timeframes)."""
    site: dict[str, Any] = {"country": "AU", "sector": "financial", "packs": ("au-rg271",)}
    story = a_complaint(**site, codes=selling(product)).received(category="billing.double_charge")
    (respond,) = (clock for clock in story.build().clocks if clock.purpose == "respond")
    assert (respond.length.amount, respond.length.unit) == (days, "calendar_days")


def test_hardship_that_is_settled_early_still_has_its_written_response() -> None:
    """ASIC RG 271.71: the five days in which none is needed are not for hardship and default notices."""
    site: dict[str, Any] = {"country": "AU", "sector": "financial", "packs": ("au-rg271",)}
    begun = {
        product: set(
            named(
                a_complaint(**site, codes=selling(product))
                .received(category="billing.double_charge")
                .build(),
                "au-rg271",
            )
        )
        for product in ("credit_card", "credit_hardship")
    }
    assert begun == {
        "credit_card": {"acknowledge", "early", "respond"},
        "credit_hardship": {"acknowledge", "respond_hardship"},
    }


@pytest.mark.parametrize(
    ("country", "pack", "topic", "expected"),
    [
        ("US", "us-regx", "foreclosure", ("respond_foreclosure", 30)),
        ("US", "us-regx", "payoff_amount", ("respond_payoff", 7)),
        ("TR", "tr-consumer", "repair", ("repair", 20)),
    ],
)
def test_what_a_complaint_is_about_starts_the_clock_of_its_law_at_its_receipt(
    country: str, pack: str, topic: str, expected: tuple[str, int]
) -> None:
    """12 CFR 1024.35(e)(3) and the regulation on after-sales services, article 14."""
    product = {"US": "mortgage_servicing", "TR": "washing_machine"}[country]
    codes = with_code("billing.double_charge", topic=topic, product=product)
    story = a_complaint(country=country, packs=(pack,), codes=codes).received(
        category="billing.double_charge"
    )
    (clock,) = (clock for clock in story.build().clocks if clock.purpose == "respond")
    assert (clock.id, clock.length.amount) == expected

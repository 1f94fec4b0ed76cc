"""What a new category makes of the promises: those that hold for it begin, and none gets later."""

from msgspec.structs import replace

from complaints.adapters.config.shipped_data import packs_named
from complaints.adapters.stores.settings.sites import terms_of
from complaints.calendars.site_holidays import DecreedDay, SiteHolidays
from complaints.case.clock import Clock
from complaints.casework.outcome.classification import Classify
from complaints.promise_packs.conditions import Condition
from complaints.site.site import SiteTerms
from tests.builders import ADA, DEMO, MONDAY, RESPOND, TUESDAY, WEDNESDAY, Story, a_complaint

PRIVACY = "privacy.data_misuse"
SOON = "iso10002-default/respond_privacy/1"


def with_a_promise_about_privacy(*decreed: DecreedDay) -> SiteTerms:
    """The demo site, which answers complaints about personal data within 3 business days."""
    terms = terms_of(replace(DEMO, decrees=SiteHolidays(days=decreed, version=1)))
    [default] = packs_named("iso10002-default")
    acknowledge, respond = (one for one in default.clocks if one.id in ("acknowledge", "respond"))
    privacy = replace(
        respond,
        id="respond_privacy",
        amount=3,
        unit="business_days",
        roll="none",
        conditions=(Condition("topic", "eq", "personal_data"),),
    )
    return replace(terms, packs=(replace(default, clocks=(acknowledge, respond, privacy)),))


def received(category: str = "delivery.late") -> Story:
    story = a_complaint()
    story.terms = with_a_promise_about_privacy()
    return story.received(category=category)


def about(story: Story, category: str) -> Story:
    return story.does(ADA, Classify(category=category), TUESDAY)


def soon(story: Story) -> Clock:
    return story.build().clock(SOON)


def test_a_promise_of_the_new_category_counts_from_the_receipt_and_binds_where_it_is_earlier() -> None:
    story = about(received(), PRIVACY)
    assert (soon(story).started_at, soon(story).due) == (MONDAY, soon(received(PRIVACY)).due)
    assert SOON in story.build().binding


def test_s83_a_promise_of_the_old_category_stays_as_it_was_given() -> None:
    story = received(PRIVACY)
    given, other = soon(story), story.build().clock(RESPOND)
    about(story, "delivery.late")
    assert (soon(story), story.build().clock(RESPOND)) == (given, other)
    assert SOON in story.build().binding


def test_a_category_that_comes_back_starts_nothing_again() -> None:
    story = about(about(about(received(), PRIVACY), "delivery.late"), PRIVACY)
    assert [clock.key for clock in story.build().clocks if clock.id == "respond_privacy"] == [SOON]


def test_a_holiday_that_was_decreed_after_the_receipt_makes_a_late_promise_no_later() -> None:
    """Had the category been right at once, the decree would have moved nothing."""
    given = soon(received(PRIVACY)).due
    story = received()
    decree = DecreedDay(on=WEDNESDAY.date(), names={"en": "Decreed"}, known_on=TUESDAY.date())
    story.terms = with_a_promise_about_privacy(decree)
    about(story, PRIVACY)
    assert soon(story).due == given
    assert soon(story).left_out == ()


def test_s83_another_category_hides_no_danger() -> None:
    story = about(received("product.unsafe"), "delivery.late")
    assert story.build().is_danger

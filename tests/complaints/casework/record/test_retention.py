"""Retention: when a rule keeps a case no longer, what keeps it all the same, how changed rules hold on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.outcome.points import Point
from complaints.case.record.erasure import Erased, ErasureRequested, RestrictionGround
from complaints.casework.process.closing import Reopen
from complaints.casework.record import retention
from complaints.casework.record.erasure import ApplyRetention, FinishErasure, Restrict, SetLegalHold
from complaints.handling.lifecycle import decide
from complaints.site.site import SiteRecord
from complaints.values.casework.retention import (
    CountedFrom,
    FormerRules,
    KeptData,
    RetentionBasis,
    RetentionCandidate,
    RetentionRule,
)
from complaints.values.people import MACHINE
from tests.builders import DEMO, MONDAY, PAULA, RUTH, Story, a_complaint, context

CASE = KeptData.CASE


def rule(months: int, category: str | None = None, **changed: Any) -> RetentionRule:
    values = {
        "data": CASE,
        "counted_from": CountedFrom.CLOSING,
        "basis": RetentionBasis.LAW,
        "source": "Commercial Code, section 257",
    }
    return RetentionRule(**values | changed, months=months, category=category)


def site(*rules: RetentionRule, **former: tuple[FormerRules, ...]) -> SiteRecord:
    return replace(DEMO, retention=rules, **former)


def ended(**terms: Any) -> Story:
    return a_complaint(**terms).received().acknowledged().withdrawn()


def closed() -> Story:
    story = a_complaint().received().acknowledged().assigned().assessed().found().decided()
    return story.responded().accepted()


def due_on(story: Story, of: SiteRecord, day: date) -> bool:
    return retention.due_rule(story.build(), CASE, of, day) is not None


def last_day_of(story: Story, of: SiteRecord) -> date:
    found = retention.kept_until(story.build(), CASE, of.retention, story.terms.zone)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        ("2026-03-05", 1, "2026-04-05"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-11-15", 14, "2028-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_a_period_of_months_ends_on_the_same_date_or_with_the_month(
    begin: str, months: int, end: str
) -> None:
    assert str(retention.last_day(date.fromisoformat(begin), months)) == end


def test_a_case_is_due_on_the_day_after_the_last_one_by_the_date_of_the_site() -> None:
    story = ended()
    of = site(rule(6))
    last = last_day_of(story, of)
    at = story.build().ended_at
    assert at
    assert last == retention.last_day(at.astimezone(story.terms.zone).date(), 6)
    assert not due_on(story, of, last)
    assert due_on(story, of, last + timedelta(days=1))


def test_without_a_rule_for_it_nothing_is_ever_due() -> None:
    story = ended()
    assert not due_on(story, site(), date(2999, 1, 1))
    assert not due_on(story, site(rule(1, "another.category")), date(2999, 1, 1))


def test_the_rule_of_a_category_goes_before_that_of_every_other_case() -> None:
    story = ended()
    category = story.build().category
    assert category
    long = last_day_of(story, site(rule(1), rule(72, category)))
    assert long > last_day_of(story, site(rule(71)))
    assert last_day_of(story, site(rule(72), rule(1, category))) < last_day_of(story, site(rule(2)))


def test_an_open_case_is_never_due() -> None:
    story = a_complaint().received().acknowledged()
    assert not due_on(story, site(rule(1)), date(2999, 1, 1))


def test_a_case_that_was_opened_again_is_counted_from_its_last_end() -> None:
    story = closed()
    before = last_day_of(story, site(rule(6)))
    later = MONDAY + timedelta(days=40)
    story.does(RUTH, Reopen(reason="There is more."), later)
    assert not due_on(story, site(rule(6)), date(2999, 1, 1))
    story.withdrawn(later + timedelta(days=40))
    assert last_day_of(story, site(rule(6))) > before + timedelta(days=75)


def test_last_contact_is_what_people_wrote_after_the_end_and_never_before_it() -> None:
    story = closed()
    of = site(rule(6, counted_from=CountedFrom.LAST_CONTACT))
    assert last_day_of(story, of) == last_day_of(story, site(rule(6)))
    story.wrote("Thank you.", MONDAY + timedelta(days=20))
    assert story.build().contacted_at is not None
    assert last_day_of(story, of) >= last_day_of(story, site(rule(6))) + timedelta(days=19)


def test_a_case_about_several_things_is_kept_as_long_as_each_of_them() -> None:
    story = ended()
    point = "billing.wrong_amount"
    several = replace(story.build(), category="delivery.late")
    both = replace(several, points=(Point(id="p1", entry=2, category=point),))
    zone = story.terms.zone
    rules = (rule(6, "delivery.late"), rule(24, point))
    one, two = (retention.kept_until(each, CASE, rules, zone) for each in (several, both))
    assert one
    assert two
    assert (one[1].months, two[1].months) == (6, 24)
    assert retention.kept_until(both, CASE, rules[:1], zone) is None


def test_a_case_is_kept_as_long_as_each_case_that_became_part_of_it_from_its_own_end() -> None:
    story = ended()
    whole = replace(story.build(), category="delivery.late")
    secret = replace(whole, category="billing.wrong_amount", ended_at=MONDAY - timedelta(days=900))
    of_parts = retention.categories_of([secret, replace(secret, category=None)])
    assert of_parts == ("billing.wrong_amount", None)
    zone = story.terms.zone
    rules = (rule(12, "delivery.late"), rule(36, "billing.wrong_amount"), rule(6))
    found = retention.kept_until(whole, CASE, rules, zone, of_parts)
    alone = retention.kept_until(whole, CASE, (rule(36),), zone)
    assert found
    assert alone
    assert found == (alone[0], rules[1])
    assert retention.kept_until(whole, CASE, rules[:2], zone, of_parts) is None, "one has no rule"
    day = found[0]
    of = site(*rules)
    assert retention.due_rule(whole, CASE, of, day, of_parts) is None
    assert retention.due_rule(whole, CASE, of, day + timedelta(days=1), of_parts) == rules[1]
    assert retention.due_rule(whole, CASE, of, day) == rules[0]


TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FIRST_FREE = TODAY + retention.NOTICE + timedelta(days=1)


def changed(of: SiteRecord, *rules: RetentionRule, now: datetime = NOW) -> SiteRecord:
    return replace(of, retention=rules, former_retention=retention.changed(of, rules, now))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((), (rule(1),)),
        ((rule(240),), (rule(1),)),
        ((rule(1), rule(240, "delivery.late")), (rule(1),)),
        ((rule(1, counted_from=CountedFrom.LAST_CONTACT, category="delivery.late"),), (rule(1),)),
    ],
)
def test_a_new_or_shorter_rule_or_one_that_is_gone_erases_nothing_within_its_notice(
    before: tuple[RetentionRule, ...], after: tuple[RetentionRule, ...]
) -> None:
    story = ended()
    long_ago = story.build().ended_at
    assert long_ago
    complaint = replace(
        story.build(),
        category="delivery.late",
        ended_at=NOW - timedelta(days=400),
        contacted_at=NOW if before and before[0].category else None,
    )
    of = changed(site(*before), *after)
    last = FIRST_FREE - timedelta(days=1)
    kept, due = (retention.due_rule(complaint, CASE, of, day) for day in (last, FIRST_FREE))
    assert (kept, due) == (None, after[0])


def test_a_longer_rule_holds_at_once_and_a_mistake_can_be_taken_back() -> None:
    complaint = replace(ended().build(), ended_at=NOW - timedelta(days=400))
    usual = site(rule(6))
    assert retention.due_rule(complaint, CASE, usual, TODAY)
    assert retention.due_rule(complaint, CASE, changed(usual, rule(60)), TODAY) is None
    mistake = changed(site(rule(60)), rule(6))
    back = changed(mistake, rule(60), now=NOW + timedelta(days=20))
    for days in (0, 31, 60, 300):
        assert retention.due_rule(complaint, CASE, back, TODAY + timedelta(days=days)) is None


def test_a_rule_that_is_made_long_for_a_while_begins_its_notice_again() -> None:
    complaint = replace(ended().build(), ended_at=NOW - timedelta(days=4000))
    long = changed(site(rule(6)), rule(600))
    short = changed(long, rule(6), now=NOW + timedelta(days=29))
    assert retention.due_rule(complaint, CASE, short, TODAY + timedelta(days=59)) is None
    assert retention.due_rule(complaint, CASE, short, TODAY + timedelta(days=60))


def test_another_reason_begins_no_notice() -> None:
    before = site(rule(6))
    assert changed(before, rule(6, source="Civil Code")).former_retention == ()


def test_of_rules_of_one_day_only_those_before_it_hold_on() -> None:
    long = site(rule(60), rule(12, "delivery.late"))
    of = long
    for months in range(1, 15):
        of = changed(of, rule(months))
    assert [each.rules for each in of.former_retention] == [long.retention]
    back = changed(of, *reversed(long.retention))
    assert [each.rules for each in back.former_retention] == [long.retention]
    next_day = changed(back, rule(3), now=NOW + timedelta(days=1))
    assert [each.until for each in next_day.former_retention] == [TODAY + timedelta(days=31)]


def test_former_rules_are_forgotten_after_their_notice() -> None:
    first = changed(site(rule(60)), rule(6))
    later = changed(first, rule(7), now=NOW + timedelta(days=31))
    assert [each.rules for each in later.former_retention] == [(rule(6),)]


def applied(story: Story, *rules: RetentionRule) -> list[Any]:
    terms = replace(story.terms, site=replace(story.terms.site, retention=rules))
    now = MONDAY + timedelta(days=4000)
    return decide(story.build(), ApplyRetention(), context(MACHINE, now, terms=terms))


def test_what_is_due_is_asked_to_be_erased_with_the_rule_on_record() -> None:
    facts = applied(ended(), rule(6))
    assert isinstance(facts[0], ErasureRequested)
    assert facts[0].rule == rule(6)
    assert applied(ended()) == []


def test_a_hold_a_restriction_and_an_open_case_are_left_alone() -> None:
    held = ended().does(PAULA, SetLegalHold(reason="She went to court."))
    ground = RestrictionGround.LEGAL_CLAIMS
    restricted = ended().does(PAULA, Restrict(ground=ground, reason="She needs it."))
    for story in (held, restricted, a_complaint().received()):
        assert applied(story, rule(1)) == []


def test_the_end_of_an_erasure_says_by_which_rule_it_was() -> None:
    story = ended()
    story.terms = replace(story.terms, site=replace(story.terms.site, retention=(rule(6),)))
    story.does(MACHINE, ApplyRetention(), MONDAY + timedelta(days=4000))
    story.does(MACHINE, FinishErasure(files=2))
    erased = story.facts[-1]
    assert isinstance(erased, Erased)
    assert (erased.files, erased.rule) == (2, rule(6))


def test_the_index_names_every_case_that_is_due_and_few_others() -> None:
    story = ended()
    of = site(rule(6), rule(72, "delivery.late"))
    at = story.build().ended_at
    assert at
    last = last_day_of(story, site(rule(6)))
    for days in range(-3, 4):
        day = last + timedelta(days=days)
        for category, months in ((None, 6), ("delivery.late", 72)):
            end = retention.last_day(at.astimezone(story.terms.zone).date(), months)
            found = RetentionCandidate("C-2ABCD-EFGHJ-R", at, category, "")
            assert retention.may_be_due(found, of, day) is (end < day)
        first = retention.first_due(of, day)
        assert first
        if days > 0:
            assert at.date() < first
    assert retention.first_due(site(), last) is None

"""Levels: whoever disagrees is heard by somebody else, and then told where to go outside."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from complaints.case.process.closing import Closed
from complaints.case.process.escalation import DecisionRefused, Escalated, Referred
from complaints.casework.correspondence.deadline_extension import Extend
from complaints.casework.outcome.decision import Respond
from complaints.casework.outcome.remedies import Record
from complaints.casework.people.conflicts_of_interest import (
    Recuse,
    nobody_could_review,
    nobody_is_independent,
    reviews_are_independent,
)
from complaints.casework.process.closing import Close
from complaints.casework.process.escalation import Answer, Escalate
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.values.errors import Forbidden, Invalid, NotNow, SecondPersonNeeded, Wrong
from complaints.values.field_types import ClosingReason, Outcome, Stage
from complaints.values.people import COMPLAINANT, Actor, Role
from tests.builders import (
    ADA,
    DEMO,
    GRACE,
    MONDAY,
    OMBUDSMAN,
    RESPOND,
    REVIEW,
    REX,
    RUTH,
    TUESDAY,
    WEDNESDAY,
    WINDOW,
    Story,
    a_complaint,
    a_member,
    assess,
    assign_to,
    context,
    decide_to,
    refund,
)
from tests.complaints.clocks.country_packs import under
from tests.stories import referred, responded, reviewed

DISAGREES = Answer(accepts=False, reason="I want cups.")
TO_REVIEW = Escalate(to=2, reason="She rang and does not agree.")
OUTSIDE = Escalate(to=3, reason="She wants it decided elsewhere.")
OUTCOME = Record(event="external_decided", at=TUESDAY, evidence="Letter of the ombudsman, upheld.")


@pytest.mark.iso10002("7.9 closing: review")
def test_whoever_disagrees_is_heard_by_somebody_else() -> None:
    story = responded()
    refused, escalated, *_ = decide(story.build(), DISAGREES, context(COMPLAINANT, TUESDAY))
    assert refused == DecisionRefused(at=TUESDAY, by=COMPLAINANT, reason="I want cups.")
    assert escalated == Escalated(at=TUESDAY, by=COMPLAINANT, reason="I want cups.")
    complaint = story.disagreed(TUESDAY).build()
    assert (complaint.stage, complaint.level, complaint.assignee) == (Stage.ASSESSED, 2, None)
    assert complaint.reviewed_at == TUESDAY


def test_a_review_has_a_promise_of_its_own_and_ends_the_wait_for_an_answer() -> None:
    complaint = responded().disagreed(TUESDAY).build()
    assert complaint.clock(REVIEW).started_at == TUESDAY
    assert complaint.clock(WINDOW).in_time
    assert complaint.clock(RESPOND).in_time


def test_the_first_decision_is_what_the_complainant_knows_until_there_is_another() -> None:
    story = responded().disagreed()
    first = story.build().known_decision
    assert first is not None
    assert first.decided_by == ADA.id
    story.does(RUTH, decide_to(Outcome.NOT_UPHELD, remedies=()))
    assert story.build().known_decision == first
    second = story.responded().build().known_decision
    assert second is not None
    assert (second.decided_by, second.outcome) == (RUTH.id, Outcome.NOT_UPHELD)


@pytest.mark.iso10002("4 objectivity: review")
def test_s15_who_decided_or_agreed_takes_no_part_in_the_review() -> None:
    story = a_complaint().received().acknowledged().assessed().decided(refund("900"), by=RUTH).approved(REX)
    complaint = story.responded().disagreed().build()
    for person in (RUTH, REX):
        for command in (decide_to(), assess(note="Again."), Respond(), TO_REVIEW):
            with pytest.raises(NotNow):
                decide(complaint, command, context(person))
        assert set(allowed_commands(complaint, context(person))) == {
            "note",
            "protect",
            "adjust",
            "change_link",
            "plan_contact",
            "represent",
            "add_complainant",
            "correct_contact",
            "correct_details",
            "task",
            "act",
            "redact",
            "prepare_case_file",
        }


def test_s15_whoever_sent_a_first_decision_back_takes_no_part_either() -> None:
    story = a_complaint().received().acknowledged().assessed().decided(refund("900"))
    story.sent_back(by=RUTH).decided().responded().disagreed()
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), decide_to(), context(RUTH))


def test_s15_a_new_role_makes_nobody_independent() -> None:
    promoted = Actor("staff", ADA.id, (Role.REVIEWER,))
    with pytest.raises(SecondPersonNeeded):
        decide(responded().disagreed().build(), decide_to(), context(promoted))


def test_s17_a_review_is_given_to_nobody_who_decided() -> None:
    complaint = responded().disagreed().build()
    for colleague in ("ada", "nobody"):
        known = None if colleague == "nobody" else a_member(colleague)
        with pytest.raises(Invalid):
            decide(complaint, assign_to(colleague), context(RUTH, colleague=known))
    assert decide(complaint, assign_to("grace"), context(RUTH, colleague=a_member("grace")))


def test_s17_a_case_is_given_to_nobody_who_left_or_serves_elsewhere() -> None:
    complaint = a_complaint().received().build()
    for colleague in (a_member("grace", active=False), a_member("grace", sites=("other",))):
        with pytest.raises(Invalid) as refusal:
            decide(complaint, assign_to("grace"), context(colleague=colleague))
        assert refusal.value.errors == (Wrong("/to", "not-a-colleague"),)


def test_a_review_is_decided_by_a_reviewer() -> None:
    complaint = responded().disagreed().build()
    with pytest.raises(SecondPersonNeeded):
        decide(complaint, decide_to(), context(GRACE))
    assert decide(complaint, decide_to(), context(RUTH))


def test_staff_take_a_case_to_review_on_the_persons_word() -> None:
    story = responded().does(ADA, TO_REVIEW, TUESDAY)
    complaint = story.build()
    assert (complaint.level, complaint.stage) == (2, Stage.ASSESSED)
    assert complaint.clock(WINDOW).stopped_at == TUESDAY
    assert complaint.clock(WINDOW).in_time is None
    with pytest.raises(NotNow):
        decide(complaint, TO_REVIEW, context(GRACE))


def test_a_review_before_any_answer_keeps_the_promise_that_was_made() -> None:
    complaint = a_complaint().received().acknowledged().asked().does(ADA, TO_REVIEW, TUESDAY).build()
    assert complaint.stage is Stage.ASSESSED
    assert complaint.clock(RESPOND).is_running
    assert complaint.clock(REVIEW).is_running
    assert complaint.known_decision is None


def test_nothing_goes_further_while_a_decision_is_on_its_way() -> None:
    complaint = a_complaint().received().assessed().decided().issued().build()
    with pytest.raises(NotNow):
        decide(complaint, TO_REVIEW, context())
    assert "escalate" not in allowed_commands(complaint, context())


@pytest.mark.iso10002("7.9 closing: review")
def test_whoever_disagrees_twice_is_told_where_to_go_outside() -> None:
    story = reviewed(external_body=OMBUDSMAN)
    facts = decide(story.build(), DISAGREES, story.context(COMPLAINANT, TUESDAY))
    referral = Referred(at=TUESDAY, by=COMPLAINANT, body="Shop Ombudsman", reason="I want cups.")
    assert facts[1] == referral
    complaint = story.disagreed(TUESDAY).build()
    assert (complaint.stage, complaint.level) == (Stage.REFERRED, 3)
    assert complaint.external_body == "Shop Ombudsman"
    assert complaint.next_at is None


def test_without_a_body_outside_a_second_refusal_is_the_end() -> None:
    story = reviewed()
    facts = decide(story.build(), DISAGREES, context(COMPLAINANT))
    assert facts[1] == Closed(at=MONDAY, by=COMPLAINANT, reason=ClosingReason.REFUSED)
    assert story.disagreed().build().ended_because == "refused"


@pytest.mark.parametrize("reason", [None, ""])
def test_nobody_has_to_say_why_a_review_is_wanted(reason: str | None) -> None:
    answer = Answer(accepts=False, reason=reason)
    refused, escalated, *_ = decide(responded().build(), answer, context(COMPLAINANT, TUESDAY))
    assert refused == DecisionRefused(at=TUESDAY, by=COMPLAINANT)
    assert escalated == Escalated(at=TUESDAY, by=COMPLAINANT)


def alone(story: Story) -> Context:
    """Ada decided first, and nobody else handles complaints."""
    return replace(story.context(ADA), nobody_independent=True)


def test_where_nobody_is_independent_a_refused_decision_goes_outside() -> None:
    story = responded(external_body=OMBUDSMAN).disagreed()
    assert "escalate" not in allowed_commands(story.build(), story.context(ADA))
    now = set(allowed_commands(story.build(), alone(story)))
    assert {"escalate", "decide", "respond", "close"} & now == {"escalate"}
    referral = decide(story.build(), OUTSIDE, alone(story))[0]
    assert referral == Referred(at=MONDAY, by=ADA, body="Shop Ombudsman", reason=OUTSIDE.reason)


def test_where_nobody_is_independent_and_there_is_no_body_outside_a_note_ends_the_case() -> None:
    story = responded().disagreed()
    why = Close(reason=ClosingReason.REFUSED, note="I work here alone.")
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), why, story.context(ADA))
    with pytest.raises(Invalid) as unsaid:
        decide(story.build(), Close(reason=ClosingReason.REFUSED), alone(story))
    assert unsaid.value.errors == (Wrong("/note", "missing"),)
    closed, *_ = decide(story.build(), why, alone(story))
    assert closed == Closed(at=MONDAY, by=ADA, reason=ClosingReason.REFUSED)
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), Close(reason=ClosingReason.ABUSIVE), alone(story))


def test_a_case_that_nobody_could_review_is_told_from_one_that_was_refused_twice() -> None:
    story = responded().disagreed()
    assert not story.build().ended_unreviewed
    why = Close(reason=ClosingReason.REFUSED, note="I work here alone.")
    story.casework.carry_out(story.case, why, alone(story))
    assert story.build().ended_unreviewed
    twice = reviewed().disagreed().build()
    assert (twice.ended_because, twice.ended_unreviewed) == (ClosingReason.REFUSED, False)


@pytest.mark.parametrize("pack", ["eu-psd2", "tr-consumer", "uk-ofgem"])
def test_a_law_that_says_where_to_go_sends_there_what_nobody_can_review(pack: str) -> None:
    story = under(pack).received().acknowledged().assessed().decided().responded().disagreed()
    now = set(allowed_commands(story.build(), alone(story)))
    assert {"escalate", "close"} & now == {"escalate"}


def test_a_reviewer_who_had_no_part_in_it_is_independent() -> None:
    complaint = responded().disagreed().build()
    ada, ruth = a_member("ada", roles=(Role.REVIEWER,)), a_member("ruth", roles=(Role.REVIEWER,))
    assert nobody_is_independent(complaint, [ada, a_member("grace")], DEMO)
    assert nobody_is_independent(complaint, [ada, replace(ruth, active=False)], DEMO)
    assert not nobody_is_independent(complaint, [ada, ruth], DEMO)
    assert nobody_could_review(responded().build(), [ada, a_member("grace")], DEMO)
    assert not nobody_could_review(responded().build(), [ada, ruth], DEMO)


def test_reviews_are_independent_where_a_reviewer_and_one_more_handle_cases() -> None:
    ada, ruth = a_member("ada", roles=(Role.AGENT,)), a_member("ruth", roles=(Role.REVIEWER,))
    assert reviews_are_independent([ada, ruth], DEMO)
    assert not reviews_are_independent([ruth, replace(ada, active=False)], DEMO)
    assert not reviews_are_independent([ada, a_member("grace", roles=(Role.AGENT,))], DEMO)


def test_what_was_decided_outside_is_recorded_and_closes_the_case() -> None:
    story = reviewed(external_body=OMBUDSMAN).disagreed(MONDAY).does(RUTH, OUTCOME, WEDNESDAY)
    complaint = story.build()
    assert (complaint.stage, complaint.ended_because) == (Stage.CLOSED, "external_decided")


def test_no_body_outside_decides_what_was_not_referred() -> None:
    with pytest.raises(NotNow):
        decide(responded().build(), OUTCOME, context(now=WEDNESDAY))
    assert "record" not in allowed_commands(responded().build(), context())


def test_only_a_reviewer_takes_a_case_outside() -> None:
    story = reviewed(external_body=OMBUDSMAN)
    assert "escalate" not in allowed_commands(story.build(), story.context(GRACE))
    with pytest.raises(NotNow):
        decide(story.build(), OUTSIDE, story.context(GRACE))
    assert decide(story.build(), OUTSIDE, story.context(RUTH))
    with pytest.raises(NotNow):
        decide(reviewed().build(), OUTSIDE, context(RUTH))


def test_a_case_goes_outside_at_once_where_the_site_says_so() -> None:
    at_once = responded(external_body=OMBUDSMAN, external_body_at_once=True)
    assert isinstance(decide(at_once.build(), OUTSIDE, at_once.context(RUTH))[0], Referred)
    with pytest.raises(Forbidden):
        decide(at_once.build(), OUTSIDE, at_once.context(ADA))
    later = responded(external_body=OMBUDSMAN)
    with pytest.raises(NotNow):
        decide(later.build(), OUTSIDE, later.context(RUTH))


def test_after_a_final_response_of_a_law_a_body_outside_comes_next() -> None:
    """DISP 1.6.2R(1): a final response ends the procedure of the firm."""
    story = under("uk-fca-disp").received().acknowledged().assessed().decided().responded()
    assert story.letter("resolution").is_final
    assert story.disagreed().build().stage is Stage.REFERRED


def test_a_site_with_two_stages_reviews_first_and_calls_only_the_second_decision_final() -> None:
    story = under("uk-fca-disp", two_stages=True).received().acknowledged().assessed().decided().responded()
    first = story.letter("resolution")
    assert not first.is_final
    assert "uk.final_response_words" not in {block.words for block in first.blocks}
    assert story.disagreed().build().level == 2
    second = story.decided(by=RUTH).responded().letter("resolution")
    assert second.is_final
    assert "uk.final_response_words" in {block.words for block in second.blocks}


def test_a_referred_case_stays_at_the_body_outside() -> None:
    for command in (TO_REVIEW, OUTSIDE, decide_to(), Respond(), Extend(clock="respond", reason="More.")):
        with pytest.raises((NotNow, Forbidden)):
            decide(referred(), command, context(RUTH))


def test_a_conflict_of_interest_bars_from_the_case() -> None:
    story = a_complaint().received().assigned("grace").does(GRACE, Recuse(reason="My brother drove the van."))
    assert story.build().assignee is None
    assert allowed_commands(story.build(), context(GRACE)) == ("note",)
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), assess(), context(GRACE))
    with pytest.raises(Invalid):
        decide(story.build(), assign_to("grace"), context(colleague=a_member("grace")))
    assert decide(story.build(), assess(), context())


def test_a_conflict_of_interest_is_no_way_to_close_a_case() -> None:
    story = a_complaint().received().does(GRACE, Recuse(reason="A friend."))
    with pytest.raises(SecondPersonNeeded):
        decide(story.build(), Close(reason=ClosingReason.ABUSIVE), context(GRACE))


def test_the_window_of_a_review_lasts_as_long_as_the_first() -> None:
    complaint = reviewed().build()
    second = complaint.clock(WINDOW.removesuffix("1") + "2")
    assert second.due - complaint.clock(WINDOW).due < timedelta(days=1)

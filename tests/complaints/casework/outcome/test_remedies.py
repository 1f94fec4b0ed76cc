"""Remedies: promised with the decision, due once it is accepted, and followed until they are done."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.case.deadlines import DeadlineMissed, EscalationRaised, ReminderRaised
from complaints.case.outcome.remedies import RemedyDone, RemedyOverdue
from complaints.case.process.closing import Withdrawn
from complaints.casework.outcome.decision import Respond
from complaints.casework.outcome.remedies import DeclineOwnRemedy, DeclineRemedy, Remedied
from complaints.casework.process.closing import Reopen
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.letters.superseded import is_obsolete
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.field_types import Remedy, RemedyKind, Stage, Way
from complaints.values.people import COMPLAINANT
from functions.serializers.parts.redress import RedressState, redress
from tests.builders import (
    ADA,
    APOLOGY,
    FRIDAY,
    NEW_ONE,
    NOTHING,
    REMEDY,
    RUTH,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    context,
    refund,
)
from tests.stories import responded

REFUNDED = Remedied(remedy=RemedyKind.REFUND, done_on=date(2026, 2, 3))
DECLINED = DeclineRemedy(remedy=RemedyKind.REPLACEMENT, reason="She wants no other.")
REPLACED = Remedied(remedy=RemedyKind.REPLACEMENT, done_on=date(2026, 2, 3))


def promised() -> Story:
    """A refund and a new one, accepted on Tuesday."""
    return a_complaint().received().acknowledged().assessed().decided(refund("20"), NEW_ONE).responded()


def accepted() -> Story:
    return promised().accepted(TUESDAY)


def test_remedies_are_due_once_the_decision_is_accepted() -> None:
    assert REMEDY not in {clock.key for clock in promised().build().clocks}
    clock = accepted().build().clock(REMEDY)
    assert clock.started_at == TUESDAY
    assert clock.is_running


def test_they_are_due_as_well_when_staff_record_that_it_was_accepted() -> None:
    assert promised().closed(TUESDAY).build().clock(REMEDY).is_running


@pytest.mark.iso10002("7.9 closing: remedies")
def test_each_remedy_is_recorded_and_the_last_one_stops_the_clock() -> None:
    story = accepted().does(ADA, REFUNDED, WEDNESDAY)
    assert story.build().clock(REMEDY).is_running
    complaint = story.does(ADA, REPLACED, FRIDAY).build()
    assert complaint.clock(REMEDY).in_time
    assert complaint.next_at is None
    with pytest.raises(NotNow):
        decide(complaint, REFUNDED, context(now=FRIDAY))


def test_one_remedy_is_declined_alone_and_the_others_are_owed_still() -> None:
    story = accepted().does(ADA, DECLINED, WEDNESDAY)
    complaint = story.build()
    assert [each.remedy.kind for each in complaint.remedies_owed] == [RemedyKind.REFUND]
    assert [each.is_declined for each in complaint.remedies_promised] == [False, True]
    assert complaint.clock(REMEDY).is_running
    with pytest.raises(Invalid) as refused:
        decide(complaint, DECLINED, context(now=FRIDAY))
    assert refused.value.errors == (Wrong("/remedy", "not-promised"),)
    assert story.does(ADA, REFUNDED, FRIDAY).build().clock(REMEDY).in_time


def test_the_complainant_declines_one_for_a_reason_or_none() -> None:
    story = accepted().does(COMPLAINANT, DeclineOwnRemedy(remedy=RemedyKind.REPLACEMENT), WEDNESDAY)
    assert [each.is_declined for each in story.build().remedies_promised] == [False, True]


def test_nothing_is_due_once_the_last_remedy_is_declined() -> None:
    complaint = accepted().does(ADA, REFUNDED, WEDNESDAY).does(ADA, DECLINED, FRIDAY).build()
    assert (complaint.remedies_owed, complaint.clock(REMEDY).is_running) == ((), False)


def test_a_remedy_that_was_done_before_the_answer_is_not_due_any_more() -> None:
    story = promised().does(ADA, REFUNDED, TUESDAY).does(ADA, REPLACED, TUESDAY).accepted(WEDNESDAY)
    assert REMEDY not in {clock.key for clock in story.build().clocks}


def test_two_refunds_are_two_remedies() -> None:
    two = a_complaint().received().acknowledged().assessed().decided(refund("20"), refund("5"))
    story = two.responded().accepted(TUESDAY).does(ADA, REFUNDED, WEDNESDAY)
    assert story.build().clock(REMEDY).is_running
    assert decide(story.build(), REFUNDED, context(now=WEDNESDAY))


def test_without_a_remedy_there_is_nothing_to_be_done() -> None:
    story = a_complaint().received().acknowledged().assessed().decided(NOTHING).responded().accepted()
    assert REMEDY not in {clock.key for clock in story.build().clocks}
    assert "remedied" not in allowed_commands(story.build(), context())


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        (Remedied(remedy=RemedyKind.REPAIR, done_on=date(2026, 2, 3)), Wrong("/remedy", "not-promised")),
        (Remedied(remedy=RemedyKind.REFUND, done_on=date(2026, 2, 4)), Wrong("/done_on", "future")),
        (Remedied(remedy=RemedyKind.REFUND, done_on=date(2026, 2, 1)), Wrong("/done_on", "before-receipt")),
    ],
)
def test_what_was_not_promised_or_is_not_done_yet_is_not_recorded(command: Remedied, wrong: Wrong) -> None:
    with pytest.raises(Invalid) as refusal:
        decide(accepted().build(), command, context(now=TUESDAY))
    assert refusal.value.errors == (wrong,)


def test_the_ledger_says_how_by_whom_and_from_which_budget_it_was_done() -> None:
    story = a_complaint(budgets=("Customer service",)).received().assessed().found().decided(refund("20"))
    paid = replace(REFUNDED, how="Bank transfer 4711", done_by="Accounts", budget="Customer service")
    story.responded().accepted(TUESDAY).does(ADA, paid, WEDNESDAY)
    [line] = story.build().remedies_promised
    assert line.done is not None
    assert (line.done.recorded_by, line.done.budget, line.is_owed) == ("ada", "Customer service", False)
    done = next(fact for fact in story.facts if isinstance(fact, RemedyDone))
    assert (done.how, done.done_by) == ("Bank transfer 4711", "Accounts")
    with pytest.raises(Invalid) as refusal:
        decide(accepted().build(), paid, context(now=WEDNESDAY))
    assert refusal.value.errors == (Wrong("/budget", "unknown-value"),)


def by_thursday() -> Story:
    """A refund by Thursday, and a new one some day; Grace owns the case."""
    story = a_complaint().received().assigned().assessed()
    return story.decided(refund("20", by=THURSDAY.date()), NEW_ONE).responded().accepted(TUESDAY)


def test_what_was_promised_by_a_date_is_told_once_when_it_is_late() -> None:
    story = by_thursday()
    assert story.build().next_at is not None
    early = story.ticked(THURSDAY + timedelta(hours=12)).facts
    assert not [fact for fact in early if isinstance(fact, RemedyOverdue)]
    story.ticked(FRIDAY).ticked(FRIDAY + timedelta(hours=1))
    [late] = [fact for fact in story.facts if isinstance(fact, RemedyOverdue)]
    assert (late.remedy, late.due) == (RemedyKind.REFUND, FRIDAY - timedelta(hours=1))
    notice = story.letter("escalation")
    assert (notice.to, notice.member, notice.clock, notice.late) == ("owner", "grace", "remedy", True)
    assert notice.remedy == late.id
    assert not is_obsolete(notice, story.build())
    assert is_obsolete(notice, story.does(ADA, replace(REFUNDED, remedy=late.id)).build())


def test_a_remedy_that_was_done_by_its_date_is_never_late() -> None:
    story = by_thursday().does(ADA, REFUNDED, WEDNESDAY).ticked(FRIDAY)
    assert not [fact for fact in story.facts if isinstance(fact, RemedyOverdue)]


def test_an_overdue_remedy_climbs_the_ladder_although_the_case_is_closed() -> None:
    story = accepted()
    due = story.build().clock(REMEDY).due
    story.ticked(due + timedelta(days=7))
    kinds = (ReminderRaised, DeadlineMissed, EscalationRaised)
    facts = [getattr(fact, "to", "") for fact in story.facts if isinstance(fact, kinds)]
    assert facts == ["owner", "", "team", "manager"]
    assert story.build().stage is Stage.CLOSED
    assert [letter.clock for letter in story.cases.letters if letter.kind == "escalation"] == ["remedy"] * 2
    late = story.does(ADA, REFUNDED).does(ADA, REPLACED).build().clock(REMEDY)
    assert (late.missed, late.in_time) == (True, False)


def test_what_a_review_decided_may_be_done_by_whoever_decided_first() -> None:
    story = responded().disagreed().decided(refund("20"), by=RUTH).responded()
    _, owed = story.build().remedies_owed
    facts = decide(story.build(), REFUNDED, context(now=TUESDAY))
    done = RemedyDone(at=TUESDAY, by=ADA, remedy=RemedyKind.REFUND, done_on=date(2026, 2, 3), id=owed.id)
    assert facts[0] == done


def test_a_withdrawal_in_the_review_keeps_what_was_promised_and_says_so() -> None:
    story = a_complaint().received().assigned().assessed().decided(refund("20", by=THURSDAY.date()))
    story.responded().disagreed().withdrawn(TUESDAY)
    [owed] = story.build().remedies_owed
    assert (owed.remedy.amount, owed.is_owed) == ("20", True)
    assert story.letter("closing").remedies == (owed.remedy,)
    [late] = [fact for fact in story.ticked(FRIDAY).facts if isinstance(fact, RemedyOverdue)]
    assert late.id == owed.id
    assert story.does(ADA, REFUNDED, FRIDAY).build().remedies_owed == ()


def test_who_withdraws_may_still_decline_one_remedy() -> None:
    story = promised().withdrawn(TUESDAY)
    story.does(COMPLAINANT, DeclineOwnRemedy(remedy=RemedyKind.REPLACEMENT))
    assert [each.remedy.kind for each in story.build().remedies_owed] == [RemedyKind.REFUND]


def test_the_clock_of_an_accepted_remedy_outlives_a_withdrawal() -> None:
    story = accepted().does(RUTH, Reopen(reason="Something was left out."), WEDNESDAY).withdrawn(WEDNESDAY)
    assert story.build().clock(REMEDY).is_running
    assert story.does(ADA, REFUNDED, FRIDAY).does(ADA, REPLACED, FRIDAY).build().clock(REMEDY).in_time


def test_a_withdrawal_of_an_earlier_release_ended_what_was_promised() -> None:
    """Facts mean what they meant: nobody owes what a person was told is owed no more. Only the words for it
    were wrong."""
    complaint = Withdrawn(at=TUESDAY, by=COMPLAINANT).apply(promised().build())
    assert complaint.remedies_owed == ()
    assert "remedied" not in allowed_commands(complaint, context())
    assert {line.state for line in redress(complaint, TUESDAY.date()).lines} == {RedressState.WITHDRAWN}


@pytest.mark.parametrize("kind", [RemedyKind.APOLOGY, RemedyKind.EXPLANATION])
def test_an_apology_and_an_explanation_are_done_by_the_letter_that_holds_them(kind: RemedyKind) -> None:
    story = a_complaint().received().acknowledged().assessed().decided(Remedy(kind=kind), refund("20"))
    assert not [fact for fact in story.issued(TUESDAY).facts if isinstance(fact, RemedyDone)]
    complaint = story.taken("resolution", WEDNESDAY).build()
    assert [each.remedy.kind for each in complaint.remedies_owed] == [RemedyKind.REFUND]
    [done] = [fact for fact in story.facts if isinstance(fact, RemedyDone)]
    assert (done.remedy, done.done_on) == (kind, WEDNESDAY.date())


def test_an_apology_is_done_once_it_was_said_in_a_talk_and_falls_due_no_more() -> None:
    story = a_complaint().received().acknowledged().assessed().decided(APOLOGY)
    told = Respond(by=Way.TELEPHONE, at=TUESDAY)
    complaint = story.does(ADA, told, TUESDAY).accepted(WEDNESDAY).build()
    assert complaint.remedies_owed == ()
    assert REMEDY not in {clock.key for clock in complaint.clocks}
    assert not complaint.is_in_work

"""The holding letter leaves before the deadline: with the reason that a person wrote, else with none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.case.deadlines import DelayExplained, ReminderRaised
from complaints.casework.process.holding_letter import ExplainDelay
from complaints.clocks.reminders import fallen_due
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.letters.superseded import is_obsolete
from complaints.values.errors import Invalid, NotNow, Wrong
from complaints.values.people import MACHINE
from tests.builders import ADA, MONDAY, RUTH, Story, context
from tests.complaints.clocks.country_packs import under

RESPOND = "uk-fca-disp/respond/1"
DUE = datetime(2026, 3, 30, 23, 59, 59, tzinfo=UTC) - timedelta(hours=1)
"""The last second of the eight weeks, on London's summer time."""
WEEK_EIGHT = datetime(2026, 3, 26, 10, tzinfo=UTC)
REASON = ExplainDelay(text="The laboratory has not answered yet.", expected_on=date(2026, 4, 20))


def in_finance() -> Story:
    """A complaint of UK finance that was received on a Monday and assessed."""
    return under("uk-fca-disp").received().acknowledged().assessed()


def ladder(story: Story, until: datetime) -> None:
    """The schedule looks at the case at each moment at which something falls due, up to an instant."""
    while (moment := story.build().next_at) is not None and moment <= until:
        story.ticked(moment)


def holding_letters(story: Story) -> list[datetime]:
    """When each holding letter was called for."""
    return [letter.called_for for letter in story.cases.letters if letter.kind is LetterKind.HOLDING]


def test_the_eight_weeks_end_with_the_last_second_of_the_day() -> None:
    assert in_finance().build().clock(RESPOND).due == DUE


def test_a_person_explains_the_delay_and_no_other_letter_leaves_before_the_deadline() -> None:
    """DISP 1.6.2R(2): why there is no final response, and when one is expected."""
    story = in_finance().does(ADA, REASON, WEEK_EIGHT)
    ladder(story, DUE)
    assert holding_letters(story) == [WEEK_EIGHT]
    letter = story.letter("holding")
    assert (letter.due_on, letter.text_entry) == (REASON.expected_on, 4)
    assert letter.external_body
    assert letter.external_body.name == "Financial Ombudsman Service"


def test_where_nobody_explains_it_a_letter_without_a_reason_leaves_before_the_last_moment() -> None:
    story = in_finance()
    ladder(story, DUE)
    (called_for,) = holding_letters(story)
    assert DUE - timedelta(days=4) < called_for < DUE
    letter = story.letter("holding")
    assert (letter.text_entry, letter.due_on) == (None, date(2026, 4, 27))


def test_the_delay_is_explained_once_and_what_was_promised_stands() -> None:
    story = in_finance().does(ADA, REASON, WEEK_EIGHT)
    assert "explain_delay" not in allowed_commands(story.build(), context(ADA, WEEK_EIGHT, terms=story.terms))
    clock = story.build().clock(RESPOND)
    assert (clock.due, clock.is_running, clock.missed) == (DUE, True, False)


def test_owner_and_team_are_asked_for_the_letter_in_time() -> None:
    story = in_finance()
    ladder(story, WEEK_EIGHT)
    notices = [letter for letter in story.cases.letters if letter.kind is LetterKind.ESCALATION]
    asked = [letter.called_for for letter in notices if letter.asks_for_holding_letter]
    assert len(asked) == 2
    assert all(moment < WEEK_EIGHT for moment in asked)


def test_what_was_written_is_a_private_word_of_the_case() -> None:
    story = in_finance().does(ADA, REASON, WEEK_EIGHT)
    (fact,) = (fact for fact in story.facts if isinstance(fact, DelayExplained))
    assert (fact.text, fact.clocks) == (REASON.text, (RESPOND,))
    assert REASON.text.encode() not in story.cases.entries(story.reference)[-1].data


def test_a_date_that_has_passed_is_no_expectation() -> None:
    past = ExplainDelay(text="Soon.", expected_on=MONDAY.date())
    story = in_finance()
    with pytest.raises(Invalid) as refused:
        decide(story.build(), past, context(ADA, WEEK_EIGHT, terms=story.terms))
    assert refused.value.errors == (Wrong("/expected_on", "past"),)


def test_a_case_with_enough_notices_for_the_day_still_has_its_holding_letter_in_time() -> None:
    """Silence is for staff: the law does not wait for tomorrow."""
    story = in_finance()
    ladder(story, DUE - timedelta(days=5))
    case = story.build()
    clock = case.clock(RESPOND)
    assert clock.holding_letter
    silent = case.with_clock(replace(clock, silent_until=DUE + timedelta(hours=1)))
    assert silent.clock(RESPOND).next_moment() == clock.holding_letter.at
    found = fallen_due(silent, context(MACHINE, DUE - timedelta(hours=1), terms=story.terms))
    assert [fact.to for fact in found if isinstance(fact, ReminderRaised)] == ["holding_letter"]


def test_one_that_nobody_wrote_does_not_follow_the_answer() -> None:
    story = in_finance()
    ladder(story, DUE)
    letter = story.letter("holding")
    assert not is_obsolete(letter, story.build())
    answered = story.decided().responded().build()
    assert is_obsolete(letter, answered)
    assert not is_obsolete(replace(letter, text_entry=4), answered)


def test_a_case_whose_promises_ask_for_no_such_letter_has_none() -> None:
    story = under("iso10002-default").received().acknowledged()
    with pytest.raises(NotNow):
        decide(story.build(), REASON, context(RUTH, terms=story.terms))

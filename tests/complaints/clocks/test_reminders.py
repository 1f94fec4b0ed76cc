"""The ladder beside a clock: who is told, in which hours, and that it is told once."""

from datetime import datetime, timedelta

import pytest

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.case.correspondence.notice_quota import MOST_A_DAY
from complaints.case.deadlines import EscalationRaised, ReminderRaised
from complaints.promise_packs.schema import After
from complaints.promise_packs.schema import Rung as PackRung
from tests.builders import RESPOND, Story
from tests.complaints.clocks.reminder_stories import climbing, local, missed, warned

A_SECOND = timedelta(seconds=1)


def notices(story: Story) -> list[Letter]:
    """What staff were told."""
    return [letter for letter in story.cases.letters if letter.kind is LetterKind.ESCALATION]


def warning(story: Story) -> datetime | None:
    """When the schedule has something to do next."""
    return story.build().next_at


@pytest.mark.parametrize(
    ("received", "hours", "warned_at"),
    [
        (local(3, 10), 10, local(3, 15)),
        (local(3, 10), 24, local(4, 9)),
        (local(3, 10), 20, local(3, 17, 30)),
        (local(3, 17, 50), 14, local(3, 17, 50) + timedelta(hours=7)),
        (local(6, 17), 80, local(9, 9)),
        (local(7, 0), 80, local(9, 9)),
        (local(7, 10), 20, local(7, 20)),
    ],
    ids=["open", "evening", "due-by-night", "received-late", "weekend", "saturday", "due-on-sunday"],
)
def test_a_warning_of_a_promise_in_hours_waits_for_the_opening(
    received: datetime, hours: int, warned_at: datetime
) -> None:
    """Never beyond the due moment: then it comes before the closing, if that is still ahead."""
    story = climbing(warned(0.5), hours=hours, at=received)
    assert warning(story) == warned_at
    assert story.ticked(warned_at - A_SECOND).build().number == 1
    assert [letter.to for letter in notices(story.ticked(warned_at))] == ["team"]
    assert warned_at < story.build().clock(RESPOND).due


@pytest.mark.parametrize(
    "scales", [{"safety": 2, "immediate_action": 2}, {"urgency": 3}, {"severity": 2, "impact": 3}]
)
def test_an_urgent_case_warns_at_the_very_moment(scales: dict[str, int]) -> None:
    story = climbing(warned(0.5), hours=24, at=local(3, 10))
    assert warning(story) == local(4, 9)
    story.assessed(local(3, 11), **scales)
    assert warning(story) == local(3, 22)
    (letter,) = notices(story.ticked(local(3, 22)))
    assert letter.not_before is None
    assert story.ticked(local(4, 9)).build().next_at is None


def test_what_is_not_urgent_any_more_waits_again() -> None:
    story = climbing(warned(0.5), hours=24, at=local(3, 10)).assessed(local(3, 11), urgency=3)
    story.assessed(local(3, 12), note="The stairs are closed off.")
    assert notices(story.ticked(local(3, 22))) == []
    assert warning(story) == local(4, 9)


def test_reminders_leave_in_open_hours() -> None:
    """Also when the schedule is late, and runs by night: the fact is of then, the letter waits."""
    story = climbing(warned(0.9), missed("manager"), hours=30, at=local(3, 10))
    (letter,) = notices(story.ticked(local(3, 21)))
    assert (letter.called_for, letter.not_before) == (local(3, 21), local(4, 9))
    again = climbing(warned(0.9), hours=30, at=local(3, 10)).ticked(local(3, 17, 59, 59))
    assert [letter.not_before for letter in notices(again)] == [None]


def test_a_letter_does_not_wait_beyond_the_moment_that_it_warns_of() -> None:
    story = climbing(warned(0.9), hours=20, at=local(3, 10))
    (letter,) = notices(story.ticked(local(3, 21)))
    assert letter.not_before is None


def test_what_is_missed_is_said_at_once_also_by_night() -> None:
    story = climbing(missed("manager"), hours=12, at=local(3, 10))
    (letter,) = notices(story.ticked(local(3, 22, 0, 1)))
    assert (letter.to, letter.not_before) == ("manager", None)


@pytest.mark.parametrize("to", ["team", "manager", "quality"])
def test_each_reader_of_a_pack_is_told_as_such(to: str) -> None:
    story = climbing(missed(to), hours=1, at=local(3, 10)).ticked(local(4, 10))
    assert [letter.to for letter in notices(story)] == [to]


def test_an_owner_is_told_by_name_and_the_team_where_there_is_none() -> None:
    story = climbing(missed("owner"), hours=1, at=local(3, 10))
    assert [(each.to, each.member) for each in notices(story.assigned("grace").ticked(local(4, 10)))] == [
        ("owner", "grace")
    ]
    nobodys = climbing(missed("owner"), hours=1, at=local(3, 10)).ticked(local(4, 10))
    assert [(each.to, each.member) for each in notices(nobodys)] == [("team", None)]


def test_a_rung_that_tells_nobody_is_raised_all_the_same() -> None:
    story = climbing(missed("none"), hours=1, at=local(3, 10)).ticked(local(4, 10))
    assert notices(story) == []
    assert story.build().clock(RESPOND).missed
    assert story.build().next_at is None


def test_two_days_late_is_one_reminder() -> None:
    story = climbing(warned(0.5), hours=80, at=local(3, 10)).ticked(local(6, 10)).ticked(local(6, 10, 1))
    assert len([fact for fact in story.facts if isinstance(fact, ReminderRaised)]) == 1
    assert len(notices(story)) == 1


def after(hours: int) -> PackRung:
    """Somebody is told so many hours after the due moment."""
    return PackRung(when="missed", to="team", after=After(hours, "hours"))


def test_notices_are_capped() -> None:
    """What is beyond the cap comes in a digest; its clock is silent until tomorrow, and then goes on."""
    ladder = [after(hours) for hours in range(1, 15)]
    story = climbing(*ladder, hours=1, at=local(3, 10)).ticked(local(4, 10))
    assert [letter.withheld for letter in notices(story)] == [False] * MOST_A_DAY + [True]
    tomorrow = local(5, 3)
    assert story.build().next_at == tomorrow
    assert len(notices(story.ticked(local(4, 23)))) == MOST_A_DAY + 1
    story.ticked(tomorrow)
    assert [letter.withheld for letter in notices(story)[MOST_A_DAY + 1 :]] == [False] * 3
    assert story.build().next_at is None


def test_what_complainants_are_told_is_not_counted_among_notices() -> None:
    story = climbing(*(missed("complainant") for _ in range(12)), hours=1, at=local(3, 10))
    story.ticked(local(4, 10))
    facts = [fact for fact in story.facts if isinstance(fact, EscalationRaised)]
    assert [fact.withheld_until for fact in facts] == [None] * 12

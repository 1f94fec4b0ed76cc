"""Tasks: somebody is asked for something by a date, reminded, and answers; or it is not needed any more."""

from datetime import date, timedelta
from typing import Any

import pytest

from complaints.case.correspondence.letter import LetterKind, TaskStep
from complaints.case.workflow.tasks import Task, TaskAssigned, TaskCancelled, TaskEnd, TaskState
from complaints.casework.correspondence.messages import Message
from complaints.casework.outcome.classification import Classify
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.workflow.tasks import (
    MOST_OPEN,
    MOST_TASKS,
    AddTask,
    AnswerTask,
    CancelTask,
    CompleteTask,
    ReassignTask,
)
from complaints.handling.lifecycle import allowed_commands, decide
from complaints.letters.superseded import is_obsolete
from complaints.site.site import Checklist, ChecklistItem
from complaints.values.codes import Code, Codes
from complaints.values.errors import Invalid, NotFound, NotNow, TasksFull, Wrong
from complaints.values.field_types import Way
from complaints.values.people import UNIT, Role
from tests.builders import (
    ADA,
    FRIDAY,
    GRACE,
    MONDAY,
    QUINN,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Story,
    a_complaint,
    a_member,
    assign_to,
    context,
)

ON_WEDNESDAY = date(2026, 2, 4)


def ask(**fields: Any) -> AddTask:
    """Grace is asked what the driver noted, by Wednesday."""
    usual: dict[str, Any] = {"text": "What did the driver note?", "to": "grace", "due": ON_WEDNESDAY}
    return AddTask(**usual | fields)


def asked(*commands: AddTask) -> Story:
    """Ada's case with these tasks, or with one of Grace's."""
    story = a_complaint().received().acknowledged().does(ADA, assign_to("ada"), colleague=a_member("ada"))
    for command in commands or (ask(),):
        story.does(ADA, command, MONDAY, colleague=a_member(command.to) if command.to else None)
    return story


def tasks(story: Story) -> tuple[Task, ...]:
    return story.build().tasks


def wrong(story: Story, command: AddTask | ReassignTask, **colleague: Any) -> list[Wrong]:
    """What is wrong with a command; Grace is its colleague, with what is said of her."""
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), command, story.context(ADA, colleague=a_member("grace", **colleague)))
    return list(refusal.value.errors)


def notices(story: Story) -> list[tuple[str, str | None, TaskStep | None]]:
    """To whom the notices of tasks went, and what each tells."""
    return [
        (letter.to, letter.member, letter.step)
        for letter in story.cases.letters
        if letter.kind is LetterKind.TASK
    ]


def test_whoever_is_asked_gets_a_notice_and_the_answer_comes_back() -> None:
    story = asked()
    assert notices(story) == [("owner", "grace", TaskStep.ASKED)]
    story.does(GRACE, CompleteTask(answer="The box was wet."), TUESDAY)
    assert tasks(story)[0].state is TaskState.COMPLETED
    assert notices(story)[1:] == [("owner", "ada", TaskStep.ANSWERED)]


def test_without_a_colleague_the_team_is_asked() -> None:
    assert notices(asked(ask(to=None))) == [("team", None, TaskStep.ASKED)]


def test_nobody_is_written_to_about_what_they_did_themselves() -> None:
    story = asked(ask(to="ada"))
    story.does(ADA, CompleteTask(answer="I rang the driver."), TUESDAY)
    assert notices(story) == []


def test_each_reminder_is_raised_once() -> None:
    story = asked().ticked(TUESDAY)
    assert len(notices(story)) == 1
    for moment in (WEDNESDAY, WEDNESDAY, THURSDAY, THURSDAY, FRIDAY, FRIDAY):
        story.ticked(moment)
    assert notices(story)[1:] == [
        ("owner", "grace", TaskStep.DUE),
        ("owner", "ada", TaskStep.LATE),
        ("manager", None, TaskStep.LATE),
    ]


def test_the_schedule_looks_at_a_case_when_a_task_is_due() -> None:
    story = asked()
    first = tasks(story)[0].next_moment
    assert first
    assert first < WEDNESDAY
    story.does(GRACE, CompleteTask(answer="The box was wet."), TUESDAY)
    assert tasks(story)[0].next_moment is None


def test_a_task_that_ended_is_not_reminded_of() -> None:
    story = asked().does(ADA, CancelTask(reason="The driver rang."), TUESDAY).ticked(THURSDAY)
    assert tasks(story)[0].state is TaskState.CANCELLED
    assert len(notices(story)) == 1


def test_who_has_the_task_now_is_asked_and_reminded() -> None:
    story = (
        asked().does(GRACE, ReassignTask(to="quinn"), TUESDAY, colleague=a_member("quinn")).ticked(WEDNESDAY)
    )
    assert notices(story)[1:] == [("owner", "quinn", TaskStep.ASKED), ("owner", "quinn", TaskStep.DUE)]


def test_nothing_follows_when_a_task_is_given_to_who_has_it() -> None:
    story = asked()
    with_grace = story.context(ADA, colleague=a_member("grace"))
    assert decide(story.build(), ReassignTask(to="grace"), with_grace) == []


def test_a_notice_that_waited_is_not_sent_when_the_task_is_over_or_somebody_elses() -> None:
    story = asked()
    [notice] = [letter for letter in story.cases.letters if letter.kind is LetterKind.TASK]
    assert not is_obsolete(notice, story.build())
    story.does(GRACE, ReassignTask(to=None), TUESDAY)
    assert is_obsolete(notice, story.build())


def test_the_end_of_the_case_ends_its_tasks() -> None:
    story = asked().withdrawn()
    assert story.facts[-1] == TaskCancelled(
        at=story.facts[-1].at, by=story.facts[-1].by, id="1", because=TaskEnd.CASE_ENDED
    )
    assert "complete" not in allowed_commands(story.build(), story.context(ADA))


def item(text: str, days: int = 2) -> ChecklistItem:
    return ChecklistItem(text=text, days=days)


def abroad(**fields: Any) -> AddTask:
    """The courier is asked, who has no account."""
    return ask(**{"to": None, "unit": "Swift Couriers", "email": "claims@swift.example"} | fields)


def test_an_outside_unit_is_written_to_and_reminded_and_its_answer_is_news() -> None:
    story = asked(abroad())
    story.ticked(WEDNESDAY)
    sent = [letter for letter in story.cases.letters if letter.kind is LetterKind.REQUEST]
    assert [(letter.to, letter.step, letter.text_entry) for letter in sent] == [
        ("unit", TaskStep.ASKED, tasks(story)[0].entry),
        ("unit", TaskStep.DUE, tasks(story)[0].entry),
    ]
    assert not story.build().has_news
    story.does(UNIT, AnswerTask(task="1", answer="It was delivered at noon."), THURSDAY)
    assert tasks(story)[0].state is TaskState.COMPLETED
    assert story.build().has_news
    assert notices(story)[-1] == ("owner", "ada", TaskStep.ANSWERED)


def test_the_link_of_a_unit_opens_nothing_once_the_task_has_ended() -> None:
    story = asked(abroad())
    first = story.casework.task_access(story.case, tasks(story)[0])
    story.does(ADA, ReassignTask(unit="Rain Couriers", email="help@rain.example"))
    assert story.casework.task_access(story.case, tasks(story)[0]) != first
    story.does(ADA, CancelTask(reason="The driver rang."))
    with pytest.raises(NotFound):
        decide(story.build(), AnswerTask(task="1", answer="-"), story.context(UNIT))


def test_the_link_of_a_unit_lasts_thirty_days_longer_than_the_date() -> None:
    story = asked(abroad())
    answer = AnswerTask(task="1", answer="-")
    assert decide(story.build(), answer, story.context(UNIT, WEDNESDAY + timedelta(days=30)))
    with pytest.raises(NotFound):
        decide(story.build(), answer, story.context(UNIT, WEDNESDAY + timedelta(days=31)))


def test_a_unit_answers_nothing_that_a_colleague_was_asked() -> None:
    with pytest.raises(NotFound):
        decide(asked().build(), AnswerTask(task="1", answer="-"), context(UNIT))


def test_staff_hear_of_a_request_that_did_not_arrive_and_the_complainant_is_still_written_to() -> None:
    story = asked(abroad()).refused("request")
    assert story.cases.letters[-1].kind is LetterKind.FAILURE
    assert Way.MAIL in story.build().reach


def test_a_unit_has_a_name_an_address_and_is_no_colleague() -> None:
    story = asked()
    assert wrong(story, abroad(email="nobody")) == [Wrong("/email", "not-a-mail-address")]
    assert wrong(story, abroad(unit=None)) == [Wrong("/unit", "missing")]
    assert wrong(story, abroad(email=None)) == [Wrong("/email", "missing")]
    assert wrong(story, abroad(to="grace")) == [Wrong("/to", "colleague-or-unit")]


def test_all_that_is_wrong_is_named() -> None:
    story = asked()
    past = ask(due=date(2026, 2, 1))
    assert wrong(story, past, active=False) == [Wrong("/to", "not-a-colleague"), Wrong("/due", "past")]
    assert wrong(story, ask(due=date(2032, 2, 1))) == [Wrong("/due", "too-far")]
    assert wrong(story, ask(), roles=(Role.ADMIN,)) == [Wrong("/to", "not-a-colleague")]
    assert wrong(story, ReassignTask(to="quinn")) == [Wrong("/to", "not-a-colleague")]


def test_a_sensitive_case_asks_only_who_is_cleared() -> None:
    story = a_complaint(codes=Codes(categories=(Code(code="delivery.damaged", sensitive=True),))).received()
    assert wrong(story, ask()) == [Wrong("/to", "not-cleared")]
    story.does(ADA, ask(), colleague=a_member("grace", sensitive=True))
    assert tasks(story)[0].to == "grace"


def test_who_has_an_interest_in_the_case_is_not_asked_and_answers_nothing() -> None:
    story = asked().does(GRACE, Recuse(reason="My brother is the driver."))
    assert wrong(story, ask()) == [Wrong("/to", "not-independent")]
    assert "complete" not in allowed_commands(story.build(), story.context(GRACE))


def test_of_several_open_tasks_one_is_named() -> None:
    story = asked(ask(), ask(to=None))
    for command in (CompleteTask(answer="-"), CancelTask(reason="-"), ReassignTask()):
        with pytest.raises(Invalid) as refusal:
            decide(story.build(), command, story.context(ADA))
        assert refusal.value.errors == (Wrong("/task", "several-tasks"),)
    story.does(QUINN, CompleteTask(task="2", answer="It rained."))
    with pytest.raises(Invalid) as refusal:
        decide(story.build(), CompleteTask(task="2", answer="It rained."), story.context(ADA))
    assert refusal.value.errors == (Wrong("/task", "task-not-open"),)


def test_a_case_has_a_limit_of_open_tasks() -> None:
    story = asked(*(ask(to=None) for _ in range(MOST_OPEN)))
    with pytest.raises(TasksFull):
        decide(story.build(), ask(to=None), story.context(ADA))
    story.does(ADA, CancelTask(task="1", reason="Not needed."))
    assert "task" in allowed_commands(story.build(), story.context(ADA))


@pytest.mark.parametrize("command", [CompleteTask(answer="-"), CancelTask(reason="-"), ReassignTask()])
def test_without_an_open_task_there_is_nothing_to_end(command: CompleteTask) -> None:
    story = a_complaint().received()
    with pytest.raises(NotNow):
        decide(story.build(), command, story.context(ADA))


CHECKLISTS = (
    Checklist(
        category="delivery.damaged", items=(item("Ask for a photograph."), item("Ask the courier.", days=7))
    ),
    Checklist(items=(item("Look for earlier complaints."),)),
    Checklist(category="delivery.late", items=(item("Look up the tracking."),)),
)


def listed(story: Story) -> list[tuple[str, str | None, date]]:
    """What came of checklists: what is to be done, by whom, and until when."""
    found = (fact for fact in story.facts if isinstance(fact, TaskAssigned) and fact.checklist is not None)
    return [(fact.text, fact.to, fact.due) for fact in found]


def test_an_assessment_makes_tasks_of_the_checklists_of_the_category_once() -> None:
    story = a_complaint(checklists=CHECKLISTS).received().acknowledged().assigned("grace")
    assert listed(story) == []
    story.assessed()
    assert listed(story) == [
        ("Ask for a photograph.", "grace", date(2026, 2, 4)),
        ("Ask the courier.", "grace", date(2026, 2, 9)),
        ("Look for earlier complaints.", "grace", date(2026, 2, 4)),
    ]
    assert [task.id for task in tasks(story)] == ["1", "2", "3"]
    assert notices(story) == [], "items of a checklist stand in the list, and fill no mailbox"
    story.assessed(severity=1, note="She rang.")
    assert len(tasks(story)) == 3


def test_another_category_adds_its_own_checklist() -> None:
    story = a_complaint(checklists=CHECKLISTS).received().acknowledged().assessed()
    story.does(ADA, Classify(category="delivery.late", reason="It came late."))
    assert [text for text, _, _ in listed(story)][3:] == ["Look up the tracking."]


def test_another_category_writes_no_task_again_that_has_ended() -> None:
    ended, open_ = AddTask(text="Ended.", due=ON_WEDNESDAY), AddTask(text="Open.", due=ON_WEDNESDAY)
    story = a_complaint().received().does(ADA, ended).does(ADA, CompleteTask(answer="Done.")).does(ADA, open_)
    by_ada = story.context(ADA)
    facts = decide(story.build(), Classify(category="delivery.late", reason="It came late."), by_ada)
    written = story.casework.writing(story.case, facts, by_ada).tasks
    assert [(task.id, task.category) for task in written] == [("2", "delivery.late")]


def test_a_case_that_is_full_of_calls_takes_no_checklist() -> None:
    story = a_complaint(checklists=CHECKLISTS).received(email=None, phone="+90 212 000 00 00")
    for _ in range(MOST_TASKS + 1):
        story.does(ADA, Message(text="We looked."))
    assert listed(story.assessed()) == []


def test_a_reminder_of_an_item_comes_like_that_of_any_task() -> None:
    story = a_complaint(checklists=CHECKLISTS).received().acknowledged().assessed().ticked(WEDNESDAY)
    assert notices(story) == [("team", None, TaskStep.DUE)] * 2

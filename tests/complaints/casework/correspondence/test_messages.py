"""What is written to and fro: notes, messages, questions and their answers."""

from datetime import timedelta

import pytest

from complaints.case.correspondence.inbound_mail import MailJoined
from complaints.case.correspondence.letters import LetterPrepared
from complaints.case.correspondence.messages import InformationAsked, MessageReceived, MessageSent, NoteAdded
from complaints.case.deadlines import ClockPaused
from complaints.casework.correspondence.messages import (
    MESSAGES_A_DAY,
    MESSAGES_IN_ALL,
    Add,
    Ask,
    JoinMail,
    Message,
    Note,
    Resume,
)
from complaints.handling.lifecycle import decide
from complaints.values.errors import Forbidden, NotNow, TooMany
from complaints.values.field_types import Stage
from complaints.values.people import COMPLAINANT, MACHINE
from tests.builders import ADA, GRACE, MONDAY, QUINN, RUTH, TUESDAY, WEDNESDAY, a_complaint, context
from tests.stories import referred

WHICH = Ask(text="Which of the cups are broken?")
NEWS = Message(text="New cups are on their way.")
MORE = Add(text="And the lid.")


JOINS = JoinMail(
    mail=f"2026-03-05T15:00:00Z_{'0' * 64}", text="It is the blue one.", sender="ada@work.example"
)


def test_a_mail_joins_by_the_word_of_whoever_looked_at_it() -> None:
    (fact,) = decide(a_complaint().received().build(), JOINS, context(GRACE))
    assert fact == MailJoined(at=MONDAY, by=GRACE, mail=JOINS.mail, text=JOINS.text, sender=JOINS.sender)


def test_a_mail_that_joins_ends_the_wait_for_an_answer() -> None:
    story = a_complaint().received().does(ADA, WHICH)
    assert story.build().stage is Stage.AWAITING_COMPLAINANT
    after = story.does(ADA, JOINS).build()
    assert after.stage is Stage.RECEIVED
    assert after.has_news


def test_no_complainant_and_no_machine_lets_a_mail_join() -> None:
    for nobody in (COMPLAINANT, MACHINE):
        with pytest.raises(Forbidden):
            decide(a_complaint().received().build(), JOINS, context(nobody))


def test_a_note_is_written_at_any_time() -> None:
    for complaint in (a_complaint().received().build(), a_complaint().received().withdrawn().build()):
        (fact,) = decide(complaint, Note(text="Rang the courier."), context(QUINN))
        assert fact == NoteAdded(at=MONDAY, by=QUINN, text="Rang the courier.")


def test_a_note_changes_nothing_else() -> None:
    story = a_complaint().received()
    before = story.build()
    after = story.does(ADA, Note(text="Rang the courier.")).build()
    changed = {name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)}
    assert changed == {"number", "version", "seal"}


def test_a_message_goes_to_the_complainant() -> None:
    (fact,) = decide(a_complaint().received().build(), NEWS, context())
    assert fact == MessageSent(at=MONDAY, by=ADA, text=NEWS.text)
    assert decide(a_complaint().received().assessed().decided().responded().closed().build(), NEWS, context())
    assert decide(referred(), NEWS, context(RUTH))


def test_a_message_settles_the_news() -> None:
    story = a_complaint().received().wrote()
    assert story.build().has_news
    assert not story.does(ADA, NEWS).build().has_news


def test_nobody_writes_to_a_person_who_took_the_complaint_back() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().withdrawn().build(), NEWS, context())


@pytest.mark.parametrize(("command", "kind"), [(NEWS, "message"), (WHICH, "question")])
def test_a_person_without_an_address_is_written_to_on_paper(command: Ask | Message, kind: str) -> None:
    complaint = a_complaint().received(email=None, post="1 Rain Street").build()
    *_, prepared = decide(complaint, command, context())
    assert prepared == LetterPrepared(at=MONDAY, by=ADA, letter="000002.1", kind=kind)


def test_a_question_waits_for_the_complainant() -> None:
    facts = decide(a_complaint().received().acknowledged().build(), WHICH, context(RUTH))
    assert [type(fact) for fact in facts] == [InformationAsked, ClockPaused]
    assert a_complaint().received().asked().build().stage is Stage.AWAITING_COMPLAINANT


def test_the_answer_leads_back_to_where_the_question_was_asked() -> None:
    stages = {
        Stage.RECEIVED: a_complaint().received(),
        Stage.ACKNOWLEDGED: a_complaint().received().acknowledged(),
        Stage.ASSESSED: a_complaint().received().assessed(),
        Stage.INVESTIGATING: a_complaint().received().assessed().found(),
    }
    for stage, story in stages.items():
        assert story.asked().wrote().build().stage is stage
        assert story.asked().resumed().build().stage is stage


def test_work_goes_on_without_an_answer_and_says_why() -> None:
    facts = decide(a_complaint().received().asked().build(), Resume(reason="No answer."), context())
    assert getattr(facts[0], "reason", None) == "No answer."


def test_nothing_goes_on_that_does_not_wait() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().build(), Resume(reason="No answer."), context())


def test_nothing_else_is_asked_while_an_answer_is_awaited() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().asked().build(), WHICH, context())


def test_nothing_is_asked_while_the_decision_is_on_its_way() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().assessed().decided().issued().build(), WHICH, context())


def test_quality_asks_nobody() -> None:
    for command in (WHICH, NEWS, Resume(reason="No answer.")):
        with pytest.raises(Forbidden):
            decide(a_complaint().received().build(), command, context(QUINN))


def test_a_message_of_the_complainant_is_news() -> None:
    facts = decide(a_complaint().received().build(), MORE, context(COMPLAINANT, TUESDAY))
    assert facts == [MessageReceived(at=TUESDAY, by=COMPLAINANT, text=MORE.text, day=TUESDAY.date())]
    story = a_complaint().received().wrote()
    assert story.build().has_news
    assert story.build().stage is Stage.RECEIVED


def test_a_message_after_closing_is_news_and_opens_nothing() -> None:
    complaint = a_complaint().received().assessed().decided().responded().closed().wrote().build()
    assert complaint.has_news
    assert complaint.stage is Stage.CLOSED


def test_whoever_took_the_complaint_back_writes_no_more() -> None:
    with pytest.raises(NotNow):
        decide(a_complaint().received().withdrawn().build(), MORE, context(COMPLAINANT))


def test_twenty_messages_a_day_are_taken_and_no_more() -> None:
    story = a_complaint().received()
    for _ in range(MESSAGES_A_DAY):
        story.wrote()
    with pytest.raises(TooMany) as refusal:
        story.wrote()
    assert refusal.value.retry_after == timedelta(days=1).total_seconds()
    assert story.wrote(at=TUESDAY).build().post.in_all == 21


def test_the_day_of_a_message_is_that_of_the_site() -> None:
    """Midnight in Istanbul is nine in the evening of UTC."""
    story = a_complaint().received()
    before_midnight = MONDAY.replace(hour=20, minute=59)
    for _ in range(MESSAGES_A_DAY):
        story.wrote(at=before_midnight)
    assert story.wrote(at=before_midnight + timedelta(minutes=1)).build().post.that_day == 1


def test_two_hundred_messages_are_taken_in_all() -> None:
    story = a_complaint().received()
    for number in range(MESSAGES_IN_ALL):
        story.wrote(at=MONDAY + timedelta(days=number // MESSAGES_A_DAY))
    with pytest.raises(TooMany):
        story.wrote(at=MONDAY + timedelta(days=300))


def test_the_last_twenty_messages_are_at_hand() -> None:
    """A view reads these entries, and no others."""
    story = a_complaint().received().does(ADA, NEWS).asked()
    for day in (TUESDAY, WEDNESDAY):
        for _ in range(10):
            story.wrote(at=day)
    assert story.build().recent == tuple(range(4, 24))

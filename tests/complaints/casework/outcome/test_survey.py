"""The survey about the handling (clause 8.3): who is asked, when, and how often; one may answer it once."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from complaints.case.clock import Clock
from complaints.case.correspondence.letter import Letter
from complaints.case.outcome.survey import (
    OPEN_FOR,
    SurveyAnswered,
    SurveyDeclined,
    SurveySent,
    SurveyTextCleared,
)
from complaints.casework.correspondence.letters import LetterRefused
from complaints.casework.correspondence.lost_link import ChangeLink
from complaints.casework.outcome.survey import AnswerSurvey, ClearSurveyText, DeclineSurvey
from complaints.casework.people.vulnerability import told_to
from complaints.casework.process.closing import Close, Reopen
from complaints.casework.process.escalation import Answer
from complaints.handling import verify_chain
from complaints.handling.replay import replayed
from complaints.letters.superseded import is_obsolete
from complaints.promise_packs.schema import SURVEY
from complaints.values.errors import Forbidden, Invalid, NotNow, Wrong
from complaints.values.field_types import ClosingReason, LinkChange, Outcome, Way
from complaints.values.people import COMPLAINANT, MACHINE, Actor, Role
from tests.builders import (
    ADA,
    FRIDAY,
    MONDAY,
    NOTHING,
    RUTH,
    THURSDAY,
    TUESDAY,
    Story,
    a_complaint,
    decide_to,
)
from tests.complaints.clocks.changed_terms import working
from tests.complaints.later_situations import surveyed
from tests.complaints.situations import OWN

ANSWERS = OWN["survey"]
LONG_AFTER = MONDAY + timedelta(days=14)


def responded() -> Story:
    """Answered on Monday, with all promises of the default pack."""
    return a_complaint(whole=True).received().acknowledged().assessed().decided(NOTHING).responded()


def closed() -> Story:
    """Closed on Monday at ten in the morning."""
    return responded().accepted()


def survey_clocks(story: Story) -> list[Clock]:
    return [clock for clock in story.build().clocks if clock.purpose == SURVEY]


def invitations(story: Story) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind == "survey"]


def count(story: Story, kind: type[object]) -> int:
    return sum(isinstance(fact, kind) for fact in story.facts)


def test_nobody_is_asked_before_the_end() -> None:
    story = responded()
    assert survey_clocks(story) == []
    assert invitations(story.ticked(LONG_AFTER)) == []


def test_the_invitation_leaves_two_business_days_after_closing() -> None:
    story = closed()
    assert story.build().next_at == datetime.fromisoformat("2026-02-04T13:12:00+03:00")
    assert invitations(story.ticked(MONDAY + timedelta(days=2))) == []
    story.ticked(THURSDAY).ticked(FRIDAY)
    (letter,) = invitations(story)
    assert (letter.to, letter.on_paper, letter.answer_by) == ("complainant", False, THURSDAY + OPEN_FOR)


def test_the_promise_is_kept_when_the_mail_service_took_it() -> None:
    story = closed().ticked(THURSDAY)
    assert [clock.stopped_at for clock in survey_clocks(story)] == [None]
    story.taken("survey", FRIDAY)
    assert [(clock.stopped_at, clock.in_time) for clock in survey_clocks(story)] == [(FRIDAY, True)]
    assert story.build().next_at is None


def test_of_shorter_hours_nobody_is_told_who_handled_the_case() -> None:
    story = closed()
    story.terms = working({"mon": (("09:00", "12:00"),)})
    story.ticked(TUESDAY)
    assert [letter for letter in story.cases.letters if letter.earlier] == []


@pytest.mark.iso10002("8.3 satisfaction with the process: asked")
def test_who_was_not_upheld_is_asked_as_well() -> None:
    story = a_complaint(whole=True).received().acknowledged().assessed()
    story.does(ADA, decide_to(Outcome.NOT_UPHELD, remedies=())).responded().accepted()
    assert len(invitations(story.ticked(THURSDAY))) == 1


def test_a_case_that_is_reopened_is_not_asked_about() -> None:
    story = closed().does(RUTH, Reopen(reason="She rang again."), TUESDAY)
    assert [clock.stopped_at for clock in survey_clocks(story)] == [TUESDAY]
    assert invitations(story.ticked(FRIDAY)) == []


def test_one_that_ends_again_is_asked_about_after_that_end() -> None:
    story = responded().ticked(MONDAY + timedelta(days=25)).ticked(MONDAY + timedelta(days=31))
    later = story.now + timedelta(days=1)
    story.does(COMPLAINANT, Answer(accepts=True), later)
    assert [(clock.run, clock.started_at) for clock in survey_clocks(story)][1:] == [(2, later)]
    assert survey_clocks(story)[0].stopped_at == later


def test_an_invitation_that_waited_until_the_case_was_reopened_does_not_leave() -> None:
    story = closed().ticked(THURSDAY)
    letter = story.letter("survey")
    assert not is_obsolete(letter, story.build())
    assert is_obsolete(letter, story.does(RUTH, Reopen(reason="She rang again.")).build())


def test_no_later_end_asks_again() -> None:
    story = surveyed().does(RUTH, Reopen(reason="She rang again."), FRIDAY).decided().responded().accepted()
    assert len(survey_clocks(story)) == 1
    assert len(invitations(story.ticked(LONG_AFTER))) == 1


def test_an_invitation_that_went_twice_was_sent_once() -> None:
    assert count(surveyed().taken("survey", FRIDAY), SurveySent) == 1


@pytest.mark.parametrize("reason", [ClosingReason.ABUSIVE, ClosingReason.UNIDENTIFIABLE])
def test_who_was_abusive_or_is_nobody_is_not_asked(reason: ClosingReason) -> None:
    story, close = a_complaint(whole=True).received(), Close(reason=reason)
    story.does(ADA, close).does(RUTH, close)
    assert story.build().ended_because == reason
    assert survey_clocks(story) == []


def test_who_withdrew_is_not_asked() -> None:
    assert survey_clocks(responded().withdrawn()) == []


def test_who_has_no_mail_is_not_asked_and_quality_hears_of_no_breach() -> None:
    story = a_complaint(whole=True).received(email=None, post="1 Rain Street").assessed().decided()
    story.issued().posted("resolution", MONDAY).closed()
    assert survey_clocks(story) == []
    assert Way.MAIL not in story.build().reach


def test_a_dead_address_ends_the_wait() -> None:
    story = closed()
    lost = LetterRefused(letter="000001.1", kind="closing", reason="gone", address_fails=True)
    story.does(MACHINE, lost, TUESDAY).ticked(LONG_AFTER)
    assert [(clock.stopped_at, clock.missed) for clock in survey_clocks(story)] == [(TUESDAY, False)]
    assert invitations(story) == []


def test_who_has_no_link_is_not_asked() -> None:
    withdrawn = ChangeLink(change=LinkChange.WITHDRAW, reason="Her brother reads it.")
    before = responded().does(ADA, withdrawn).accepted().ticked(LONG_AFTER)
    assert (survey_clocks(before), invitations(before)) == ([], [])
    after = closed().does(ADA, withdrawn, TUESDAY).ticked(LONG_AFTER)
    assert [(clock.stopped_at, clock.missed) for clock in survey_clocks(after)] == [(TUESDAY, False)]
    assert invitations(after) == []


def test_an_invitation_that_waits_is_not_sent_without_a_link() -> None:
    story = closed().ticked(THURSDAY)
    (letter,) = invitations(story)
    assert not is_obsolete(letter, story.build())
    story.does(ADA, ChangeLink(change=LinkChange.WITHDRAW, reason="Her brother reads it."), THURSDAY)
    assert is_obsolete(letter, story.build())


def test_an_invitation_that_never_leaves_is_told_to_quality_and_to_nobody_at_the_desk() -> None:
    story = closed().ticked(THURSDAY).refused("survey").ticked(LONG_AFTER)
    found = [letter.to for letter in story.cases.letters if letter.kind == "escalation"]
    assert (found, survey_clocks(story)[0].missed) == (["quality"], True)
    assert (story.build().binding_clock, story.build().is_in_work) == (None, False)


def test_it_is_answered_once() -> None:
    story = surveyed().does(COMPLAINANT, ANSWERS)
    assert isinstance(story.facts[-1], SurveyAnswered)
    for again in (ANSWERS, DeclineSurvey()):
        with pytest.raises(NotNow):
            story.does(COMPLAINANT, again)


def test_who_declined_is_asked_for_nothing_more() -> None:
    story = surveyed().does(COMPLAINANT, DeclineSurvey())
    assert isinstance(story.facts[-1], SurveyDeclined)
    with pytest.raises(NotNow):
        story.does(COMPLAINANT, ANSWERS)


QUINN = Actor("staff", "quinn", (Role.QUALITY,))


WRITTEN = "Mr Miller called, and called again."


def cleared(text: str | None, by: Actor = QUINN, later: timedelta = timedelta()) -> Story:
    """Free words of an answer are looked at, so much later."""
    story = surveyed().does(COMPLAINANT, replace(ANSWERS, text=WRITTEN))
    asked = story.context(by)
    passage = story.passage(story.build().number)
    context = replace(asked, now=asked.now + later, passage=passage)
    story.casework.carry_out(story.case, ClearSurveyText(text=text), context)
    return story


def test_what_may_be_read_of_free_words_is_on_record_and_nothing_was_changed_but_removed() -> None:
    story = cleared("[…] called, and called again.")
    survey = story.build().survey
    assert survey is not None
    assert (survey.text_entry, survey.cleared_entry) == (story.build().number - 1, story.build().number)
    last = story.facts[-1]
    assert isinstance(last, SurveyTextCleared)
    assert (last.text, last.by.id) == ("[…] called, and called again.", "quinn")
    assert replayed(story.reference, story.cases.entries(story.reference)) == story.build()


@pytest.mark.parametrize(
    "text",
    [
        "Mr Miller […] again.",
        "[…]",
        "Mr […] called, […] again.",
        "Mr Miller called, and called again.",
        "[…].",
    ],
)
def test_words_are_taken_out_anywhere(text: str) -> None:
    assert cleared(text).build().survey is not None


@pytest.mark.parametrize(
    "text",
    ["He called, and called again.", "[…] rang.", f"{WRITTEN}[…]!", "Mr[…]Mr[…]"],
)
def test_s13_nobody_puts_words_into_the_mouth_of_who_answered(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        cleared(text)
    assert refused.value.errors == (Wrong("/text", "not-what-was-written"),)


def test_free_words_can_be_kept_back_later_too_and_nobody_but_quality_looks_at_them() -> None:
    story = cleared("Mr Miller called, and called again.")
    context = replace(story.context(QUINN), passage=story.passage(story.build().number - 1))
    story.casework.carry_out(story.case, ClearSurveyText(), context)
    survey = story.build().survey
    assert survey is not None
    assert (survey.cleared_entry, survey.looked_at) == (0, story.now)
    for by in (ADA, RUTH, COMPLAINANT, MACHINE):
        with pytest.raises(Forbidden):
            cleared(None, by)


@pytest.mark.parametrize("by", [ADA, RUTH, QUINN])
def test_s111_nobody_is_told_beside_a_case_that_its_words_were_looked_at(by: Actor) -> None:
    (fact,) = (fact for fact in cleared(WRITTEN).facts if isinstance(fact, SurveyTextCleared))
    assert told_to(by, [(1, fact)]) == []


def test_there_is_nothing_to_look_at_without_words() -> None:
    story = surveyed().does(COMPLAINANT, replace(ANSWERS, text=None))
    with pytest.raises(NotNow):
        story.does(QUINN, ClearSurveyText())


def test_it_is_open_for_thirty_days_and_no_second_longer() -> None:
    last = THURSDAY + timedelta(days=30)
    with pytest.raises(NotNow):
        surveyed().does(COMPLAINANT, ANSWERS, last + timedelta(seconds=1))
    assert count(surveyed().does(COMPLAINANT, ANSWERS, last), SurveyAnswered) == 1


def test_nobody_answers_what_was_not_asked() -> None:
    with pytest.raises(NotNow):
        closed().does(COMPLAINANT, AnswerSurvey(easy=1, respect=1, understood=1, time=1))


def test_an_auditor_sees_that_it_was_answered_and_not_what() -> None:
    story = surveyed().does(COMPLAINANT, ANSWERS)
    found = verify_chain.shown(story.cases.entries(story.reference)[-1])["facts"]
    assert found == [{"fact": "SurveyAnswered", "at": "2026-02-05T07:00:00Z", "by": {"kind": "complainant"}}]

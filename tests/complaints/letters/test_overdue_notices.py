"""What complainants are told of a promise that may be late, or is."""

from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec.structs import replace

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.promise_packs.schema import Rung
from tests.builders import OMBUDSMAN, RESPOND, Story, a_complaint
from tests.complaints.clocks.country_packs import under

WARNING = Rung(when="before", share_left=0.1, to="complainant")
A_MINUTE, TWO_DAYS, A_WEEK = timedelta(minutes=1), timedelta(days=2), timedelta(days=7)


def letters(story: Story, kind: LetterKind) -> list[Letter]:
    return [letter for letter in story.cases.letters if letter.kind is kind]


def due_under(story: Story, pack: str) -> datetime:
    return next(
        clock.due for clock in story.build().clocks if (clock.pack, clock.purpose) == (pack, "respond")
    )


def received(pack: str) -> tuple[Story, datetime]:
    """A complaint under a pack, and when its response is due by it."""
    story = under(pack).received().acknowledged()
    return story, due_under(story, pack)


def with_steps(*rungs: Rung, **site: Any) -> Story:
    """A case whose response has these steps only."""
    story = a_complaint(**site)
    (default,) = story.terms.packs
    clocks = tuple(
        replace(clock, escalates=rungs) if clock.id == "respond" else clock for clock in default.clocks
    )
    story.terms = replace(story.terms, packs=(replace(default, clocks=clocks),))
    return story.received().acknowledged().assessed()


def told_when_missed(to: Literal["complainant", "external_signpost"]) -> Story:
    """A response is late, of which the pack tells one reader only."""
    story = with_steps(Rung(when="missed", to=to))
    return story.ticked(story.build().clock(RESPOND).due + A_MINUTE)


def test_a_date_that_may_be_missed_is_told_before_it_is() -> None:
    story = with_steps(WARNING, external_body=OMBUDSMAN)
    due = story.build().clock(RESPOND).due
    story.ticked(due - TWO_DAYS)
    (letter,) = letters(story, LetterKind.PROGRESS)
    assert (letter.to, letter.clock, letter.due, letter.late) == ("complainant", "respond", due, False)
    assert letter.external_body == OMBUDSMAN


def test_a_date_that_was_missed_is_told_with_where_to_go_now() -> None:
    story, due = received("tr-insurance")
    story.ticked(due + A_WEEK)
    (letter,) = letters(story, LetterKind.SIGNPOST)
    assert letter.late
    assert letter.external_body
    assert letter.external_body.name == "Sigorta Tahkim Komisyonu"


def test_a_letter_about_lateness_goes_once() -> None:
    story = with_steps(WARNING, Rung(when="missed", to="external_signpost"), external_body=OMBUDSMAN)
    due = story.build().clock(RESPOND).due
    for moment in (due - TWO_DAYS, due - A_MINUTE, due + A_WEEK, due + A_WEEK):
        story.ticked(moment)
    assert [len(letters(story, kind)) for kind in (LetterKind.PROGRESS, LetterKind.SIGNPOST)] == [1, 1]


def test_nobody_is_told_of_a_body_when_the_response_came_in_time() -> None:
    story, due = received("tr-insurance")
    story.assessed().decided().responded().ticked(due + A_WEEK)
    assert letters(story, LetterKind.SIGNPOST) == []


def test_a_body_that_a_pack_can_only_describe_is_that_of_the_site_or_has_no_name() -> None:
    for body in (OMBUDSMAN, None):
        story = under("eu-psd2", external_body=body).received().acknowledged()
        story.ticked(due_under(story, "eu-psd2") + A_WEEK)
        (letter,) = letters(story, LetterKind.SIGNPOST)
        assert letter.external_body == body


def test_without_any_body_outside_the_team_is_told_that_the_complainant_cannot_be() -> None:
    story = told_when_missed("external_signpost")
    assert letters(story, LetterKind.SIGNPOST) == []
    assert [letter.to for letter in letters(story, LetterKind.ESCALATION) if letter.clock == "respond"] == [
        "team"
    ]


def test_a_missed_date_is_told_also_where_there_is_nowhere_else_to_go() -> None:
    (letter,) = letters(told_when_missed("complainant"), LetterKind.PROGRESS)
    assert (letter.late, letter.external_body) == (True, None)

"""Who was not trained neither decides, approves nor reviews, where the site asks for it (ISO 10002, 4)."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from complaints.casework.competence import NOTICE, ending_soon, lacking_of, topics_for, topics_of_role
from complaints.casework.outcome.decision import Approve
from complaints.casework.process.investigation import Find
from complaints.values.competence import Competence, Lacking, Topic
from complaints.values.errors import CompetenceNeeded
from complaints.values.people import Role
from tests.builders import ADA, DEMO, FOUND, FRIDAY, MONDAY, RUTH, Story, decide_to, refund

TODAY = MONDAY.date()
DAY = timedelta(days=1)


def examined(**asked: tuple[Topic, ...]) -> Story:
    """A case that is ready to be decided, at a site that asks for these topics."""
    return Story(replace(DEMO, **asked)).received().acknowledged().assessed()


def refused(story: Story, by: object = ADA) -> tuple[Lacking, ...]:
    with pytest.raises(CompetenceNeeded) as refusal:
        story.does(by, decide_to())  # type: ignore[arg-type]
    return refusal.value.lacking


def test_where_the_site_says_nothing_anybody_decides() -> None:
    assert examined().decided().build().decision


def test_who_has_no_record_does_not_decide_and_learns_which() -> None:
    story = examined(decision_topics=(Topic.LAW, Topic.PROCEDURE))
    story.trained = {"ada": (Competence(Topic.PROCEDURE),)}
    assert refused(story) == (Lacking(Topic.LAW),)


def test_a_record_holds_on_its_last_day_and_not_on_the_next() -> None:
    story = examined(decision_topics=(Topic.LAW,))
    story.trained = {"ada": (Competence(Topic.LAW, TODAY),)}
    assert story.decided().build().decision
    later = examined(decision_topics=(Topic.LAW,))
    later.trained = {"ada": (Competence(Topic.LAW, TODAY - DAY),)}
    assert refused(later) == (Lacking(Topic.LAW, TODAY - DAY),)


def test_the_day_is_that_of_the_site() -> None:
    story = examined(decision_topics=(Topic.LAW,))
    story.trained = {"ada": (Competence(Topic.LAW, TODAY),)}
    story.now = MONDAY.replace(hour=22)
    assert refused(story) == (Lacking(Topic.LAW, TODAY),), "after midnight in Istanbul"


def test_a_refusal_names_what_may_be_asked_instead() -> None:
    story = examined(decision_topics=(Topic.LAW,))
    with pytest.raises(CompetenceNeeded) as refusal:
        story.decided()
    assert "note" in refusal.value.allowed
    assert "decide" not in refusal.value.allowed


@pytest.mark.iso10002("4 competence: decides")
def test_whoever_approves_needs_other_topics_than_whoever_decides() -> None:
    story = examined(approval_topics=(Topic.LAW,)).decided(refund("900"))
    with pytest.raises(CompetenceNeeded) as refusal:
        story.does(RUTH, Approve())
    assert refusal.value.lacking == (Lacking(Topic.LAW),)
    story.trained = {"ruth": (Competence(Topic.LAW),)}
    assert story.approved().build().decision


@pytest.mark.iso10002("4 competence: decides")
def test_a_review_needs_its_own_topics() -> None:
    story = examined(review_topics=(Topic.LISTENING,)).decided().responded().disagreed()
    assert story.build().level == 2
    with pytest.raises(CompetenceNeeded):
        story.does(RUTH, Find(**FOUND), FRIDAY)
    story.trained = {"ruth": (Competence(Topic.LISTENING, FRIDAY.date()),)}
    story.does(RUTH, Find(**FOUND), FRIDAY)


def test_topics_are_named_once_in_the_order_of_the_site() -> None:
    site = replace(DEMO, decision_topics=(Topic.LAW, Topic.SYSTEM), review_topics=(Topic.SAFETY, Topic.LAW))
    assert topics_for("decide", 2, site) == (Topic.LAW, Topic.SYSTEM, Topic.SAFETY)
    assert topics_for("decide", 1, site) == topics_for("decide", 3, site) == (Topic.LAW, Topic.SYSTEM)
    assert topics_for("note", 2, site) == ()
    assert topics_of_role(Role.REVIEWER, site) == (Topic.LAW, Topic.SYSTEM, Topic.SAFETY)
    assert topics_of_role(Role.AGENT, site) == (Topic.LAW, Topic.SYSTEM)
    assert topics_of_role(Role.AUDITOR, site) == ()


def test_the_longest_record_of_a_topic_counts() -> None:
    held = (Competence(Topic.LAW, date(2026, 1, 1)), Competence(Topic.LAW, date(2026, 3, 1)))
    assert list(lacking_of([Topic.LAW], held, date(2026, 3, 1))) == []
    assert list(lacking_of([Topic.LAW], held, date(2026, 3, 2))) == [Lacking(Topic.LAW, date(2026, 3, 1))]


@pytest.mark.parametrize(
    ("days", "is_told"), [(-1, False), (0, True), (NOTICE.days, True), (NOTICE.days + 1, False)]
)
def test_who_has_a_record_is_warned_from_thirty_days_before_its_end(days: int, is_told: bool) -> None:
    site = replace(DEMO, approval_topics=(Topic.LAW,))
    held = (Competence(Topic.LAW, TODAY + days * DAY), Competence(Topic.SAFETY, TODAY))
    assert bool(list(ending_soon(site, held, TODAY))) is is_told


def test_nobody_is_warned_of_a_record_beside_one_that_lasts() -> None:
    site = replace(DEMO, approval_topics=(Topic.LAW,))
    assert list(ending_soon(site, [Competence(Topic.LAW, TODAY), Competence(Topic.LAW)], TODAY)) == []

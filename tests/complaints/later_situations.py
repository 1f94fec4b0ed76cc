"""Where a case can stand once it is heard again, and with staff who may take no part in it."""

from collections.abc import Callable
from datetime import date

from complaints.casework.outcome.points import AddPoint
from complaints.casework.outcome.remedies import Record
from complaints.casework.people.conflicts_of_interest import Recuse
from complaints.casework.process.closing import Reopen
from complaints.casework.workflow.tasks import AddTask
from tests.builders import ADA, MONDAY, QUINN, REX, RUTH, THURSDAY, Story, a_complaint, a_member, refund
from tests.complaints.situations import TRAIN, assessed, closed, escalated, found, referred, reviewed


def review_found() -> Story:
    """In investigation at level 2, and nothing is decided again."""
    return escalated().found()


def review_decided() -> Story:
    """Rex decided at level 2, and nobody's agreement is missing."""
    return escalated().decided(by=REX)


def review_unapproved() -> Story:
    """Rex decided at level 2 on something that a second person has to agree to."""
    return escalated().decided(refund("900"), by=REX)


def review_issued() -> Story:
    """The second decision is handed to the mail, which has not taken it."""
    return review_decided().issued()


def review_asked() -> Story:
    return escalated().asked()


def review_closed() -> Story:
    return reviewed().accepted()


def review_withdrawn() -> Story:
    return escalated().withdrawn()


def outside_closed() -> Story:
    """The external body has decided."""
    decided = Record(event="external_decided", at=MONDAY, evidence="Letter of the ombudsman.")
    return referred().does(RUTH, decided)


def outside_withdrawn() -> Story:
    return referred().withdrawn()


def reopened() -> Story:
    return closed().does(RUTH, Reopen(reason="She rang again."))


def recused() -> Story:
    """Ada and Ruth have an interest in the case."""
    story, interest = assessed(), Recuse(reason="My brother drives for the courier.")
    return story.does(ADA, interest).does(RUTH, interest)


def own() -> Story:
    """Ruth decided on something that a second person has to agree to."""
    return found().decided(refund("900"), by=RUTH)


def barred() -> Story:
    """Ada decided at level 1, Ruth agreed, and it is heard again."""
    return found().decided(refund("900")).approved().issued().taken("resolution").disagreed()


def improving() -> Story:
    """Closed, and Grace has to see to it that it does not happen again."""
    return closed().does(QUINN, TRAIN, colleague=a_member("grace"))


def surveyed() -> Story:
    """Closed, and the complainant was asked how it was handled."""
    story = a_complaint(whole=True).received().acknowledged().assessed().decided().responded().accepted()
    return story.ticked(THURSDAY).taken("survey")


def tasked() -> Story:
    """Assessed, and Grace is asked for something."""
    asking = AddTask(text="What did the driver note?", to="grace", due=date(2026, 3, 30))
    return assessed().does(ADA, asking, colleague=a_member("grace"))


def in_points() -> Story:
    """In investigation, and one point of it is named."""
    return found().does(ADA, AddPoint(text="Two cups are broken."))


def alarmed() -> Story:
    """Received, and somebody is in danger; no immediate action is recorded."""
    return a_complaint().received(danger=True)


LATER: dict[str, Callable[[], Story]] = {
    situation.__name__: situation
    for situation in (
        review_found, review_decided, review_unapproved, review_issued, review_asked, review_closed,
        review_withdrawn, outside_closed, outside_withdrawn, reopened, recused, own, barred, improving,
        surveyed, tasked, in_points, alarmed,
    )
}  # fmt: skip

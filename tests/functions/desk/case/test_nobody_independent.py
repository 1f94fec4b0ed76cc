"""Who looks at a review that the person must not do is told whether anybody else can do it."""

from collections.abc import Sequence
from datetime import datetime

from complaints.site.site import SiteTerms
from complaints.values.people import Actor, Member, Role
from functions.use_cases.cases.case_view import case_context
from tests.builders import ADA, GRACE, MONDAY, RUTH, TERMS, Story, a_member
from tests.stories import responded


class Desk:
    """A site and those who work there."""

    def __init__(self, *members: Member) -> None:
        self.sites = self.members = self
        self._members = members

    def now(self) -> datetime:
        return MONDAY

    def terms(self, site: str) -> SiteTerms:
        return TERMS

    def known(self, now: datetime) -> Sequence[Member]:
        return self._members


def is_alone(story: Story, by: Actor, *members: Member) -> bool:
    return case_context(Desk(*members), story.case, by).nobody_independent  # type: ignore[arg-type]


def test_a_review_that_nobody_can_do_is_known_as_such() -> None:
    review = responded().disagreed()
    ada = a_member("ada", roles=(Role.AGENT, Role.REVIEWER))
    assert is_alone(review, ADA, ada)
    assert is_alone(review, GRACE, ada, a_member("grace"))
    ruth = a_member("ruth", roles=(Role.REVIEWER,))
    assert not is_alone(review, ADA, ada, ruth)
    assert not is_alone(review, RUTH, ada, ruth)
    assert not is_alone(responded(), ADA, ada)

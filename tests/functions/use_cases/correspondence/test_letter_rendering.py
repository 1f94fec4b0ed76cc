"""What a letter says of a review, by who works at the site."""

from collections.abc import Collection, Sequence
from datetime import datetime
from types import SimpleNamespace

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.values.people import Member, Role
from functions.use_cases.correspondence.letter_rendering import preview
from tests.builders import MONDAY, TERMS, Story, a_member
from tests.mail.letters import MAILROOM, TEMPLATES
from tests.stories import responded


class Office:
    """What letters of one case are written with, at a site where these members work."""

    def __init__(self, story: Story, *members: Member) -> None:
        self.messages = self.members = self
        self.letter_renderer = MAILROOM
        self.catalogues = Catalogues(TEMPLATES / "locale")
        self.settings = SimpleNamespace(url="https://complaints.example.org", inbound_domain=None)
        self._story, self._members = story, members

    def now(self) -> datetime:
        return MONDAY

    def known(self, now: datetime) -> Sequence[Member]:
        return self._members

    def of_entries(
        self, reference: str, numbers: Collection[int], *, with_identity: bool = False
    ) -> Sequence[StoredEntry]:
        return [entry for entry in self._story.cases.entries(reference) if entry.number in numbers]


def text_of(story: Story, kind: str, *members: Member) -> str:
    office = Office(story, *members)
    rendered, _ = preview(office, story.letter(kind), story.build(), TERMS, [])  # type: ignore[arg-type]
    return rendered.text


@pytest.mark.parametrize("kind", ["resolution", "review"])
def test_a_site_of_one_person_promises_no_colleague(kind: str) -> None:
    story = responded().disagreed()
    ada = a_member("ada", roles=(Role.AGENT, Role.REVIEWER))
    ruth = a_member("ruth", roles=(Role.REVIEWER,))
    assert "A colleague who had no part" in text_of(story, kind, ada, ruth)
    alone = text_of(story, kind, ada)
    assert "A colleague" not in alone
    assert "It may be the same person" in alone

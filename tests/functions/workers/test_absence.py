"""Notices while their owner is away: they come at once to whoever stands in, and say whom they are for."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from complaints.settings.commands import ChangeMember
from complaints.settings.setting import Kind
from complaints.values.people import Absence, Role
from infrastructure.local.seed import surroundings
from tests.functions.digest_steps import DENIZ, opens_next, pass_time, reminded, settle, states, wishes
from tests.functions.workers.test_digests import TEAM, Mailbox
from tests.installation import House, opened

KIM = "kim@staff.example"


@pytest.fixture
def house(table: str) -> Iterator[House]:
    with opened(table, post=Mailbox()) as house:
        yield house


def mails(house: House, reader: str) -> list[str]:
    """What a reader was told."""
    post = house.world.post
    assert isinstance(post, Mailbox)
    return post.to(reader)


def goes_away(house: House, since: datetime, name: str = "Deniz", stand_in: str = "Kim") -> None:
    """Somebody who wishes for a digest is away for a month."""
    away = Absence(since=since.date(), until=date(since.year, since.month + 1, since.day), stand_in=stand_in)
    change = ChangeMember(
        name=name,
        email=f"{name.lower()}@staff.example",
        roles=(Role.AGENT,),
        sites=("demo",),
        digest=True,
        away=away,
        reason="On leave.",
    )
    setting = house.world.registry.load(Kind.MEMBER, name)
    house.world.office.carry_out(setting, change, surroundings(house.world))


def test_whoever_stands_in_is_told_at_once_whatever_both_wish(house: House) -> None:
    wishes(house, "Kim", email=KIM)
    goes_away(house, house.clock.moment)
    cases = reminded(house, "k-1", "k-2")
    assert [sum(name in text for text in mails(house, KIM)) for name in cases] == [1, 1]
    assert all("for Deniz, who is away until" in text for text in mails(house, KIM))
    assert (mails(house, DENIZ), states(house, cases)) == ([], ["sent"] * 2)


def test_a_digest_that_meets_an_absence_is_told_to_whoever_stands_in(house: House) -> None:
    wishes(house)
    cases = reminded(house, "k-1", "k-2")
    opening = opens_next(house)
    goes_away(house, opening)
    pass_time(house, opening)
    settle(house)
    assert (mails(house, DENIZ), len(mails(house, KIM))) == ([], 2)
    assert states(house, cases) == ["sent"] * 2


def test_the_team_is_told_where_whoever_stands_in_is_away_too(house: House) -> None:
    goes_away(house, house.clock.moment)
    goes_away(house, house.clock.moment, "Kim", "Robin")
    reminded(house, "k-1")
    (text,) = mails(house, TEAM)
    assert "for Deniz, who is away until" in text
    assert mails(house, KIM) == []

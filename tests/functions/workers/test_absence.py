"""Notices while their owner is away: they come at once to whoever stands in, and say whom they are for."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from complaints.settings.member_commands import (
    ChangeMember,
)
from complaints.settings.setting import SettingKind
from complaints.values.people import Absence, Role
from infrastructure.local.seed import surroundings
from tests.functions.digest_steps import DENIZ, opens_next, pass_time, reminded, settle, states, wishes
from tests.functions.workers.letters.test_digests import TEAM, Mailbox
from tests.installation import Installation, opened

KIM = "kim@staff.example"


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table, mail_sender=Mailbox()) as installation:
        yield installation


def mails(installation: Installation, reader: str) -> list[str]:
    """What a reader was told."""
    post = installation.world.mail_sender
    assert isinstance(post, Mailbox)
    return post.to(reader)


def goes_away(
    installation: Installation, since: datetime, name: str = "Deniz", stand_in: str = "Kim"
) -> None:
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
    setting = installation.world.settings_store.load(SettingKind.MEMBER, name)
    installation.world.settings_service.carry_out(setting, change, surroundings(installation.world))


def test_whoever_stands_in_is_told_at_once_whatever_both_wish(installation: Installation) -> None:
    wishes(installation, "Kim", email=KIM)
    goes_away(installation, installation.clock.moment)
    cases = reminded(installation, "k-1", "k-2")
    assert [sum(name in text for text in mails(installation, KIM)) for name in cases] == [1, 1]
    assert all("for Deniz, who is away until" in text for text in mails(installation, KIM))
    assert (mails(installation, DENIZ), states(installation, cases)) == ([], ["sent"] * 2)


def test_a_digest_that_meets_an_absence_is_told_to_whoever_stands_in(installation: Installation) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    opening = opens_next(installation)
    goes_away(installation, opening)
    pass_time(installation, opening)
    settle(installation)
    assert (mails(installation, DENIZ), len(mails(installation, KIM))) == ([], 2)
    assert states(installation, cases) == ["sent"] * 2


def test_the_team_is_told_where_whoever_stands_in_is_away_too(installation: Installation) -> None:
    goes_away(installation, installation.clock.moment)
    goes_away(installation, installation.clock.moment, "Kim", "Robin")
    reminded(installation, "k-1")
    (text,) = mails(installation, TEAM)
    assert "for Deniz, who is away until" in text
    assert mails(installation, KIM) == []

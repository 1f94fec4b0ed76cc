"""Digests: whoever wishes so is told of all that falls due in one mail a day; no line is lost or doubled."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.adapters.dynamodb.models import RateLimitItem
from complaints.adapters.stores.correspondence.outbox import CLAIM_GRACE
from complaints.case.correspondence.notice_quota import MOST_A_DAY, NoticeQuota
from complaints.context.ports import MailSender, SendingDelayed, SendingRefused, SendingUnsure
from complaints.delivery.rate_limits import ALARMS_OF_A_READER, LINES_OF_A_MAIL
from complaints.letters.notices.digest import ALARMS_WAIT
from functions.workers.letters import backoff
from tests.builders import ACKNOWLEDGE, RESPOND
from tests.contracts.store_failures import THROTTLED, troubled
from tests.functions.digest_steps import (
    DENIZ,
    deliver_notice,
    doubtful,
    endanger,
    opens_next,
    pass_time,
    reminded,
    settle,
    states,
    take,
    wishes,
    withdraw,
)
from tests.installation import Installation, opened

TEAM = "team@demo.example"
A_SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)


class Mailbox(MailSender):
    """Takes mails, or raises what is in its way."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []
        self.trouble: list[Exception] = []

    def send(self, message: bytes, *, sender: str, to: str, tags: Any) -> str:
        trouble = self.trouble.pop() if self.trouble else None
        if trouble and not isinstance(trouble, SendingUnsure):
            raise trouble
        body: Any = message_from_bytes(message, policy=policy.default).get_body(("plain",))
        self.mails.append((to, body.get_content()))
        if trouble:
            raise trouble
        return f"mail-{len(self.mails)}"

    def to(self, reader: str) -> list[str]:
        return [text for to, text in self.mails if to == reader]


@pytest.fixture
def post() -> Mailbox:
    return Mailbox()


@pytest.fixture
def installation(table: str, post: Mailbox) -> Iterator[Installation]:
    with opened(table, mail_sender=post) as installation:
        yield installation


def test_what_falls_due_comes_in_one_mail_at_the_opening(installation: Installation, post: Mailbox) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2", "k-3")
    assert states(installation, cases) == ["held"] * 3
    opening = opens_next(installation)
    pass_time(installation, opening - A_SECOND)
    assert post.to(DENIZ) == []
    pass_time(installation, opening)
    (text,) = post.to(DENIZ)
    assert all(text.count(name) == 1 for name in cases)
    assert states(installation, cases) == ["sent"] * 3
    assert "Okafor" not in text
    assert "Six cups" not in text
    pass_time(installation, opening + A_DAY)
    assert len(post.to(DENIZ)) == 1


def test_a_day_with_nothing_to_tell_has_no_mail(installation: Installation, post: Mailbox) -> None:
    wishes(installation)
    take(installation, "k-1")
    pass_time(installation, opens_next(installation))
    assert post.to(DENIZ) == []


def test_what_was_ended_before_the_digest_is_not_told(installation: Installation, post: Mailbox) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    for name in cases[:1]:
        withdraw(installation, name)
    pass_time(installation, opens_next(installation))
    (text,) = post.to(DENIZ)
    assert [name in text for name in cases] == [False, True]
    assert states(installation, cases) == ["spared", "sent"]


def test_a_digest_with_nothing_left_to_tell_is_no_mail(installation: Installation, post: Mailbox) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    for name in cases:
        withdraw(installation, name)
    pass_time(installation, opens_next(installation))
    assert (post.to(DENIZ), states(installation, cases)) == ([], ["spared"] * 2)


def test_a_notice_of_a_case_that_was_ended_before_it_left_is_not_sent(
    installation: Installation, post: Mailbox
) -> None:
    name = take(installation, "k-1")
    pass_time(installation, installation.complaint(name).clock(RESPOND).rungs[0].at, settles=False)
    withdraw(installation, name)
    settle(installation)
    assert (post.to(DENIZ), states(installation, [name])) == ([], ["spared"])


def test_others_are_told_at_once(installation: Installation, post: Mailbox) -> None:
    cases = reminded(installation, "k-1", "k-2")
    assert len(post.to(DENIZ)) == 2
    assert states(installation, cases) == ["sent"] * 2


def test_the_team_is_told_at_once_whatever_its_members_wish(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    (name,) = reminded(installation, "k-1")
    pass_time(installation, installation.complaint(name).clock(RESPOND).due + A_SECOND)
    assert len(post.to(TEAM)) == 1


def test_a_line_that_comes_after_the_opening_is_told_the_next_day(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    (first,) = reminded(installation, "k-1")
    opening = opens_next(installation)
    pass_time(installation, opening, settles=False)
    installation.clock.moment = opening - A_DAY
    (second,) = reminded(installation, "k-2")
    assert states(installation, [second]) == ["held"]
    installation.clock.moment = opening
    settle(installation)
    (text,) = post.to(DENIZ)
    assert (first in text, second in text) == (True, False)
    pass_time(installation, opens_next(installation))
    assert second in post.to(DENIZ)[1]


def test_whoever_has_left_is_not_written_to_and_the_team_is(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    installation.deactivate()
    pass_time(installation, opens_next(installation))
    settle(installation)
    assert post.to(DENIZ) == []
    assert len(post.to(TEAM)) == 2
    assert states(installation, cases) == ["sent"] * 2


def test_a_digest_that_the_mail_service_puts_off_comes_later(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1")
    post.trouble.append(SendingDelayed())
    opening = opens_next(installation)
    pass_time(installation, opening)
    assert states(installation, cases) == ["held"]
    pass_time(installation, opening + backoff.RETRY_DELAYS[0])
    assert (len(post.to(DENIZ)), states(installation, cases)) == (1, ["sent"])


def test_a_digest_that_nobody_takes_shows_at_each_case(installation: Installation, post: Mailbox) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    post.trouble.append(SendingRefused("no such mailbox"))
    pass_time(installation, opens_next(installation))
    assert states(installation, cases) == ["failed"] * 2
    assert all(len(installation.complaint(name).failed_letters) == 1 for name in cases)


def test_a_digest_without_an_answer_is_sent_again_and_said_to_be_doubtful(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    post.trouble.append(SendingUnsure())
    opening = opens_next(installation)
    pass_time(installation, opening)
    assert states(installation, cases) == ["held"] * 2
    pass_time(installation, opening + CLAIM_GRACE)
    assert len(post.to(DENIZ)) == 2
    assert doubtful(installation, cases) == [True, True]
    assert states(installation, cases) == ["sent"] * 2


def test_lines_that_could_not_be_marked_are_marked_later_and_no_mail_is_sent_again(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    cases = reminded(installation, "k-1", "k-2")
    opening = opens_next(installation)
    with troubled(THROTTLED, "TransactWriteItems"):
        pass_time(installation, opening)
    assert states(installation, cases) == ["held"] * 2
    pass_time(installation, opening + CLAIM_GRACE)
    assert len(post.to(DENIZ)) == 1
    assert doubtful(installation, cases) == [False, False]
    assert states(installation, cases) == ["sent"] * 2


def test_what_is_withheld_comes_in_the_digest_of_its_reader(
    installation: Installation, post: Mailbox
) -> None:
    """Also where the reader wishes for none."""
    reminder = installation.complaint(take(installation, "k-0")).clock(RESPOND).rungs[0].at
    enough = NoticeQuota(reminder.astimezone(UTC).date(), MOST_A_DAY)
    name = take(installation, "k-1", notices=enough)
    pass_time(installation, reminder)
    assert states(installation, [name]) == ["held"]
    assert [name in text for text in post.to(DENIZ)] == [False]
    pass_time(installation, opens_next(installation))
    assert [name in text for text in post.to(DENIZ)] == [False, True]


def test_s98_the_tenth_alarm_of_an_hour_and_further_ones_come_in_one_mail(
    installation: Installation, post: Mailbox
) -> None:
    """None is swallowed: each case is named, within ten minutes."""
    cases = [take(installation, f"k-{number}") for number in range(ALARMS_OF_A_READER + 3)]
    for name in cases:
        endanger(installation, name)
    alarms = [text for text in post.to(TEAM) if "danger" in text]
    assert len(alarms) == ALARMS_OF_A_READER
    assert not [name for name in cases[-3:] if name in "".join(alarms)]
    pass_time(installation, installation.clock.moment + ALARMS_WAIT)
    together = post.to(TEAM)[-1]
    assert [name in together for name in cases] == [False] * ALARMS_OF_A_READER + [True] * 3
    assert together.count("Somebody may be in danger") == 3


def test_s67_more_notices_than_an_hour_may_have_come_in_one_mail(
    installation: Installation, post: Mailbox
) -> None:
    """None is lost: each case is named, within ten minutes."""
    installation.world.settings = replace(installation.world.settings, letters_per_hour="16")
    cases = reminded(installation, *(f"k-{number}" for number in range(4)))
    assert states(installation, cases).count("held") == 2
    pass_time(installation, installation.clock.moment + ALARMS_WAIT)
    assert states(installation, cases) == ["sent"] * 4
    texts = post.to(DENIZ)
    assert [sum(name in text for name in cases) for text in texts] == [1, 1, 2]
    assert all(sum(name in text for text in texts) == 1 for name in cases)


def test_s67_a_notice_comes_in_the_next_mail_that_has_room(installation: Installation, post: Mailbox) -> None:
    """However many came earlier in the day."""
    installation.world.settings = replace(installation.world.settings, letters_per_hour="8")
    alone, together, later = cases = reminded(installation, "k-1", "k-2", "k-3", settles=False)
    deliver_notice(installation, alone)
    deliver_notice(installation, together)
    (lines,) = RateLimitItem.scan(RateLimitItem.pk.contains("lines|"), consistent_read=True)
    lines.update(actions=[RateLimitItem.taken.set(LINES_OF_A_MAIL)])
    deliver_notice(installation, later)
    assert states(installation, cases) == ["sent", "held", "held"]
    pass_time(installation, installation.clock.moment + ALARMS_WAIT)
    assert states(installation, cases) == ["sent", "sent", "held"]
    pass_time(installation, installation.clock.moment + ALARMS_WAIT)
    assert states(installation, cases) == ["sent"] * 3
    assert [sum(name in text for name in cases) for text in post.to(DENIZ)] == [1, 1, 1]


def test_a_warning_of_what_is_due_before_the_digest_comes_at_once(
    installation: Installation, post: Mailbox
) -> None:
    wishes(installation)
    clock = installation.complaint(take(installation, "k-1", ACKNOWLEDGE)).clock(ACKNOWLEDGE)
    assert clock.due < opens_next(installation) + A_DAY
    pass_time(installation, clock.rungs[0].at)
    assert len(post.to(DENIZ)) == 1

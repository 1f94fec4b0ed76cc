"""The checkpoint of each day is stamped by an authority outside, once, and no other stamp is kept."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from complaints.adapters.evidence.time_stamp_client import TimeStampCalls
from complaints.checkpoints.places import checkpoint_key
from complaints.checkpoints.ports import LARGEST_STAMP, NotStamped
from complaints.checkpoints.time_stamp import TOLERANCE, read_time_stamp, stamp_of, time_stamp_request
from functions.workers import time_stamps
from tests.complaints.checkpoints.test_sealing import Installation
from tests.contracts.correspondence.test_webhooks import leading_to
from tests.evidence.authority import DRIPPING, SILENCE, Answer, Authority, Keys, listening

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is the authority")

DATA = b'{"statement":"e30"}'
NONCE = (1 << 63) - 1
REFUSED = bytes.fromhex("30053003020102")
"""An answer with the status `rejection`, and no more."""
SHORT, PATIENT = 1.0, 60.0
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return Keys(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(keys: Keys) -> Iterator[Authority]:
    with listening(keys) as authority:
        yield authority


def calls(authority: Authority, within: float = PATIENT) -> TimeStampCalls:
    return TimeStampCalls(authority.url, loopback=True, within=within)


def real_now() -> datetime:
    """openssl stamps with the clock of this machine."""
    return datetime.now(UTC)


def test_a_stamp_is_of_what_was_asked_and_openssl_verifies_it(authority: Authority) -> None:
    begun = real_now()
    answer = calls(authority).ask(time_stamp_request(DATA, NONCE))
    stamp = stamp_of(answer, DATA, NONCE, begun, real_now())
    assert abs(stamp.at - begun) < TOLERANCE
    assert authority.keys.verifies(answer, DATA)
    assert not authority.keys.verifies(answer, DATA + b" ")


@pytest.mark.parametrize(
    ("data", "nonce", "late", "why"),
    [
        (b"other", NONCE, timedelta(), "another imprint"),
        (DATA, 7, timedelta(), "another nonce"),
        (DATA, NONCE, HOUR, "another time"),
        (DATA, NONCE, -HOUR, "another time"),
    ],
)
def test_any_other_stamp_is_refused(keys: Keys, data: bytes, nonce: int, late: timedelta, why: str) -> None:
    """Of other bytes, as replayed from another day, or of a moment that cannot be."""
    answer, now = keys.reply(time_stamp_request(data, nonce)), real_now() + late
    with pytest.raises(NotStamped, match=why):
        stamp_of(answer, DATA, NONCE, now, now)


def test_what_is_no_stamp_is_refused_whatever_it_is(keys: Keys) -> None:
    answer = keys.reply(time_stamp_request(DATA, NONCE))
    with pytest.raises(NotStamped, match="refused"):
        read_time_stamp(REFUSED)
    for broken in (b"", b"<html></html>", answer[:-1], answer + b"0", bytes.fromhex("30053003020100")):
        with pytest.raises(NotStamped, match="unreadable"):
            read_time_stamp(broken)
    for place in range(0, len(answer), 19):
        changed = answer[:place] + bytes([answer[place] ^ 0x55]) + answer[place + 1 :]
        with suppress(NotStamped):
            read_time_stamp(changed)


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (Answer(b"<html>", media_type="text/html"), "content type"),
        (Answer(bytes(LARGEST_STAMP + 1)), "too large"),
        (Answer(b"", status=503), "503"),
        (Answer(b"", status=302), "302"),
    ],
)
def test_what_is_answered_otherwise_is_no_stamp(authority: Authority, hostile: Answer, why: str) -> None:
    authority.next = [hostile]
    with pytest.raises(NotStamped, match=why):
        calls(authority).ask(b"q")
    assert len(authority.asked) == 1


@pytest.mark.parametrize("how", [SILENCE, DRIPPING])
def test_an_authority_that_never_ends_is_cut_off(authority: Authority, how: str) -> None:
    authority.next = [how]
    with pytest.raises(NotStamped, match="TimeoutError"):
        calls(authority, SHORT).ask(b"q")


def test_no_authority_is_asked_inside(monkeypatch: pytest.MonkeyPatch, authority: Authority) -> None:
    with pytest.raises(NotStamped, match="address"):
        TimeStampCalls(authority.url).ask(b"q")
    with pytest.raises(NotStamped, match="NotPublic"):
        TimeStampCalls("https://tsa.example/", look_up=leading_to("169.254.169.254")).ask(b"q")
    assert authority.asked == []


# In an installation


class House:
    """What was sealed of an installation in some days, and what its functions are given: its clock is the
    authority's."""

    def __init__(self, authority: Authority, days: int = 1) -> None:
        installation, self._today = Installation(), real_now().replace(hour=0, minute=10)
        self.evidence = installation.files
        self.settings = SimpleNamespace(time_stamps=authority.url)
        self.time_stamps = calls(authority)
        for back in reversed(range(days)):
            installation.seal(self._today - back * DAY)

    def now(self) -> datetime:
        return real_now()

    def file(self, back: int) -> str:
        """The checkpoint of a day, so many days ago."""
        return checkpoint_key("day", self._today - back * DAY)

    def stamp_of(self, back: int) -> str:
        return self.file(back).replace(".json", ".tsr")

    def stamps(self) -> list[str]:
        return [name for name in self.evidence.files if name.endswith(".tsr")]

    def stamp(self) -> int:
        return time_stamps.stamp_days(cast(Any, self))


@pytest.fixture
def house(authority: Authority) -> House:
    """One of which a day was sealed that is over."""
    return House(authority)


@pytest.mark.iso10002("8.5 auditing")
def test_the_checkpoint_of_a_day_is_stamped_once_and_the_stamp_lies_beside_it(
    house: House, authority: Authority
) -> None:
    assert [house.stamp() for _ in range(2)] == [1, 0]
    files = house.evidence.files
    assert authority.keys.verifies(files[house.stamp_of(1)], files[house.file(1)])
    assert len(authority.asked) == 1


def test_without_an_authority_nobody_is_asked(house: House, authority: Authority) -> None:
    house.settings.time_stamps = ""
    assert house.stamp() == 0
    assert authority.asked == []


def test_what_is_not_the_stamp_that_was_asked_for_is_not_kept(house: House, authority: Authority) -> None:
    """The bucket would let nobody replace it. It is asked for again by the next run."""
    authority.next = [
        Answer(authority.keys.reply(time_stamp_request(DATA, NONCE))),
        Answer(REFUSED),
        Answer(b"<html>", media_type="text/html"),
    ]
    for _ in range(3):
        assert house.stamp() == 0
        assert not house.stamps()
    assert house.stamp() == 1


def test_an_authority_that_was_away_stamps_later_what_it_missed(authority: Authority) -> None:
    house = House(authority, days=4)
    house.evidence.files[house.stamp_of(4)] = b"that of before"
    authority.next = [Answer(status=503)]
    assert [house.stamp() for _ in range(3)] == [0, 3, 0]


def test_where_none_was_stamped_before_the_last_day_is(authority: Authority) -> None:
    """It names the hash of the one before."""
    house = House(authority, days=2)
    assert house.stamp() == 1
    assert house.stamps() == [house.stamp_of(1)]


def test_a_file_that_is_no_checkpoint_is_not_stamped(house: House, authority: Authority) -> None:
    house.evidence.files[house.file(1)] = b"{}"
    assert house.stamp() == 0
    assert authority.asked == []

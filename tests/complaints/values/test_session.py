"""How long a session goes on."""

from datetime import timedelta

from complaints.values.people import IDLE, LONGEST, Session
from tests.builders import MONDAY

A_SECOND = timedelta(seconds=1)
SESSION = Session(id="s", member="ada", ends=MONDAY + LONGEST)


def test_a_session_is_its_member_s_until_it_ends() -> None:
    assert SESSION.is_of("ada", MONDAY)
    assert SESSION.is_of("ada", MONDAY + LONGEST - A_SECOND)
    assert not SESSION.is_of("ada", MONDAY + LONGEST)
    assert not SESSION.is_of("robin", MONDAY)


def test_who_is_not_seen_is_out_long_before_the_end() -> None:
    assert timedelta() < IDLE < LONGEST

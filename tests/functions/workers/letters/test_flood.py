"""A flood of robots on one site: when letters to people leave, by counts on a clock that is moved."""

from datetime import datetime, timedelta
from functools import cache

import pytest

from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.delivery.fair_sending import ASKED_OF_A_NETWORK, TURN, asked_for, shown_by_mail, turn_of
from complaints.delivery.rate_limits import RateLimit, taken_together
from tests.builders import MONDAY
from tests.fakes import CountedLimits
from tests.functions.workers.letters.simulated_flood import (
    A_MINUTE,
    LETTERS_A_SECOND,
    LETTERS_AN_HOUR,
    PEOPLE,
    ROBOTS,
    Flood,
    flooded,
)

MINUTES = 3 * A_MINUTE
AT_ONE_SITE = LETTERS_AN_HOUR * (1 / 8 + 1 / 2 + 1 / 2)
ASKED_AT_ONE_SITE = LETTERS_AN_HOUR / 2
SHOWN_OF_ONE_DOMAIN = LETTERS_AN_HOUR / 2


@cache
def of_many_networks(*, people_ask: bool, robots_ask: bool, domains: int = 0) -> Flood:
    """Each robot sends from a network of its own; people ask a minute later, robots at once. Who finds no
    place writes a mail before asking again: people, and robots that have mailboxes of so many domains."""
    return flooded(
        ROBOTS,
        people_ask=A_MINUTE if people_ask else None,
        robots_ask=timedelta(seconds=5) if robots_ask else None,
        domains=domains,
    )


def test_s67_ten_thousand_robots_in_an_hour_delay_no_person_elsewhere_and_none_who_is_known() -> None:
    flood = flooded(networks=50)
    assert max(flood.of("elsewhere")) == timedelta()
    assert max(flood.of("known")) <= 2 * TURN
    assert flood.share_within("stranger", 2 * TURN) > 0.9

    people_known_or_elsewhere = 2 * PEOPLE
    assert max(flood.left_in.values()) <= AT_ONE_SITE + people_known_or_elsewhere
    assert flood.tries < 10 * ROBOTS


def test_s67_robots_with_a_network_each_delay_strangers_at_their_site_alone() -> None:
    """That they wait is said at the site; the flood is closed, and those who are left have their letters."""
    flood = of_many_networks(people_ask=False, robots_ask=False)
    assert max(flood.of("elsewhere")) == timedelta()
    assert max(flood.of("known")) <= 2 * TURN
    assert flood.share_within("stranger", 2 * TURN) < 0.5


def test_s67_a_stranger_among_them_who_asks_has_the_letter_within_minutes() -> None:
    flood = of_many_networks(people_ask=True, robots_ask=False)
    assert max(flood.of("stranger")) <= MINUTES


def test_s67_nobody_waits_longer_because_others_ask_whoever_they_are() -> None:
    before = of_many_networks(people_ask=False, robots_ask=False)
    for robots_ask in (False, True):
        after = of_many_networks(people_ask=True, robots_ask=robots_ask)
        assert all(after.waited[each] <= waited for each, waited in before.waited.items())


def test_s67_where_robots_ask_too_a_person_who_shows_the_mailbox_has_the_letter_within_minutes() -> None:
    flood = of_many_networks(people_ask=True, robots_ask=True)
    assert max(flood.of("stranger")) <= 2 * TURN
    assert flood.requests > 2 * ROBOTS, "what it costs them"


@pytest.mark.parametrize("robots_read", [pytest.param(False, marks=pytest.mark.soak), True])
def test_s67_where_no_mails_are_taken_a_person_reads_it_on_the_page_whatever_robots_do(
    robots_read: bool,
) -> None:
    """What is read on the page takes no place: there is nothing that robots could take from anybody."""
    flood = flooded(
        ROBOTS,
        people_ask=A_MINUTE,
        robots_ask=timedelta(seconds=5),
        robots_read=robots_read,
        take_mail=False,
    )
    assert max(flood.of("stranger")) == A_MINUTE
    assert max(flood.left_in.values()) <= AT_ONE_SITE + ASKED_AT_ONE_SITE + 2 * PEOPLE


@pytest.mark.parametrize(
    "domains", [60, *(pytest.param(each, marks=pytest.mark.soak) for each in (1, 20, 200, ROBOTS))]
)
def test_s67_it_is_so_where_robots_write_mails_as_well_from_as_many_domains(
    domains: int,
) -> None:
    flood = of_many_networks(people_ask=True, robots_ask=True, domains=domains)
    assert max(flood.of("stranger")) <= 2 * TURN
    shown = min(domains * SHOWN_OF_ONE_DOMAIN, ROBOTS)
    most = AT_ONE_SITE + ASKED_AT_ONE_SITE + shown + 3 * PEOPLE
    assert max(flood.left_in.values()) <= most


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_s67_it_is_so_whatever_networks_people_have(seed: int) -> None:
    flood = flooded(networks=50, seed=seed)
    assert max(flood.of("elsewhere")) == timedelta()
    assert max(flood.of("known")) <= 2 * TURN
    # One in twenty shares a group of networks with robots: of 30, more than nine do once in a million runs.
    assert flood.share_within("stranger", 2 * TURN) >= 0.7


def test_a_mailbox_that_mails_come_from_takes_one_place_in_an_hour_and_leaves_its_domain_some() -> None:
    limits = CountedLimits()

    def has_place(mailbox: str, now: datetime = MONDAY, a_second: int = LETTERS_A_SECOND) -> bool:
        return taken_together(limits, shown_by_mail(mailbox, now, LETTERS_AN_HOUR, a_second, str))

    assert [has_place(f"r.obot+{each}@mail.example") for each in range(3)] == [True, False, False]
    assert sum(has_place(f"other{each}@mail.example") for each in range(100)) == 20 - 1
    most = LETTERS_A_SECOND * TURN.total_seconds() / 2
    assert sum(has_place(f"a@own{each}.example") for each in range(3000)) == most - 20


def test_where_no_pace_of_the_account_is_known_as_many_leave_as_before() -> None:
    limits = CountedLimits()
    shown = (shown_by_mail(f"a@own{each}.example", MONDAY, LETTERS_AN_HOUR, 0, str) for each in range(500))
    assert sum(taken_together(limits, each) for each in shown) == 200


def test_whoever_writes_mails_by_the_thousand_spends_half_of_what_an_account_sends_in_a_day() -> None:
    limits = CountedLimits()
    turns = (MONDAY + TURN * each for each in range(20))
    left = sum(
        taken_together(limits, shown_by_mail(f"a{turn:%H%M}@own{each}.example", turn, 480, 1, str))
        for turn in turns
        for each in range(200)
    )
    assert left == 3600 / 2


def test_a_site_that_is_flooded_leaves_room_for_nine_others_beside_what_is_kept_for_each() -> None:
    limits = CountedLimits()
    letter = first_letter()

    def takes(way: tuple[RateLimit, ...]) -> bool:
        return all(limits.may_leave(limit) for limit in way)

    turn = turn_of(letter, MONDAY, LETTERS_AN_HOUR)
    assert sum(takes(turn.kept) for _ in range(100)) == 5
    assert sum(takes(turn.shared) for _ in range(100)) == 20
    assert turn.network == ()


def test_a_network_that_asks_for_more_and_more_leaves_the_places_to_others() -> None:
    limits = CountedLimits()
    robots, person = first_letter(network=7), first_letter(network=8)

    def has_place(letter: Letter) -> bool:
        return taken_together(limits, asked_for(letter, MONDAY, LETTERS_AN_HOUR))

    assert sum(has_place(robots) for _ in range(100)) == ASKED_OF_A_NETWORK
    assert has_place(person)
    assert sum(has_place(first_letter()) for _ in range(100)) == 20 - ASKED_OF_A_NETWORK - 1


def first_letter(network: int | None = None) -> Letter:
    return Letter(
        id="000001.1",
        kind=LetterKind.ACKNOWLEDGEMENT,
        reference="C-7K3M9-QX2HT-7",
        site="flooded",
        language="en",
        to="complainant",
        called_for=MONDAY,
        received_at=MONDAY,
        network=network,
    )

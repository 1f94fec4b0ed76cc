"""Figures are made again from facts: what was never counted is, and what was bent is named and mended."""

from collections.abc import Iterator
from datetime import date

import pytest
from pynamodb.expressions.operand import Path

from complaints.adapters.dynamodb.key_schema import counted_key, day_sk, tally_pk, work_sum_key
from complaints.adapters.dynamodb.models import CountedItem, Item, PrivateItem, TallyItem
from complaints.reporting.metrics.measures import ALL, Counts
from infrastructure.cli.data.recount_figures import recount
from tests.builders import MONDAY
from tests.installation import Installation, opened

DAY = MONDAY.date()


@pytest.fixture
def installation(table: str) -> Iterator[Installation]:
    with opened(table) as installation:
        yield installation


def figures(installation: Installation) -> Counts:
    return installation.world.counters.between("demo", date(2026, 1, 1), date(2026, 12, 31))


def test_cases_from_before_there_were_figures_are_counted_once(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        installation.take(f"k-{number}")
    assert recount(check=True) == 3
    assert figures(installation) == {}
    assert recount(check=False) == 0
    found = figures(installation)
    assert set(found.values()) == {3}
    assert recount(check=False) == recount(check=True) == 0
    assert figures(installation) == found
    assert capsys.readouterr().out.endswith("3 cases counted, 0 differences, 0 written anew.\n")


def test_a_number_that_was_bent_is_named_with_its_place_and_mended(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.take("k-1")
    recount(check=False)
    before = figures(installation)
    received = TallyItem(tally_pk("demo"), day_sk(DAY, "received"))
    received.update(actions=[Path([ALL]).set(7), Path(["channel:pigeon"]).set(2)])
    bent = figures(installation)
    assert recount(check=True) == 1
    text = f"tally#demo day#{DAY}#received: differs: all is 7, not 1, channel:pigeon is 2, not 0\n"
    assert text in capsys.readouterr().out
    assert figures(installation) == bent
    assert recount(check=False) == 0
    assert {tally: n for tally, n in figures(installation).items() if n} == before


def test_a_lost_mark_is_found_out_and_nothing_stays_counted_twice(installation: Installation) -> None:
    reference = installation.take("k-1")
    recount(check=False)
    before = figures(installation)
    CountedItem.get(*counted_key(reference)).delete()
    assert recount(check=False) == 0
    assert figures(installation) == before


def test_what_people_wrote_is_not_needed(installation: Installation) -> None:
    installation.take("k-1")
    recount(check=False)
    for item in list(Item.scan()):
        if isinstance(item, PrivateItem):
            item.delete()
    assert recount(check=True) == 0


def test_the_numbers_of_queues_are_shown_once_every_case_is_in_them(installation: Installation) -> None:
    members = installation.world.members
    installation.take("k-1")
    recount(check=False)
    TallyItem(*work_sum_key("demo")).update(actions=[TallyItem.whole.remove()])
    assert members.look_up("deniz", "", counted={"demo": ()}).counts == {}
    recount(check=True)
    assert members.look_up("deniz", "", counted={"demo": ()}).counts == {}
    recount(check=False)
    assert members.look_up("deniz", "", counted={"demo": ()}).counts["demo"]["open"] == 1
    assert recount(check=True) == 0


def test_a_site_that_has_figures_from_before_has_no_numbers_of_queues_until_a_recount(
    installation: Installation,
) -> None:
    TallyItem(tally_pk("demo"), day_sk(DAY, "received")).save()
    installation.world.counters.count(installation.take("k-1"))
    assert installation.world.members.look_up("deniz", "", counted={"demo": ()}).counts == {}

"""Figures in the table: each entry once, however it is delivered, and the same as from all facts."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from benchmarks.measuring.aws_requests import counted as measured
from complaints.adapters.dynamodb.key_schema import work_sum_key
from complaints.adapters.dynamodb.models import Head, TallyItem
from complaints.adapters.stores.counters import (
    MOST_ITEMS,
    DynamoCounters,
    _is_added,
    _known_of,
    counted_up_to,
    items_of,
)
from complaints.adapters.stores.staff.members import DynamoMembers
from complaints.casework.correspondence.letters import LetterTaken
from complaints.casework.outcome.decision import Respond
from complaints.casework.outcome.outcomes import MOST_REMEDIES
from complaints.context.stores import count_of_owner
from complaints.reporting.list_rows import Row
from complaints.reporting.metrics.case_measures import counted
from complaints.reporting.metrics.group_figures import of_month
from complaints.reporting.metrics.measures import (
    ALL,
    BALANCES,
    BY_MONTH,
    GROUPINGS,
    Counts,
    GroupCounts,
    Measure,
)
from complaints.reporting.metrics.work_counts import AIM, APPROVAL, DUE, OVERDUE, Load, WorkKey, work_of
from complaints.values.errors import Unavailable
from complaints.values.people import MACHINE, Actor, Role
from infrastructure.cli.data.recount_figures import recount
from tests.builders import DEMO, MONDAY, TERMS, assess, context, decide_to, refund
from tests.complaints.handling.test_any_sequence import if_written
from tests.contracts.cases.test_any_sequence_stored import AnySequenceStored
from tests.installation import Installation, opened

pytestmark = pytest.mark.usefixtures("engine_endpoint")

FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)
DENIZ = Actor("staff", "Deniz", (Role.AGENT,))


def counters() -> DynamoCounters:
    return DynamoCounters(lambda _: TERMS.working_days)


class AnySequenceCounted(AnySequenceStored):
    """The reader of the stream comes by whenever it likes, and as often."""

    @rule(times=st.integers(1, 2))
    def the_reader_comes_by(self, times: int) -> None:
        for _ in range(times):
            counters().count(self.story.reference)
        self._holds_what_was_counted(self.story.build().number)
        is_open = int(self.story.build().stage.is_open)
        assert counters().open_before("demo", LAST)[ALL] == is_open

    @if_written
    @invariant()
    def the_table_holds_what_was_counted_so_far(self) -> None:
        self._holds_what_was_counted(counted_up_to(self.story.reference))

    @if_written
    @invariant()
    def it_is_counted_where_it_is_listed(self) -> None:
        [item] = Head.queue.scan()
        row, complaint = msgspec.json.decode(item.row, type=Row), self.story.build()
        kinds = {
            key.value.partition(":")[0] for key in work_of(complaint, ZoneInfo(DEMO.zone)) if not key.day
        }
        listed = item.queue_pk.split("#")[1]
        assert kinds - {OVERDUE, APPROVAL} == {listed} - {"closed"}
        assert (APPROVAL in kinds) == row.awaits_approval
        assert OVERDUE not in kinds or row.is_overdue(self.story.now + timedelta(seconds=1))

    def _holds_what_was_counted(self, number: int) -> None:
        entries = self._entries()[:number]
        result = counted(self.story.reference, entries, lambda _: TERMS.working_days)
        found = counters().between("demo", FIRST, LAST)
        standing = counters().standing("demo", LAST)
        found.update(standing.stays)
        by_date = {key: n for key, n in result.figures.items() if key.measure is not Measure.LOAD}
        assert {tally: n for tally, n in found.items() if n} == by_date
        months = counters().months("demo", FIRST, LAST)
        assert {key: n for key, n in months.items() if n} == by_month(result.figures)
        groups: GroupCounts = Counter()
        for by in GROUPINGS:
            groups.update(counters().grouped("demo", by, FIRST, LAST))
        assert {key: n for key, n in groups.items() if n} == result.groups
        balances = {key: n for key, n in result.groups.items() if key.measure in BALANCES and n}
        assert {key: n for key, n in standing.groups.items() if n} == balances
        home = counters().home("demo", FIRST)
        assert {key: n for key, n in home.work.items() if n} == result.work
        now = Counter({key.value: n for key, n in result.work.items() if key.day is None})
        due = [key for key in result.work.elements() if key.value.partition(":")[0] in (DUE, AIM)]
        days = {key.day for key in due if key.day}
        read = DynamoMembers().look_up("deniz", "", counted={"demo": days}, owner="")
        assert {queue: n for queue, n in read.counts.get("demo", {}).items() if n} == {
            queue: n for queue, n in (numbers_of_queues(now) | {"due_soon": len(due)}).items() if n
        }
        flows = Counter(key.measure for key in result.figures.elements() if key.value == ALL)
        for flow in (Measure.RECEIVED, Measure.CLOSED):
            assert sum(month[flow] for month in home.months.values()) == flows[flow]
        promises = [key for key in result.figures.elements() if key.measure is Measure.PROMISES]
        assert sum(week.total() for week in home.weeks.values()) == len(promises)


def by_month(figures: Counts) -> Counts:
    """What the sums of months hold of figures by dates."""
    found: Counts = Counter()
    for key, number in figures.items():
        if key.measure in BY_MONTH:
            found[key._replace(day=key.day.replace(day=1), value=of_month(key.value))] += number
    return Counter({key: number for key, number in found.items() if number})


def numbers_of_queues(now: Counter[str]) -> dict[str, int]:
    """How many cases each queue has, of counts by what is counted and owner."""
    of = {"open": "open", "overdue": "overdue", "awaiting_complainant": "awaiting", "responded": "responded"}
    sums = {
        queue: sum(n for value, n in now.items() if value.startswith(f"{what}:"))
        for queue, what in (of | {"approvals": "approval"}).items()
    }
    mine = sum(now[f"{what}:deniz"] for what in ("open", "awaiting", "responded"))
    nobodys = {count_of_owner(queue, ""): now[f"{what}:"] for queue, what in of.items()}
    nobodys[count_of_owner("approvals", "")] = now["approval:"]
    return sums | nobodys | {"unassigned": now["open:"], "mine": mine}


TestAnySequenceCounted = AnySequenceCounted.TestCase
TestAnySequenceCounted.settings = settings(
    max_examples=6, stateful_step_count=30, deadline=None, derandomize=True, database=None
)


def test_readers_at_once_add_an_entry_once_and_what_is_counted_costs_two_reads(table: str) -> None:
    with opened(table) as installation:
        reference, counters = installation.take("k-1"), installation.world.counters
        with ThreadPoolExecutor(8) as crowd:
            list(crowd.map(counters.count, [reference] * 16))
        assert set(counters.between("demo", FIRST, LAST).values()) == {1}
        with measured() as tally:
            counters.count(reference)
        assert tally.operations == ["BatchGetItem", "Query"]


def test_the_work_of_a_site_is_one_query_from_a_date_on(table: str) -> None:
    with opened(table) as installation:
        reference, counters = installation.take("k-1"), installation.world.counters
        counters.count(reference)
        day = MONDAY.date()
        with measured() as tally:
            found = counters.home("demo", day)
        assert tally.operations == ["Query"]
        assert found.work[WorkKey("demo", None, "delivery.damaged", "open:Deniz")] == 1
        assert found.work[WorkKey("demo", day, "delivery.damaged", "received:Deniz")] == 1
        assert found.months == {day.replace(day=1): {"received": 1}}
        later = counters.home("demo", day + timedelta(days=1)).work
        assert WorkKey("demo", day, "delivery.damaged", "received:Deniz") not in later
        assert counters.home("demo-tr", day) == (Counter(), {}, {}, True)


def test_the_work_of_several_members_is_one_read_and_unknown_while_older_cases_are_not_counted(
    table: str,
) -> None:
    with opened(table) as installation:
        counters = installation.world.counters
        counters.count(installation.take("k-1"))
        with measured() as tally:
            found = counters.of_owners(["demo", "demo-tr"], ["Deniz", "Kim"])
        assert tally.operations == ["BatchGetItem"]
        assert found == {"Deniz": Load(open=1), "Kim": Load()}
        TallyItem(*work_sum_key("demo")).update(actions=[TallyItem.whole.remove()])
        assert counters.of_owners(["demo"], ["Deniz"]) is None


def test_the_home_says_where_older_cases_are_not_counted_yet_until_they_are(table: str) -> None:
    with opened(table) as installation:
        counters = installation.world.counters
        counters.count(installation.take("k-1"))
        assert counters.home("demo", MONDAY.date()).is_whole
        TallyItem(*work_sum_key("demo")).update(actions=[TallyItem.whole.remove()])
        assert not counters.home("demo", MONDAY.date()).is_whole
        assert recount(check=False) == 0
        assert counters.home("demo", MONDAY.date()).is_whole


def test_a_month_of_one_site_is_one_query(table: str) -> None:
    with opened(table) as installation:
        installation.world.counters.count(installation.take("k-1"))
        with measured() as tally:
            installation.world.counters.between("demo", FIRST, LAST)
        assert tally.operations == ["Query"]
        assert not installation.world.counters.between("demo-tr", FIRST, LAST)


def with_many_dates(installation: Installation) -> str:
    """A case whose one decision promises as many remedies as it can, each in another month."""
    reference = installation.take("many")
    world = installation.world
    terms = world.sites.terms("demo")
    remedies = tuple(
        refund("1", by=MONDAY.date() + timedelta(days=31 * month)) for month in range(1, MOST_REMEDIES + 1)
    )
    case = world.cases.load(reference)
    assert case is not None
    for command in (assess(), decide_to(remedies=remedies), Respond()):
        case = world.casework.carry_out(case, command, context(DENIZ, terms=terms))
    letter = f"{case.complaint.number:06d}.1"
    taken = LetterTaken(letter=letter, kind="resolution", message_id="mail-1")
    world.casework.carry_out(case, taken, context(MACHINE, terms=terms))
    return reference


def due_counted(counters: DynamoCounters) -> list[int]:
    found = counters.between("demo", FIRST, LAST)
    return [n for key, n in found.items() if key.measure is Measure.REMEDIES_DUE and key.value == ALL]


def test_what_one_entry_adds_is_written_in_parts_where_one_transaction_cannot_hold_it(table: str) -> None:
    """The most dates that a decision can have: each part is written once, whoever comes by."""
    with opened(table) as installation:
        reference, counters = with_many_dates(installation), installation.world.counters
        calendar = installation.world.sites.terms("demo").working_days
        chain = installation.world.cases.entries(reference)
        whole = counted(reference, chain, lambda _: calendar)
        last = counted(reference, chain, lambda _: calendar, len(chain) - 1)
        assert len(items_of(last)) > MOST_ITEMS

        def comes_by(_: int) -> None:
            # Who loses each race gives up; the stream brings it again.
            with suppress(Unavailable):
                counters.count(reference)

        with ThreadPoolExecutor(4) as crowd:
            list(crowd.map(comes_by, range(8)))
        counters.count(reference)
        assert counted_up_to(reference) == len(chain)
        elsewhere = (Measure.STAYS, Measure.LOAD)
        expected = {key: n for key, n in whole.figures.items() if key.measure not in elsewhere}
        assert {key: n for key, n in counters.between("demo", FIRST, LAST).items() if n} == expected
        assert due_counted(counters) == [1] * MOST_REMEDIES
        assert TallyItem.get(*work_sum_key("demo")).whole


def test_a_reader_that_died_between_two_parts_is_followed_by_one_that_goes_on(table: str) -> None:
    with opened(table) as installation:
        reference, counters = with_many_dates(installation), installation.world.counters
        chain = installation.world.cases.entries(reference)
        counters.count(reference, chain[:-1])
        calendar = installation.world.sites.terms("demo").working_days
        known = _known_of(reference)
        upto, added = DynamoCounters(lambda _: calendar)._to_add(reference, chain, known)
        assert _is_added(reference, known, upto, added, ())
        assert (counted_up_to(reference), _known_of(reference).parts) == (len(chain) - 1, 1)
        # One that was read before the entry of which a part is written says nothing of the rest.
        counters.count(reference, chain[:-1])
        assert counted_up_to(reference) == len(chain)
        assert due_counted(counters) == [1] * MOST_REMEDIES

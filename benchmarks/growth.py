"""Whether the cost of looking stays the same while cases grow in number."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct

from benchmarks import desk_pages as deskpages
from benchmarks.measuring.aws_requests import Tally, counted
from benchmarks.measuring.cpu_time import Spent, samples_of, summary
from benchmarks.measuring.results import Results, Section
from benchmarks.measuring.stopped_clock import StoppedClock
from benchmarks.product import many_cases
from benchmarks.product.gateway_requests import Visits
from benchmarks.warm import Peer
from complaints.adapters.container import container
from complaints.adapters.dynamodb.models import DUE_SHARDS
from infrastructure.local.aws.scheduler import Handler, Scheduler

HOW = (
    "Open cases of one site, decided by the product's own rules and written in batches, none of them due. "
    "The page is the first one of fifty, read by a member of staff; processor time in milliseconds is the "
    "lowest and the median of the thread that answers. The schedule runs at a minute that asks for nothing "
    "besides what is due."
)
PAGE_HEAD = ("page: calls", "read units", "bytes", "lowest", "median")
HEAD = ("cases", *PAGE_HEAD, "schedule: calls", "read units")
SAME, FLAT = 1.1, 1.5
ROUNDS, WARM_UP = 60, 10


class Seen(Struct, frozen=True):
    """What looking costs at one size."""

    size: int
    page: Tally
    spent: Spent
    schedule: Tally

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the table."""
        page, schedule = self.page, self.schedule
        looked = (str(len(page.calls)), f"{page.read_units:g}", f"{page.bytes:,}")
        times = (f"{self.spent.best:.2f}", f"{self.spent.median:.2f}")
        return (f"{self.size:,}", *looked, *times, str(len(schedule.calls)), f"{schedule.read_units:g}")


def measure(visits: Visits, sizes: Sequence[int], schedule: Handler, peer: Peer, results: Results) -> None:
    """Adds the sections and their gates, for rising sizes of a table that is empty at first."""
    deskpages.compare(look(visits, sizes, schedule, results), peer, results)


def look(visits: Visits, sizes: Sequence[int], schedule: Handler, results: Results) -> list[deskpages.Look]:
    """Adds the section without the peer, with its gates; answers with what the pages of the desk cost."""
    seen, looks = [], []
    # Others at each size: what was read at one size was read in this hour at the next.
    taken = [deskpages.cases(visits) for _ in sizes]
    for (before, size), cases in zip(pairwise((0, *sizes)), taken, strict=True):
        many_cases.gather(before, size)
        seen.append(_look(visits, size, schedule))
        looks.extend(deskpages.look(visits, size, cases))
    results.sections.append(Section("Growth", HOW, HEAD, [each.row for each in seen]))
    for each in seen:
        at = f"at {each.size:,} cases"
        results.exactly(f"calls of a queue page {at}", 3, len(each.page.calls))
        results.exactly(f"calls of the schedule with nothing due {at}", DUE_SHARDS, len(each.schedule.calls))
    first, last = seen[0], seen[-1]
    if last is not first:
        between = f"at {last.size:,} cases, of that at {first.size:,}"
        units = last.page.read_units / first.page.read_units
        results.at_most(f"read units of a queue page {between}", SAME, units)
        results.at_most(f"processor time of a queue page {between}", FLAT, last.spent.best / first.spent.best)
    return looks


def _look(visits: Visits, size: int, schedule: Handler) -> Seen:
    page = partial(visits.answer, visits.queue(), 200)
    spent = summary(samples_of([page] * (ROUNDS + WARM_UP), WARM_UP))
    with counted() as looked:
        page()
    deps, clock = container(), container().clock
    deps.clock = StoppedClock(deps.now().replace(minute=1))
    with counted() as run:
        Scheduler(schedule, deps.now).tick()
    deps.clock = clock
    return Seen(size, looked, spent, run)

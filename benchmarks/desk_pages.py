"""What the pages of the desk cost while cases grow in number, beside the peer's list and page of a ticket."""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from benchmarks.measuring.aws_requests import counted
from benchmarks.measuring.cpu_time import Operation, Spent, samples_of, summary
from benchmarks.measuring.results import Results, Section
from benchmarks.product.gateway_requests import Taken, Visits
from benchmarks.warm import ACKNOWLEDGEMENT, Peer
from complaints.adapters.container import container, use_container
from functions.workers.letters.outbox import deliver

HOW = (
    "The first page of fifty open cases, and the page of a case that was just taken, as a member of staff "
    "with a session reads them in a browser; processor time in milliseconds of the thread that answers. A "
    "case that the process has seen before, as after each command, comes with its entries in one call. The "
    "first looks are at one case after the other that it has not seen, and that the member has read in this "
    "hour; the first reading of an hour is noted in the access log, by one call more. A queue page reads the "
    "keys by which its subjects and names are encrypted, in one call of its three. The peer holds as many "
    "tickets and notes no reading; its list is the page with the call that fills it."
)
OWN_HEAD = ("cases", "page", "calls", "lowest", "median")
HEAD = (*OWN_HEAD, "peer: lowest", "median", "of the peer's lowest")
FLAT = 1.5
ROUNDS, WARM_UP = 60, 10


class Page(Struct, frozen=True):
    """A page of the desk: the peer's that it is compared with, and what it may cost at most: calls, and the
    share of the peer's processor time."""

    name: str
    peer: str
    calls: int
    share: float


QUEUE = Page("queue page", "list", calls=3, share=0.2)
FIRST_READING = Page("first reading of a case in an hour", "ticket", calls=3, share=0.26)
FIRST_LOOK = Page("first look at a case page", "ticket", calls=2, share=0.2)
CASE = Page("case page", "ticket", calls=1, share=0.15)
PAGES = (QUEUE, FIRST_READING, FIRST_LOOK, CASE)


class Look(Struct, frozen=True):
    """What one page of the desk costs at one size."""

    page: Page
    size: int
    calls: int
    spent: Spent

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of a table, without the peer."""
        times = (f"{self.spent.best:.2f}", f"{self.spent.median:.2f}")
        return (f"{self.size:,}", self.page.name, str(self.calls), *times)


def cases(visits: Visits) -> list[Taken]:
    """Complaints whose acknowledgements have left, or are held by the cap of their mailbox, so that the
    schedule has nothing to do for them: one for each first look, and one more to count its calls."""
    taken = [visits.submit() for _ in range(ROUNDS + WARM_UP + 1)]
    for each in taken:
        deliver(container(), each.reference, ACKNOWLEDGEMENT)
    return taken


def look(visits: Visits, size: int, taken: Sequence[Taken]) -> list[Look]:
    """Looks at all pages."""

    def look_at(page: Page, operations: Sequence[Operation]) -> Look:
        *measured, last = operations
        spent = summary(samples_of(measured, WARM_UP))
        with counted() as asked:
            last()
        return Look(page, size, len(asked.calls), spent)

    queue = partial(visits.answer, visits.queue_page(), 200)
    first = [partial(visits.answer, visits.case_page(each), 200) for each in taken]
    # A process that has seen none of the cases, as another one took them.
    use_container(None)
    reading = look_at(FIRST_READING, first)
    use_container(None)
    return [
        reading,
        look_at(FIRST_LOOK, first),
        look_at(CASE, [first[0]] * len(first)),
        look_at(QUEUE, [queue] * len(first)),
    ]


def compare(looks: Sequence[Look], peer: Peer, results: Results) -> None:
    """Adds the section and its gates."""
    theirs = {
        (each.page.peer, each.size): summary(peer[f"{each.page.peer} at {each.size}"]) for each in looks
    }
    rows = [_row(each, theirs[each.page.peer, each.size]) for each in looks]
    results.sections.append(Section("Pages of the desk", HOW, HEAD, rows))
    for page in PAGES:
        seen = [each for each in looks if each.page is page]
        first, last = seen[0], seen[-1]
        for each in seen:
            results.exactly(
                f"calls of a {page.name} in a browser at {each.size:,} cases", page.calls, each.calls
            )
        share = first.spent.best / theirs[page.peer, first.size].best
        results.at_most(
            f"processor time of a {page.name} at {first.size:,} cases, of the peer's", page.share, share
        )
        if last is not first:
            between = f"at {last.size:,} cases, of that at {first.size:,}"
            growth = last.spent.best / first.spent.best
            results.at_most(f"processor time of a {page.name} in a browser {between}", FLAT, growth)


def _row(look: Look, theirs: Spent) -> tuple[str, ...]:
    share = look.spent.best / theirs.best
    return (*look.row, f"{theirs.best:.2f}", f"{theirs.median:.2f}", f"{share:.0%}")

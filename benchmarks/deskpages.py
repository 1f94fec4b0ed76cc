"""What the pages of the desk cost while cases grow in number, beside the peer's list and page of a ticket."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct

from benchmarks.meter import counted
from benchmarks.results import Results, Section
from benchmarks.ruler import Spent, samples_of, summary
from benchmarks.visits import Event, Taken, Visits
from benchmarks.warm import ACKNOWLEDGEMENT, Peer
from complaints.adapters.container import container
from functions.workers.outbox import deliver

HOW = (
    "The first page of fifty open cases, and the page of a case that was just taken, as a member of staff "
    "with a session reads them in a browser; processor time in milliseconds of the thread that answers. The "
    "peer holds as many tickets; its list is the page with the call that fills it."
)
HEAD = ("cases", "page", "calls", "lowest", "median", "peer: lowest", "median", "of the peer's lowest")
A_FIFTH, FLAT = 0.2, 1.5
ROUNDS, WARM_UP = 60, 10
CALLS = {"list": 2, "ticket": 3}
NAMES = {"list": "queue page", "ticket": "case page"}


class Look(Struct, frozen=True):
    """What one page of the desk costs at one size; `what` is the peer's page that it is compared with."""

    what: str
    size: int
    calls: int
    spent: Spent


def a_case(visits: Visits) -> Taken:
    """A complaint whose acknowledgement has left, so that the schedule has nothing to do for it."""
    taken = visits.submit()
    deliver(container(), taken.reference, ACKNOWLEDGEMENT)
    return taken


def look(visits: Visits, size: int, taken: Taken) -> list[Look]:
    """Looks at both pages."""
    pages: dict[str, Callable[[], Event]] = {
        "list": visits.queue_page,
        "ticket": partial(visits.case_page, taken),
    }
    looks = []
    for what, event in pages.items():
        page = partial(visits.answer, event(), 200)
        spent = summary(samples_of([page] * (ROUNDS + WARM_UP), WARM_UP))
        with counted() as asked:
            page()
        looks.append(Look(what, size, len(asked.calls), spent))
    return looks


def compare(looks: Sequence[Look], peer: Peer, results: Results) -> None:
    """Adds the section and its gates."""
    theirs = {(each.what, each.size): summary(peer[f"{each.what} at {each.size}"]) for each in looks}
    rows = [_row(each, theirs[each.what, each.size]) for each in looks]
    results.sections.append(Section("Pages of the desk", HOW, HEAD, rows))
    for what, name in NAMES.items():
        seen = [each for each in looks if each.what == what]
        first, last = seen[0], seen[-1]
        for each in seen:
            results.at_most(
                f"calls of a {name} in a browser at {each.size:,} cases, of {CALLS[what]}",
                1,
                each.calls / CALLS[what],
            )
        share = first.spent.best / theirs[what, first.size].best
        results.at_most(f"processor time of a {name} at {first.size:,} cases, of the peer's", A_FIFTH, share)
        if last is not first:
            between = f"at {last.size:,} cases, of that at {first.size:,}"
            growth = last.spent.best / first.spent.best
            results.at_most(f"processor time of a {name} in a browser {between}", FLAT, growth)


def _row(look: Look, theirs: Spent) -> tuple[str, ...]:
    spent, share = look.spent, look.spent.best / theirs.best
    times = (f"{spent.best:.2f}", f"{spent.median:.2f}", f"{theirs.best:.2f}", f"{theirs.median:.2f}")
    return (f"{look.size:,}", NAMES[look.what], str(look.calls), *times, f"{share:.0%}")

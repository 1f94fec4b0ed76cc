"""The whole benchmark: counts, warm operations, cold starts, growth; each beside what it is compared with."""

import sys
from dataclasses import dataclass

import app
from benchmarks import (
    closed_flood,
    cold,
    counts,
    desk_pages,
    due_dates,
    growth,
    hostile_input,
    overdue,
    shared_out,
    warm,
)
from benchmarks.measuring import report
from benchmarks.measuring.cpu_time import summary
from benchmarks.measuring.results import Results, Section
from benchmarks.peer import environment as peer
from benchmarks.product.gateway_requests import Visits
from benchmarks.product.installation import installed
from benchmarks.product.packaged import packaged
from benchmarks.warm import Peer


@dataclass(frozen=True)
class Scope:
    """How thorough a run is."""

    name: str
    warm_rounds: int
    cold_rounds: int
    sizes: tuple[int, ...]


FULL = Scope("full", warm_rounds=300, cold_rounds=15, sizes=(1_000, 10_000, 50_000))
QUICK = Scope("quick (`--quick`): fewer rounds, 1,000 cases only", 90, 9, (1_000,))


def main(scope: Scope) -> bool:
    """Runs it, writes the page, says what was found, and answers whether every gate holds."""
    results = run(scope)
    report.write(results, scope.name)
    for gate in results.gates:
        say(f"{'holds' if gate.holds else 'FAILS'}  {gate.what}: {gate.found} ({gate.bound})")
    say(f"Written: {report.PAGE}")
    return results.hold


def looking(cases: int) -> bool:
    """Says what pages and the schedule cost at 1,000 cases and at so many (docs/capacity.md), and answers
    whether the gates of their counts hold."""
    results = Results()
    with installed() as installation:
        installation.furnish()
        visits = Visits(installation, app.app)
        looks = growth.look(visits, (QUICK.sizes[0], cases), app.escalate_overdue, results)
    rows = [look.row for look in looks]
    results.sections.append(Section("Pages of the desk", desk_pages.HOW, desk_pages.OWN_HEAD, rows))
    for section in results.sections:
        say(report.table(section.head, section.rows))
    return results.hold


RUNS = 16
"""Runs of the schedule beside each other: `ScheduleRuns`, unless an operator says otherwise."""


def sharing(due: int) -> bool:
    """Says what it costs to share out so many cases that fall due at once (docs/capacity.md), and answers
    whether a case costs no more calls than alone, and what is urgent comes first."""
    with installed() as installation:
        installation.furnish()
        found, letters = shared_out.measure(due, RUNS, app.escalate_overdue, say)
    results = Results()
    results.at_most(
        f"calls for a due case, of {shared_out.PER_CASE}", 1.0, found.calls_a_case / shared_out.PER_CASE
    )
    results.exactly("urgent cases that came after a usual one of their shard", 0, found.urgent_after_usual)
    results.exactly("urgent letters wanted again in the first minute", letters.urgent, letters.urgent_wanted)
    say(report.table(shared_out.HEAD, [found.row]))
    say(report.table(shared_out.LETTERS_HEAD, [letters.row]))
    return results.hold


def closing(cases: int) -> bool:
    """Says what it costs to close a flood of so many cases to its end (docs/capacity.md), and answers whether
    a case costs no more calls than it should."""
    with installed() as installation:
        installation.furnish()
        counted, closed = closed_flood.measure(cases)
    results = Results()
    results.at_most(
        f"calls for a case that is closed, of {closed_flood.PER_CASE}",
        1.1,
        closed.calls_a_case / closed_flood.PER_CASE,
    )
    say(report.table(closed_flood.HEAD, [counted.row, closed.row]))
    return results.hold


def run(scope: Scope) -> Results:
    """Measures everything, the two sides of each comparison as near to each other in time as can be."""
    results = Results()
    say("Building the package, starting the engine …")
    with packaged() as package, installed() as installation:
        environment = installation.furnish()
        visits = Visits(installation, app.app)
        counts.measure(visits, results)
        theirs = _warm(scope, visits, results)
        say("Cold starts …")
        # Of their own: whoever signs in there is signed out with the tables that are made anew after it.
        cold.measure(environment, package, Visits(installation, app.app), results, scope.cold_rounds)
        say("Growth …")
        installation.furnish()
        growth.measure(visits, scope.sizes, app.escalate_overdue, theirs, results)
        say("Hostile input …")
        installation.furnish()
        hostile_input.measure(installation, visits, results)
        say("Cases due …")
        installation.furnish()
        overdue.measure(scope.sizes, app.escalate_overdue, summary(theirs["escalation"]), results)
    return results


def _warm(scope: Scope, visits: Visits, results: Results) -> Peer:
    """Adds what warm operations cost; answers with what the peer spends, at its desk too."""
    half = scope.warm_rounds // 2
    say("Warm operations: the peer …")
    before = peer.measure(half, warm.WARM_UP, sizes=scope.sizes)
    say("Warm operations: the product …")
    product = warm.measure(visits, scope.warm_rounds)
    say("Warm operations: the peer again …")
    after = peer.measure(half, warm.WARM_UP)
    in_memory = peer.measure(half, warm.WARM_UP, lasting=False)
    both = {what: samples + after.get(what, []) for what, samples in before.items()}
    warm.compare(product, both, in_memory, results)
    due_dates.measure(product["submission"], results)
    return both


def say(line: str) -> None:
    """Tells whoever waits how far it is."""
    print(line, file=sys.stderr, flush=True)

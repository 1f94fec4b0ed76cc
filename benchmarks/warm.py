"""What a warm operation costs in processor time, product and peer in the same run."""

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

from benchmarks.measuring.cpu_time import Operation, Spent, samples_of, summary
from benchmarks.measuring.engine_time import engine_milliseconds
from benchmarks.measuring.results import Results, Section
from benchmarks.product.gateway_requests import Visits
from complaints.adapters.container import container
from functions.workers.letters.outbox import deliver

HOW = (
    "Processor time of the thread that answers, in milliseconds, after a warm-up: the lowest and the "
    "median. The product is called as API Gateway calls it, proof of work and log line included, with the "
    "real engine behind it. The peer is django-helpdesk 2.6.1 on Django 5.2, called through its public "
    "form with Django's test client, once before and once after the product. Two things are not alike, "
    "and both are shown: the peer's database works in its process (SQLite in a file, as an installation "
    "has it, and in memory as the least it could cost), the product's in another one; and the peer "
    "renders its mail at once, the product in a second function, which is the row below the submission."
)
HEAD = ("operation", "lowest", "median", "of the peer's lowest", "of the peer's median")
MOST, LETTER_MOST = 0.5, 1.5
WARM_UP = 20
ACKNOWLEDGEMENT = "000001.1"

Peer = dict[str, list[float]]


def measure(visits: Visits, rounds: int) -> dict[str, Spent]:
    """What the product spends on each operation; `engine` is the engine's share of a submission."""
    events = [visits.submission() for _ in range(rounds + WARM_UP)]
    before = engine_milliseconds()
    submissions = samples_of((partial(visits.answer, event, 201) for event in events), WARM_UP)
    engine = (engine_milliseconds() - before) / len(events)
    fewer = rounds // 3 + WARM_UP
    pages = [partial(visits.answer, visits.queue(), 200)] * fewer
    return {
        "submission": summary(submissions),
        "engine": Spent(engine, engine),
        "letter": summary(samples_of(_letters(visits, fewer), WARM_UP)),
        "command": summary(samples_of(_notes(visits, fewer), WARM_UP)),
        "queue": summary(samples_of(pages, WARM_UP)),
    }


def compare(product: dict[str, Spent], peer: Peer, in_memory: Peer, results: Results) -> None:
    """Adds the section and its gates."""
    ours, theirs = product["submission"], summary(peer["submission"])
    least = summary(in_memory["submission"])
    rows = [
        _row("submission", ours, theirs),
        _row("letter", product["letter"], theirs),
        _row("submission and the letter sent afterwards", _sum(ours, product["letter"]), theirs),
        _row("submission and the engine's own work for it", _sum(ours, product["engine"]), theirs),
        _row("submission, beside the peer in memory", ours, least),
        _row("peer: submission", theirs, theirs),
        _row("peer: submission, database in memory", least, theirs),
        _row("staff command (note)", product["command"]),
        _row("queue page of 50 (JSON)", product["queue"]),
    ]
    results.sections.append(Section("Warm operations", HOW, HEAD, rows))
    what = "processor time of a warm submission, of the peer's"
    results.at_most(f"{what} (lowest)", MOST, ours.best / theirs.best)
    results.at_most(f"{what} (median)", MOST, ours.median / theirs.median)
    letter = product["letter"].best / theirs.best
    results.at_most("processor time of a letter, of the peer's submission", LETTER_MOST, letter)


def _sum(one: Spent, other: Spent) -> Spent:
    return Spent(one.best + other.best, one.median + other.median)


def _letters(visits: Visits, count: int) -> Iterator[Operation]:
    for _ in range(count):
        # Each to a mailbox of its own: a further letter to one is held by its cap.
        taken = visits.submit(f"{uuid4().hex}@customer.example")
        yield partial(deliver, container(), taken.reference, ACKNOWLEDGEMENT)


def _notes(visits: Visits, count: int) -> Iterator[Operation]:
    taken = visits.submit()
    for _ in range(count):
        yield partial(visits.answer, visits.note(taken), 200)


def _row(what: str, spent: Spent, other: Spent | None = None) -> tuple[str, ...]:
    shares = (f"{spent.best / other.best:.0%}", f"{spent.median / other.median:.0%}") if other else ("", "")
    return (what, f"{spent.best:.2f}", f"{spent.median:.2f}", *shares)

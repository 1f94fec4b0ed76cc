"""What each operation asks of AWS: calls, capacity units, bytes. The same on every machine."""

from uuid import uuid4

from benchmarks.automation_rules import calls_of_stream, keep_rules
from benchmarks.measuring.aws_requests import Tally, counted
from benchmarks.measuring.results import Results, Section
from benchmarks.product import wanted_letter
from benchmarks.product.gateway_requests import Event, Visits, refused
from complaints.adapters import container
from functions.workers.letters.outbox import deliver

HOW = (
    "Every HTTP request that botocore sends is counted, repeats included; units are those that the table "
    "reports; bytes are the bodies of requests and answers together. All rows but the last are of a "
    "process that has answered before; the last is a fresh process: it also fetches the secret keys, and "
    "the site, which it then keeps for a minute."
)
HEAD = ("operation", "calls", "read units", "write units", "bytes", "which")
PAGE = 50
LETTER_CALLS = 7
"""The case with its receipt, a claim, the bytes, two caps, the mail service, the record."""


def measure(visits: Visits, results: Results) -> None:
    """Adds a section and its gates."""
    section = Section("What an operation asks of AWS", HOW, HEAD)
    results.sections.append(section)
    taken = [visits.submit() for _ in range(PAGE)].pop()

    def of(what: str, event: Event, expected: int) -> int:
        with counted() as tally:
            visits.answer(event, expected)
        section.rows.append(row(what, tally))
        return len(tally.calls)

    results.exactly("calls of a submission", 1, of("submission", visits.submission(), 201))
    results.exactly("calls of a refused submission", 0, of("submission, refused", refused(), 422))
    results.exactly("calls of a staff command", 2, of("staff command (note)", visits.note(taken), 200))
    results.exactly(f"calls of a queue page of {PAGE}", 3, of(f"queue page of {PAGE}", visits.queue(), 200))
    results.exactly("calls of a staff intake", 2, of("staff intake", visits.intake(), 201))
    results.exactly("calls of a place for a file", 3, of("place for a file", visits.offer(taken), 201))
    wanted = wanted_letter.of(visits.submit(f"{uuid4().hex}@customer.example"))
    with counted() as tally:
        deliver(container.container(), wanted.reference, wanted_letter.ACKNOWLEDGEMENT)
    wanted.must_be_sent()
    section.rows.append(row("letter", tally))
    results.exactly("calls of a letter", LETTER_CALLS, len(tally.calls))
    followed = calls_of_stream(taken.reference)
    rules = f"with {keep_rules()} automation rules"
    results.exactly(f"calls of a submission {rules}", 1, of(f"submission {rules}", visits.submission(), 201))
    results.exactly(f"calls of a staff command {rules}", 2, of(f"note {rules}", visits.note(taken), 200))
    results.exactly(f"more calls of the stream {rules}", 0, calls_of_stream(taken.reference) - followed)
    of("case page", visits.case(taken), 200)
    of("public view", visits.view(taken), 200)
    event = visits.submission()
    container.use_container(None)
    of("submission, the first of a process", event, 201)


def row(what: str, tally: Tally) -> tuple[str, ...]:
    """A row of the table for what was counted."""
    units = (f"{tally.read_units:g}", f"{tally.write_units:g}")
    return (what, str(len(tally.calls)), *units, f"{tally.bytes:,}", ", ".join(tally.operations))

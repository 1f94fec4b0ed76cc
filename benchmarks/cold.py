"""Cold starts, product and untreated stack by turns: what a fresh process spends until its first answer."""

from collections.abc import Callable, Mapping
from statistics import median

from msgspec import Struct

from benchmarks.measuring.cpu_time import summary
from benchmarks.measuring.results import Results, Section
from benchmarks.product import woken
from benchmarks.product.gateway_requests import Event, Visits, form_page, refused
from benchmarks.product.installation import ROOT
from benchmarks.product.packaged import Package, site_packages
from benchmarks.product.woken import Waking
from benchmarks.starts import Stack, Start, start

HOW = (
    "Processor time in milliseconds from the start of a fresh Python 3.13 to the answer, the stacks by "
    "turns, the first round left out; the share is the median of each round's. The product is the built "
    "package, unpacked as Lambda lays it out; the untreated stack (`benchmarks/untreated`) has every "
    "library at its top, and its dependencies as they come. Both find compiled files, and speak plain "
    "HTTP to the same engine. The product's submission also fetches its keys and its site, and checks its "
    "proof of work; the refused one has neither a description nor consent. The letter is the acknowledgement "
    "of a complaint: from the record of the stream it is claimed, written, sent and put on record. The pages "
    "are those that somebody begins with; of the functions that the schedule wakes none has anything due."
)
HEAD = ("first answer", "function", "lowest", "median", "share of the untreated", "modules")
SUBMISSION_MOST, REFUSED_MOST, LETTER_MOST = 0.6, 0.25, 0.8
DATABASE = frozenset({"boto3", "pynamodb", "complaints.adapters.dynamodb.models"})
HEAVY = frozenset({"babel", "dateutil.parser._parser", "jinja2", "joserfc"})
"""Not cryptography: a submission is encrypted, for some 1 % of its start (docs/design/encryption.md)."""
UNNEEDED = frozenset({"altcha", "joserfc"})
"""What a letter does without."""
OTHERS = frozenset({"altcha", "babel", "jinja2", "joserfc"})
"""What no function needs that answers nobody and writes nothing."""
FEWER = 3
"""One round of so many also starts what is gated by its imports alone."""


class First(Struct, frozen=True):
    """A first answer of a function, and what its start may import: so many modules, and none of some."""

    what: str
    function: str
    event: Callable[[Visits], Waking]
    modules: int
    unneeded: frozenset[str] = frozenset()
    answer: Mapping[str, object] = {}


def _page(what: str, event: Callable[[Visits], Event], modules: int) -> First:
    return First(what, "app", lambda visits: Waking(event(visits)), modules, UNNEEDED, {"statusCode": 200})


STREAM: Mapping[str, object] = {"batchItemFailures": []}
FIRSTS = (
    _page("form", lambda _: form_page(), 670),
    _page("status page", lambda visits: visits.status_page(visits.submit()), 725),
    _page("queue page", Visits.queue_page, 790),
    _page("case page", lambda visits: visits.case_page(visits.submit()), 855),
    First("receipt in the stream", "follow_cases", woken.entry, 650, OTHERS, STREAM),
    First("letter delivered", "settle_letter", woken.delivery, 540, OTHERS),
    First("mail that comes in", "take_mail", woken.mail, 705, UNNEEDED),
    First("schedule", "escalate_overdue", lambda _: woken.minute(), 535, OTHERS, {"failed": 0}),
    First("checkpoint", "seal_checkpoints", lambda _: woken.minute(), 590, OTHERS, {"differences": 0}),
    First("evidence", "make_evidence", lambda _: woken.minute(), 550, OTHERS, {"failed": 0}),
    First("erasure", "erase_cases", lambda _: woken.minute(), 565, OTHERS, {"erased": []}),
)
PAGES = ("form", "status page", "queue page", "case page", "letter")
"""What is written with templates that the package holds compiled."""

Found = dict[str, list[Start]]


def measure(
    environment: dict[str, str], package: Package, visits: Visits, results: Results, rounds: int
) -> None:
    """Adds the section and its gates; `environment` is what a function of the installation finds."""
    # Imported here: its clients are made with it, and want the installation's environment.
    from benchmarks.untreated import handler

    handler.Complaint.create_table(wait=True)
    environment = environment | {
        "ANSWERABLE_TEMPLATES": str(package.templates),
        "ANSWERABLE_INBOX": woken.INBOX,
    }
    untreated = Stack(package.python, "benchmarks.untreated.handler", (ROOT, site_packages()), environment)

    def of(function: str) -> Stack:
        module = "app" if function == "app" else f"app:{function}"
        return Stack(package.python, module, package.paths, environment)

    found: Found = {what: [] for what in ("untreated", "submission", "refused", "letter")}
    found |= {first.what: [] for first in FIRSTS}
    for place in range(rounds + 1):
        # The first round says what is compiled, and is left out of the times.
        how = {"is_watched": place == 0}
        found["untreated"].append(start(untreated, visits.submission(), {"statusCode": 201}, **how))
        found["submission"].append(start(of("app"), visits.submission(), {"statusCode": 201}, **how))
        found["refused"].append(start(of("app"), refused(), {"statusCode": 422}, **how))
        acknowledgement = woken.letter(visits)
        found["letter"].append(start(of("send_letters"), acknowledgement.event, STREAM, **how))
        acknowledgement.must_be_done()
        if place % FEWER:
            continue
        for first in FIRSTS:
            waking = first.event(visits)
            found[first.what].append(start(of(first.function), waking.event, first.answer, **how))
            waking.must_be_done()
    compiled = {what: starts[0].compiled for what, starts in found.items()}
    for what in PAGES:
        results.exactly(f"templates that the first {what} of a process compiles", 0, len(compiled[what]))
    _judge({what: starts[1:] for what, starts in found.items()}, results)


def _judge(found: Found, results: Results) -> None:
    untreated, submission, refused_one = found["untreated"], found["submission"], found["refused"]
    letter = found["letter"]
    functions = dict.fromkeys(("submission", "refused"), "app") | {"letter": "send_letters"}
    functions |= {first.what: first.function for first in FIRSTS}
    rows = [
        _row(what, functions.get(what, ""), starts, _share(starts, untreated))
        for what, starts in found.items()
    ]
    results.sections.append(Section("Cold starts", HOW, HEAD, rows))
    of = "of the untreated stack's"
    results.at_most(f"cold start of a submission, {of}", SUBMISSION_MOST, _share(submission, untreated))
    results.at_most(f"cold start of a refused request, {of}", REFUSED_MOST, _share(refused_one, untreated))
    results.at_most(f"cold start of a letter, {of}", LETTER_MOST, _share(letter, untreated))
    results.none_of("what a refused request imports of the database", DATABASE, refused_one[0].modules)
    results.none_of("what a submission imports", HEAVY, submission[0].modules)
    results.none_of("what a letter imports", UNNEEDED, letter[0].modules)
    for first in FIRSTS:
        modules = found[first.what][0].modules
        results.within(f"modules that a cold start imports: {first.what}", first.modules, len(modules))
        results.none_of(f"what a cold start imports: {first.what}", first.unneeded, modules)


def _share(starts: list[Start], others: list[Start]) -> float:
    """The median of the shares of each round: what ran side by side bore the same load."""
    apart = len(others) // len(starts)
    rounds = zip(starts, others[apart - 1 :: apart], strict=True)
    return median(one.milliseconds / other.milliseconds for one, other in rounds)


def _row(what: str, function: str, starts: list[Start], share: float) -> tuple[str, ...]:
    spent = summary(each.milliseconds for each in starts)
    times = (f"{spent.best:.0f}", f"{spent.median:.0f}")
    return (what, function, *times, f"{share:.0%}", str(len(starts[0].modules)))

"""Cold starts, product and untreated stack by turns: what a fresh process spends until its first answer."""

from statistics import median
from uuid import uuid4

from benchmarks.measuring.cpu_time import summary
from benchmarks.measuring.results import Results, Section
from benchmarks.product import wanted_letter
from benchmarks.product.gateway_requests import Visits, refused
from benchmarks.product.installation import ROOT
from benchmarks.product.packaged import Package, site_packages
from benchmarks.starts import Stack, Start, start

HOW = (
    "Processor time in milliseconds from the start of a fresh Python 3.13 to the answer, the stacks by "
    "turns, the first round left out; the share is the median of each round's. The product is the built "
    "package, unpacked as Lambda lays it out; the untreated stack (`benchmarks/untreated`) has every "
    "library at its top, and its dependencies as they come. Both find compiled files, and speak plain "
    "HTTP to the same engine. The product's submission also fetches its keys and its site, and checks its "
    "proof of work; the refused one has neither a description nor consent. The letter is the acknowledgement "
    "of a complaint: from the record of the stream it is claimed, written, sent and put on record."
)
HEAD = ("first answer", "lowest", "median", "share of the untreated", "modules")
SUBMISSION_MOST, REFUSED_MOST, LETTER_MOST = 0.6, 0.25, 0.8
DATABASE = frozenset({"boto3", "pynamodb", "complaints.adapters.dynamodb.models"})
HEAVY = frozenset({"babel", "jinja2", "joserfc"})
"""Not cryptography: a submission is encrypted, for some 1 % of its start (docs/design/encryption.md)."""
UNNEEDED = frozenset({"altcha", "joserfc"})
"""What a letter does without."""


def measure(
    environment: dict[str, str], package: Package, visits: Visits, results: Results, rounds: int
) -> None:
    """Adds the section and its gates; `environment` is what a function of the installation finds."""
    # Imported here: its clients are made with it, and want the installation's environment.
    from benchmarks.untreated import handler

    handler.Complaint.create_table(wait=True)
    environment = environment | {"ANSWERABLE_TEMPLATES": str(package.templates)}
    product = Stack(package.python, "app", package.paths, environment)
    untreated = Stack(package.python, "benchmarks.untreated.handler", (ROOT, site_packages()), environment)
    letters = Stack(package.python, "app:send_letters", package.paths, environment)
    found: dict[str, list[Start]] = {"untreated": [], "submission": [], "refused": [], "letter": []}
    for _ in range(rounds + 1):
        found["untreated"].append(start(untreated, visits.submission(), {"statusCode": 201}))
        found["submission"].append(start(product, visits.submission(), {"statusCode": 201}))
        found["refused"].append(start(product, refused(), {"statusCode": 422}))
        # Of a mailbox that had none today: a further letter to one is held by its cap.
        acknowledgement = wanted_letter.of(visits.submit(f"{uuid4().hex}@customer.example"))
        found["letter"].append(start(letters, acknowledgement.event(), {"batchItemFailures": []}))
        acknowledgement.must_be_sent()
    _judge({what: starts[1:] for what, starts in found.items()}, results)


def _judge(found: dict[str, list[Start]], results: Results) -> None:
    untreated, submission, refused_one = found["untreated"], found["submission"], found["refused"]
    letter = found["letter"]
    rows = [_row(what, starts, _share(starts, untreated)) for what, starts in found.items()]
    results.sections.append(Section("Cold starts", HOW, HEAD, rows))
    of = "of the untreated stack's"
    results.at_most(f"cold start of a submission, {of}", SUBMISSION_MOST, _share(submission, untreated))
    results.at_most(f"cold start of a refused request, {of}", REFUSED_MOST, _share(refused_one, untreated))
    results.at_most(f"cold start of a letter, {of}", LETTER_MOST, _share(letter, untreated))
    results.none_of("what a refused request imports of the database", DATABASE, refused_one[0].modules)
    results.none_of("what a submission imports", HEAVY, submission[0].modules)
    results.none_of("what a letter imports", UNNEEDED, letter[0].modules)


def _share(starts: list[Start], others: list[Start]) -> float:
    """The median of the shares of each round: what ran side by side bore the same load."""
    rounds = zip(starts, others, strict=True)
    return median(one.milliseconds / other.milliseconds for one, other in rounds)


def _row(what: str, starts: list[Start], share: float) -> tuple[str, ...]:
    spent = summary(each.milliseconds for each in starts)
    return (what, f"{spent.best:.0f}", f"{spent.median:.0f}", f"{share:.0%}", str(len(starts[0].modules)))

"""Cold starts, product and untreated stack by turns: what a fresh process spends until its first answer."""

from benchmarks.installation import ROOT, Installation
from benchmarks.packaged import Package, site_packages
from benchmarks.results import Results, Section
from benchmarks.ruler import Spent, summary
from benchmarks.starts import Stack, Start, start
from benchmarks.visits import Visits, refused

HOW = (
    "Processor time in milliseconds from the start of a fresh Python 3.13 to the answer, the stacks by "
    "turns, the first round left out. The product is the built package, unpacked as Lambda lays it out; "
    "the untreated stack (`benchmarks/untreated`) has every library at its top, and its dependencies as "
    "they come. Both find compiled files, speak plain HTTP to the same engine, and write. The product's "
    "submission also fetches its keys and its site, and checks its proof of work."
)
HEAD = ("first answer", "lowest", "median", "of the untreated lowest", "of the untreated median", "modules")
SUBMISSION_MOST, REFUSED_MOST = 0.6, 0.25
DATABASE = frozenset({"boto3", "pynamodb", "complaints.world.table"})
HEAVY = frozenset({"babel", "cryptography", "jinja2", "nh3"})


def measure(
    installation: Installation, package: Package, visits: Visits, results: Results, rounds: int
) -> None:
    """Adds the section and its gates."""
    # Imported here: its clients are made with it, and want the installation's environment.
    from benchmarks.untreated import handler

    handler.Complaint.create_table(wait=True)
    environment = installation.environment("bench") | {"ANSWERABLE_TEMPLATES": str(package.templates)}
    product = Stack(package.python, "app", package.paths, environment)
    untreated = Stack(package.python, "benchmarks.untreated.handler", (ROOT, site_packages()), environment)
    found: dict[str, list[Start]] = {"untreated": [], "submission": [], "refused": []}
    for _ in range(rounds + 1):
        found["untreated"].append(start(untreated, visits.submission(), 201))
        found["submission"].append(start(product, visits.submission(), 201))
        found["refused"].append(start(product, refused(), 422))
    _judge({what: starts[1:] for what, starts in found.items()}, results)


def _judge(found: dict[str, list[Start]], results: Results) -> None:
    spent = {what: summary(each.milliseconds for each in starts) for what, starts in found.items()}
    other = spent["untreated"]
    results.sections.append(
        Section("Cold starts", HOW, HEAD, [_row(what, spent[what], other, found[what][0]) for what in found])
    )
    for what, most in (("submission", SUBMISSION_MOST), ("refused", REFUSED_MOST)):
        share = spent[what].best / other.best
        results.at_most(f"cold start, {what}, of the untreated stack's (lowest)", most, share)
    refused_one, submission = found["refused"][0], found["submission"][0]
    results.none_of("what a refused request imports of the database", DATABASE, refused_one.modules)
    results.none_of("what a submission imports", HEAVY, submission.modules)


def _row(what: str, spent: Spent, other: Spent, first: Start) -> tuple[str, ...]:
    shares = (f"{spent.best / other.best:.0%}", f"{spent.median / other.median:.0%}")
    return (what, f"{spent.best:.0f}", f"{spent.median:.0f}", *shares, str(len(first.modules)))

"""Writes a run's results as a Markdown page."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import machine
from benchmarks.measuring.results import Results

PAGE = Path(__file__).parents[1] / "RESULTS.md"

_OPENING = """# Benchmark results

Written by `make bench`; do not edit. Counts and shares are gates: they do not depend on the machine, and
one that fails makes `make bench` fail. Times are only there to be compared with others of the same run, but
for those of hostile input, which no machine may pass.
"""


def write(results: Results, scope: str) -> None:
    """Replaces the page; `scope` says how thorough the run was."""
    PAGE.write_text(page(results, scope), encoding="utf-8")


def page(results: Results, scope: str) -> str:
    """The page: the machine, the gates, and one table a section."""
    gates = [
        (gate.what, gate.bound, gate.found, "holds" if gate.holds else "**fails**") for gate in results.gates
    ]
    parts = [
        _OPENING,
        table(("measured on", ""), [*machine.description(), ("run", scope)]),
        "## Gates\n",
        table(("what", "must be", "found", ""), gates),
    ]
    for section in results.sections:
        parts += [f"## {section.title}\n", f"{section.how}\n", table(section.head, section.rows)]
    return "\n".join(parts)


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

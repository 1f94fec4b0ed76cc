"""What commands for maintainers have in common that hold a table against its facts, and mend it."""

import argparse
import sys
from collections.abc import Callable, Iterator
from typing import Protocol

from complaints.adapters.maintenance.rebuild_heads import Finding
from infrastructure.deployment.account import ending


class Search(Protocol):
    """Something that goes through the table; `looked_at` is how much it has seen."""

    looked_at: int

    def findings(self) -> Iterator[Finding]: ...


def report_findings(search: Search, summary: str) -> int:
    """Prints a line for each finding as it comes, then the summary of what was seen, found and mended.

    Returns how much is left as it was.
    """
    found = left = 0
    for finding in search.findings():
        found += 1
        left += not finding.mended
        state = "written anew" if finding.mended else "differs"
        print(f"{finding.name}: {state}: {', '.join(finding.differences)}")
    print(summary.format(search.looked_at, found, found - left))
    return left


def command(name: str, act: Callable[[str, bool], int]) -> None:
    """Does what the command line names: `act` takes the table, and whether it only checks."""
    arguments = argparse.ArgumentParser(prog=f"python -m infrastructure.{name}")
    arguments.add_argument("table")
    arguments.add_argument("--check", action="store_true", help="changes nothing")
    options = arguments.parse_args()
    with ending("The table could not be read to its end."):
        left = act(options.table, options.check)
    sys.exit(1 if left else 0)

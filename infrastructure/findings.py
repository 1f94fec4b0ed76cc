"""What commands for maintainers say of what they found to be otherwise than its facts say."""

from collections.abc import Iterable
from typing import NamedTuple

from complaints.world.rebuilding import Finding


class Found(NamedTuple):
    """How much was found, and how much of it is left as it was."""

    found: int
    left: int


def said(findings: Iterable[Finding]) -> Found:
    """Prints a line for each, as it is found."""
    found = left = 0
    for finding in findings:
        found += 1
        left += not finding.mended
        state = "written anew" if finding.mended else "differs"
        print(f"{finding.name}: {state}: {', '.join(finding.differences)}")
    return Found(found, left)

"""Known weaknesses of what is deployed, where a service of advisories is reachable (pip-audit)."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

SECONDS = 300


class Audit(NamedTuple):
    """What came of asking: how many packages were `audited` of `asked`, and the `found` weaknesses, one line
    each."""

    asked: int
    audited: int
    found: tuple[str, ...]

    @property
    def text(self) -> str:
        """In a line, and one more for each weakness."""
        if not self.audited:
            return "Advisories: NOT CHECKED, no service of advisories is reachable from here."
        known = len(self.found)
        said = f"Advisories: {known or 'no'} known for {self.audited} of {self.asked} packages."
        return "\n".join([said, *self.found])


NOT_ASKED = Audit(0, 0, ())


def audit(root: Path, tools: Path) -> Audit:
    """Asks for what is known of each package of `runtime.lock`."""
    command = [str(tools / "pip-audit"), "-r", str(root / "requirements/runtime.lock"), "--require-hashes"]
    command += ["--disable-pip", "--progress-spinner", "off", "-f", "json"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=SECONDS)
        return read(json.loads(done.stdout))
    except (json.JSONDecodeError, subprocess.TimeoutExpired):
        return NOT_ASKED


def read(report: Mapping[str, Any]) -> Audit:
    """Pip-audit's report; what it skipped was not audited."""
    packages = report["dependencies"]
    audited = [each for each in packages if "skip_reason" not in each]
    found = tuple(
        f"  {each['name']} {each['version']}: {known['id']},"
        f" mended in {', '.join(known['fix_versions']) or 'no version yet'}"
        for each in audited
        for known in each["vulns"]
    )
    return Audit(len(packages), len(audited), found)

"""`python -m infrastructure.importing FILE SITE MAPPING`: imports complaints of another system.

FILE is a table (CSV), MAPPING a file that says what its columns are, or the name of one that came with the
product. The token of a reviewer stands in the environment (`TOKEN`). Nothing is taken twice, so an import
that was stopped can be started again.
"""

import argparse
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import Progress

from infrastructure.importing.desk import Desk, Stopped
from infrastructure.importing.mapping_file import Mapping, NoMapping, read_mapping
from infrastructure.importing.rows import NoTable, read_rows
from infrastructure.importing.run import Outcome, import_rows, write_report

LOCAL = "http://127.0.0.1:8000"
OWN_HOSTS = ("127.0.0.1", "localhost")


def main() -> None:
    """Imports what the command line names."""
    options = _arguments()
    token = os.environ.get("TOKEN")
    if not token:
        sys.exit("The token of a reviewer is missing: set TOKEN.")
    try:
        mapping = read_mapping(options.mapping)
        total = sum(1 for _ in read_rows(options.file, mapping))
        desk = Desk(options.url, token)
        with Progress(console=Console(stderr=True)) as progress:
            rows = progress.track(read_rows(options.file, mapping), total, description="Importing")
            outcomes = list(import_rows(rows, mapping, options.site, desk, acknowledge=options.acknowledge))
    except (NoMapping, NoTable) as error:
        sys.exit(str(error))
    except Stopped as stopped:
        sys.exit(f"{stopped} Run it again: what was taken is not taken twice.")
    _conclude(options.file, mapping, outcomes)


def _conclude(file: Path, mapping: Mapping, outcomes: list[Outcome]) -> None:
    """Says what became of all rows, and ends with 1 where some were not taken."""
    left = [each for each in outcomes if each.flaws]
    before = sum(each.before for each in outcomes)
    print(f"{len(outcomes) - len(left) - before} taken, {before} taken before, {len(left)} not taken.")
    if left:
        report = file.with_suffix(f".{mapping.source}-not-taken.csv")
        write_report(report, left)
        print(f"What was not taken, and why: {report}")
        sys.exit(1)


def _safe(url: str) -> str:
    """An address to which a token can be sent. Raises `ArgumentTypeError`."""
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_HOSTS):
        return url
    raise argparse.ArgumentTypeError("a token is sent by https only")


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.importing")
    arguments.add_argument("file", type=Path)
    arguments.add_argument("site")
    arguments.add_argument("mapping")
    arguments.add_argument("--url", type=_safe, default=LOCAL, help="the installation, or the local run")
    arguments.add_argument("--acknowledge", action="store_true", help="writes to each complainant")
    return arguments.parse_args()


if __name__ == "__main__":
    main()

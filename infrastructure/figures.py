"""`python -m infrastructure.figures TABLE [--check]`: makes figures anew from facts.

Figures are added up by the stream, entry by entry. This counts every case of a table again: those that were
taken before there were figures, or whose record was set aside, are counted, and each number that is not what
the facts say is written anew. With `--check` it only names what differs. It reads the whole table.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from complaints.refusals import Unavailable
from complaints.world.assemble import world
from complaints.world.recounting import Recounting
from infrastructure.findings import said
from infrastructure.touched import open_world


def recount(*, check: bool) -> int:
    """Goes through the table of the world, says what differs, and returns how much of it is left."""
    sites = world().sites
    recounting = Recounting(lambda site: sites.terms(site).site.zone, mends=not check)
    found, left = said(recounting.findings())
    print(f"{recounting.looked_at} cases counted, {found} differences, {found - left} written anew.")
    return left


def main() -> None:
    """Counts what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.figures")
    arguments.add_argument("table")
    arguments.add_argument("--check", action="store_true", help="changes nothing")
    wanted = arguments.parse_args()
    open_world(wanted.table)
    try:
        left = recount(check=wanted.check)
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"The table could not be read to its end. {error}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()

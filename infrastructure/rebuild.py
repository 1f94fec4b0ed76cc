"""`python -m infrastructure.rebuild TABLE [--check]`: makes every head anew from its facts.

A head is what its entries say, put together once so that nobody has to read them all; the indexes find it
by what it says. This tells every chain of a table again and names each head that is not what it must be.
Without `--check` such a head is written anew. It reads the whole table: it is for maintainers, after a change
of how facts are told, and when a check of the record fails.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from complaints.refusals import Unavailable
from complaints.world.rebuilding import Rebuilding
from complaints.world.table import bind
from infrastructure.findings import said


def rebuild(table: str, *, check: bool) -> int:
    """Goes through `table`, says what differs, and returns how many heads are not what their facts say."""
    bind(table)
    rebuilding = Rebuilding(mends=not check)
    found, left = said(rebuilding.findings())
    seen = rebuilding.looked_at
    print(f"{seen} heads looked at, {found} not what their facts say, {found - left} written anew.")
    return left


def main() -> None:
    """Rebuilds what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.rebuild")
    arguments.add_argument("table")
    arguments.add_argument("--check", action="store_true", help="changes nothing")
    wanted = arguments.parse_args()
    try:
        left = rebuild(wanted.table, check=wanted.check)
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"The table could not be read to its end. {error}")
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()

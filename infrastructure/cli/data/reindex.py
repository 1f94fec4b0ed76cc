"""`python -m infrastructure.cli.data.reindex TABLE KEYS`: lets complaints be found by words.

The stream does it for each new complaint. This is for those that were taken before there was an index, and
for those whose record was set aside. It reads the whole table, and writes what is missing; doing it again
writes nothing. KEYS is the prefix of the installation's keys in the parameter store.
"""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.container import container
from complaints.adapters.secrets import KeyNotSet
from complaints.values.errors import Unavailable
from functions.workers.search_index import index_case
from infrastructure.deployment.account import reason
from infrastructure.deployment.open_container import open_container


def index() -> int:
    """Indexes every complaint of the bound table, and returns how many there are."""
    found = 0
    deps = container()
    for reference in deps.search.findable():
        index_case(deps.cases.entries, deps.search, reference)
        found += 1
    return found


def open_to_index(table: str, keys: str) -> None:
    """Chooses a container over a table that may read the one key by which words are found, below `keys`."""
    open_container(table, keys=keys, secrets="search")


def main() -> None:
    """Indexes what the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.reindex")
    arguments.add_argument("table")
    arguments.add_argument("keys", help="prefix of the installation's keys")
    options = arguments.parse_args()
    open_to_index(options.table, options.keys)
    try:
        print(f"{index()} complaints can be found by their words.")
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"The table could not be read to its end. {reason(error)}")
    except KeyNotSet as error:
        sys.exit(f"Nothing was indexed: there is no key {options.keys}/{error}.")


if __name__ == "__main__":
    main()

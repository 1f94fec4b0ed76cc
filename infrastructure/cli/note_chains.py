"""`python -m infrastructure.cli.note_chains TABLE`: notes the end of every chain for the next checkpoint.

The stream notes what happens from now on. This is for what was there before checkpoints were made, or after
the dead letter queue held records of the stream. It reads the whole table; done again it changes nothing.
"""

import argparse
import sys
from collections.abc import Iterator
from hashlib import sha256

from botocore.exceptions import BotoCoreError, ClientError

from complaints.adapters.container import container
from complaints.adapters.dynamodb.models import EntryItem, Item
from complaints.adapters.dynamodb.reads import answering
from complaints.checkpoints.leaf import ChainLeaf
from complaints.checkpoints.sealing import ends_of
from complaints.values.errors import Unavailable
from infrastructure.deployment.open_container import open_container


def note_all() -> int:
    """Notes the last entry of each chain of the bound table, and returns how many."""
    ends = list(ends_of(_entries()))
    container().checkpoint_notes.note(container().now(), ends)
    return len(ends)


def _entries() -> Iterator[ChainLeaf]:
    with answering():
        for item in EntryItem.scan(Item.sk.startswith("entry#"), consistent_read=True):
            if isinstance(item, EntryItem) and item.sk.partition("#")[2].isdecimal():
                yield ChainLeaf(item.pk, int(item.sk.partition("#")[2]), sha256(item.data).hexdigest())


def main() -> None:
    """Notes the chains of the table that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.note_chains")
    arguments.add_argument("table")
    open_container(arguments.parse_args().table)
    try:
        print(f"{note_all()} chains are noted for the next checkpoint.")
    except (BotoCoreError, ClientError, Unavailable) as error:
        sys.exit(f"It could not be done to its end; do it again. {error}")


if __name__ == "__main__":
    main()

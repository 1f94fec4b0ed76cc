"""`python -m infrastructure.cli.data.note_chains TABLE`: notes every chain for the next checkpoint, the state
of every case, and every run of retention rules that ended.

The stream notes what happens from now on. This is for what was there before checkpoints were made, or after
the dead letter queue held records of the stream. It reads the whole table; done again it changes nothing.
"""

import argparse
from collections.abc import Iterator
from hashlib import sha256

from complaints.adapters.container import container
from complaints.adapters.dynamodb.models import EntryItem, Head, Item, RetentionRunItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.stores.checkpoint_notes import head_leaf, run_leaf
from complaints.checkpoints.leaf import ChainLeaf, HeadLeaf, RunLeaf
from complaints.checkpoints.sealing import ends_of
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_container


def note_all() -> int:
    """Notes the last entry of each chain of the bound table, each state of a case and each run; returns how
    many chains and runs there are."""
    ends = list(ends_of(_entries()))
    runs = list(_runs())
    container().checkpoint_notes.note(container().now(), [*ends, *_heads(), *runs])
    return len(ends) + len(runs)


def _entries() -> Iterator[ChainLeaf]:
    with answering():
        for item in EntryItem.scan(Item.sk.startswith("entry#"), consistent_read=True):
            if isinstance(item, EntryItem) and item.sk.partition("#")[2].isdecimal():
                yield ChainLeaf(item.pk, int(item.sk.partition("#")[2]), sha256(item.data).hexdigest())


def _heads() -> Iterator[HeadLeaf]:
    with answering():
        for item in Head.scan(Item.sk == "head", consistent_read=True):
            if isinstance(item, Head):
                yield head_leaf(item.pk, int(item.number), item.state)


def _runs() -> Iterator[RunLeaf]:
    with answering():
        for item in RetentionRunItem.scan(Item.sk.startswith("run#"), consistent_read=True):
            if isinstance(item, RetentionRunItem) and (leaf := run_leaf(item.pk, item.sk, item.run)):
                yield leaf


def main() -> None:
    """Notes the chains of the table that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.note_chains")
    arguments.add_argument("table")
    open_container(arguments.parse_args().table)
    with ending("It could not be done to its end; do it again."):
        print(f"{note_all()} chains and runs are noted for the next checkpoint.")


if __name__ == "__main__":
    main()

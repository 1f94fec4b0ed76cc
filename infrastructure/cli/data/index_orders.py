"""`python -m infrastructure.cli.data.index_orders TABLE`: lets files ordered before an update be made.

Evidence packs and files of a person wait in a partition of the due index of their own. What was ordered
before there was that one stands in none, and would wait for ever. It reads the whole table; done again it
changes nothing.
"""

import argparse
from collections.abc import Iterator
from functools import partial

from complaints.adapters.dynamodb.key_schema import ORDERED
from complaints.adapters.dynamodb.models import Item, RecordItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.dynamodb.record_items import from_record_item, to_record_item
from complaints.adapters.dynamodb.transactions import was_made
from complaints.management.record import RecordKind
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_container

KINDS = (RecordKind.EVIDENCE_PACK, RecordKind.PERSONAL_DATA)


def index_orders() -> int:
    """Puts each order of the bound table that waits where its maker looks; returns how many were not there.

    One that changes meanwhile is put there by whatever changes it.
    """
    found = 0
    for item in _orders():
        waiting = to_record_item(from_record_item(item))
        if waiting.due_pk == ORDERED != item.due_pk:
            found += was_made(partial(waiting.save, condition=RecordItem.number == item.number))
    return found


def _orders() -> Iterator[RecordItem]:
    for kind in KINDS:
        with answering():
            for item in RecordItem.scan(Item.sk.startswith(f"{kind}#"), consistent_read=True):
                if isinstance(item, RecordItem):
                    yield item


def main() -> None:
    """Goes through the table that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.index_orders")
    arguments.add_argument("table")
    open_container(arguments.parse_args().table)
    with ending("It could not be done to its end; do it again."):
        print(f"{index_orders()} files that were ordered before are made now.")


if __name__ == "__main__":
    main()

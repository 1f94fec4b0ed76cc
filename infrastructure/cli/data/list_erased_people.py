"""`python -m infrastructure.cli.data.list_erased_people TABLE BUCKET`: lists whoever was erased apart.

BUCKET is the evidence bucket, in which the list of erasures lies. The stream lists people of a case that are
erased apart from now on, and has the next checkpoint seal each erasure; this is for those of before, so that
a restore erases them again, too. It reads the whole table; done again it changes nothing.
"""

import argparse
from collections.abc import Iterator

from complaints import erasure
from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import reference_in
from complaints.adapters.dynamodb.models import EntryItem, Item
from complaints.adapters.dynamodb.reads import answering
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_container


def list_erased_people() -> int:
    """Lists those of all cases of the bound table; returns of how many erasures."""
    found = list(_erasures())
    for reference, number in found:
        entries = container().cases.entries(reference)
        until = [each for each in entries if each.number <= number]
        leaves = erasure.add_all(container().evidence, reference, until)
        container().checkpoint_notes.note(container().now(), leaves)
    return len(found)


def _erasures() -> Iterator[tuple[str, int]]:
    """The cases and numbers of entries that say so."""
    with answering():
        for item in EntryItem.scan(Item.sk.startswith("entry#"), consistent_read=True):
            is_of_case = item.pk.startswith("case#") and isinstance(item, EntryItem)
            if is_of_case and any(kind in item.data for kind in erasure.ERASING):
                yield reference_in(item.pk), int(item.sk.partition("#")[2])


def main() -> None:
    """Goes through the table that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.list_erased_people")
    arguments.add_argument("table")
    arguments.add_argument("bucket")
    options = arguments.parse_args()
    open_container(options.table, evidence=options.bucket)
    with ending("It could not be done to its end; do it again."):
        print(f"{list_erased_people()} erasures are on the list, and in the next checkpoint.")


if __name__ == "__main__":
    main()

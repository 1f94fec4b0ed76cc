"""`python -m infrastructure.cli.data.begin_requests TABLE`: begins records of requests about data.

The stream begins the record of a request that comes as a case. One that was open before there were such
records would get its own with its next entry: until then nobody is reminded of it, and it cannot be closed
as handled. This reads the whole table; done again it changes nothing.
"""

import argparse
from collections.abc import Iterator

from complaints.adapters.container import container
from complaints.adapters.dynamodb.key_schema import reference_in
from complaints.adapters.dynamodb.models import EntryItem, Item
from complaints.adapters.dynamodb.reads import answering
from functions.use_cases.management import data_requests
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_container


def begin_requests() -> int:
    """Begins the record of each open request of the bound table that has none; returns how many requests
    there are, answered ones too."""
    references = list(_requests())
    for reference in references:
        data_requests.look(container(), reference)
    return len(references)


def _requests() -> Iterator[str]:
    """The cases whose receipt says that they are one."""
    with answering():
        for item in EntryItem.scan(Item.sk == "entry#000001", consistent_read=True):
            is_of_case = item.pk.startswith("case#") and isinstance(item, EntryItem)
            if is_of_case and b'"personal_data"' in item.data:
                yield reference_in(item.pk)


def main() -> None:
    """Goes through the table that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.begin_requests")
    arguments.add_argument("table")
    open_container(arguments.parse_args().table)
    with ending("It could not be done to its end; do it again."):
        print(f"{begin_requests()} requests about personal data came as cases; each open one has its record.")


if __name__ == "__main__":
    main()

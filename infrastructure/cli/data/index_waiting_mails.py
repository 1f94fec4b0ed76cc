"""`python -m infrastructure.cli.data.index_waiting_mails TABLE`: lets mails of before keep their case.

A mail of a person that is of a case and waits for staff stands in the due index, and keeps its case where a
rule of retention is about to erase it. What came before there was that place stands in none, and what a
machine wrote stood there once, though it is no contact. It reads the whole table; done again it changes
nothing.
"""

import argparse
from collections.abc import Iterator
from functools import partial
from itertools import islice

from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.models import Item, MailItem
from complaints.adapters.dynamodb.reads import MOST_OF_A_BATCH, answering
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.stores.correspondence.inbound_mail import mails_of, waiting_place
from infrastructure.deployment.account import ending
from infrastructure.deployment.open_container import open_container


def index_waiting_mails() -> int:
    """Puts each mail of the bound table that nobody has settled where it belongs; returns how many stood
    elsewhere. One that staff settle meanwhile has its place by that; one that cannot be read, as the key of
    its case is gone, stays where it is."""
    found = 0
    unsettled = _unsettled()
    while items := list(islice(unsettled, MOST_OF_A_BATCH)):
        for item, mail in zip(items, mails_of(items), strict=True):
            due_pk, due_sk = waiting_place(mail)
            if not mail.removed and (due_pk, due_sk) != (item.due_pk, item.due_sk):
                actions: list[Action] = [Item.due_pk.remove(), Item.due_sk.remove()]
                if due_pk and due_sk:
                    actions = [Item.due_pk.set(due_pk), Item.due_sk.set(due_sk)]
                is_still = MailItem.pk.exists() & MailItem.settled.does_not_exist()
                found += was_made(partial(item.update, actions=actions, condition=is_still))
    return found


def _unsettled() -> Iterator[MailItem]:
    with answering():
        yield from MailItem.scan(MailItem.settled.does_not_exist(), consistent_read=True)


def main() -> None:
    """Goes through the table that the command line names."""
    arguments = argparse.ArgumentParser(prog="python -m infrastructure.cli.data.index_waiting_mails")
    arguments.add_argument("table")
    open_container(arguments.parse_args().table)
    with ending("It could not be done to its end; do it again."):
        print(f"{index_waiting_mails()} mails of before stand where they belong.")


if __name__ == "__main__":
    main()

"""Very many cases that fall due in the same second, written as prepared items.

They are the heads of two cases that the product's own rules decide, each with other references, and letters
to their complainants in the same way.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.product import many_cases
from benchmarks.product.installation import SITE
from complaints.adapters.container import container
from complaints.adapters.dynamodb.case_items import to_head
from complaints.adapters.dynamodb.key_schema import due_pk
from complaints.adapters.dynamodb.letter_items import to_letter_item
from complaints.adapters.dynamodb.models import Item
from complaints.adapters.dynamodb.table import connection
from complaints.case.correspondence.letter import Letter, LetterKind
from complaints.context.case import CaseWrite
from complaints.handling.service import Casework, Submission
from complaints.values.text import case_reference

BATCH = 25
"""How many items one BatchWriteItem takes."""
URGENT_EVERY = 50
"""One case of so many is of a person with needs: it comes first of what is due in its second."""

Raw = dict[str, Any]

_PLACEHOLDER = "C-00000-00000-0"


class DueCases(Struct, frozen=True):
    """References of the cases that are due: of all, and of those among them that come first."""

    all: Sequence[str]
    urgent: frozenset[str]


def fall_due(many: int) -> DueCases:
    """Writes so many heads of cases that were received in the same second, and have just reached their first
    rung."""
    begin = many_cases.just_late(container().now())
    usual, urgent = (_head(begin, needs) for needs in (None, "Large print."))
    named = [_reference(number) for number in range(many)]
    write(_copies(usual, urgent, named))
    return DueCases(named, frozenset(named[::URGENT_EVERY]))


def want_letters(kind: LetterKind, references: Iterable[str]) -> None:
    """Writes a letter to each of these complainants, called for now, that no stream reader has taken."""
    now = container().now()
    letter = Letter(
        id="000000.1",
        kind=kind,
        reference=_PLACEHOLDER,
        site=SITE,
        language="en",
        to="complainant",
        called_for=now,
        received_at=now,
    )
    item = to_letter_item(letter).to_dynamodb_dict()
    write(_copy(item, each) for each in references)


def write(items: Iterable[Raw]) -> None:
    """Writes them in batches. Raises RuntimeError where the table did not take one."""
    left = iter(items)
    while batch := [{"PutRequest": {"Item": item}} for item in islice(left, BATCH)]:
        answer = connection().dispatch("BatchWriteItem", {"RequestItems": {Item.Meta.table_name: batch}})
        if answer.get("UnprocessedItems"):
            raise RuntimeError("The table did not take all items of a batch.")


class _Written:
    """A store (port `Cases`) that keeps the last write, and in no table."""

    writing: CaseWrite

    def load(self, reference: str) -> None:
        """Nothing: every case is a new one."""

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        """Keeps it."""
        self.writing = writing

    def entries(self, reference: str, *, with_identity: bool = False) -> Sequence[Any]:
        """Nothing: no chain is kept."""
        return ()


def _head(at: datetime, needs: str | None) -> Raw:
    """The head of a case that was received at an instant, with `_PLACEHOLDER` for its reference."""
    store = _Written()
    asked = replace(many_cases.command(), special_needs=needs)
    sent = Submission(site=SITE, key=secrets.token_hex(8), body="")
    casework = Casework(store, container().secrets, secrets.token_bytes)
    taken = casework.receive(asked, many_cases.context(at), sent)
    complaint = replace(store.writing.case.complaint, reference=_PLACEHOLDER)
    return to_head(replace(taken.case, complaint=complaint)).to_dynamodb_dict()


def _copies(usual: Raw, urgent: Raw, named: Sequence[str]) -> Iterator[Raw]:
    for number, reference in enumerate(named):
        yield _copy(usual if number % URGENT_EVERY else urgent, reference)


def _copy(item: Raw, reference: str) -> Raw:
    """The same item of another case."""
    return {
        name: {"S": value["S"].replace(_PLACEHOLDER, reference)} if "S" in value else value
        for name, value in item.items()
    } | {"due_pk": {"S": due_pk(reference)}}


def _reference(number: int) -> str:
    return case_reference.from_digest(sha256(str(number).encode()).digest())

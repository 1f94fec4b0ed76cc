"""Many cases at once: decided by the product's own rules, written in batches in place of transactions."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import count

from pynamodb.models import BatchWrite

from benchmarks.product.gateway_requests import form
from benchmarks.product.installation import SITE
from complaints.adapters.container import container
from complaints.adapters.dynamodb.case_items import to_head
from complaints.adapters.dynamodb.key_schema import data_key_pk
from complaints.adapters.dynamodb.models import DataKeyItem, Head, Item, LetterItem
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.evolution import evolve_all
from complaints.casework.process.receipt import Receive
from complaints.context.case import Case, CaseWrite
from complaints.context.decision_context import Context
from complaints.handling.lifecycle import decide
from complaints.handling.service import Casework, Submission
from complaints.values.people import COMPLAINANT
from functions.use_cases.submission import form_validation, submission_to_command

SPREAD = timedelta(minutes=5)
AN_HOUR = timedelta(hours=1)


class HeadsOnly:
    """A store (port `Cases`) that keeps what queues and the schedule read, and nothing else."""

    def __init__(self, batch: BatchWrite[Head], keys: BatchWrite[DataKeyItem]) -> None:
        self._batch, self._keys = batch, keys

    def load(self, reference: str) -> Case | None:
        """Nothing: every case is a new one."""
        return None

    def write(self, writing: CaseWrite, also: CaseWrite | None = None) -> None:
        """Adds the heads and the data keys to the batches."""
        for each in (writing, also) if also else (writing,):
            self._batch.save(to_head(each.case))
            data_key = each.case.data_key
            self._keys.save(DataKeyItem(data_key_pk(each.case.complaint.reference), key=data_key))

    def entries(self, reference: str, *, with_identity: bool = False) -> Sequence[StoredEntry]:
        """Nothing: no chain is kept."""
        return ()


def gather(first: int, last: int, *, late: bool = False) -> None:
    """Opens the cases numbered `first` to `last`, received within the last minutes, so that none is due;
    `late` ones so long ago that each has reached its first rung, and no second one.
    """
    now = container().now()
    begin = just_late(now) if late else now
    with Head.batch_write() as batch, DataKeyItem.batch_write() as keys:
        casework = Casework(HeadsOnly(batch, keys), container().secrets, secrets.token_bytes)
        for number in range(first, last):
            at = begin if late else now - SPREAD * (number / last)
            _open(casework, f"{first}-{last}-{number}" if late else str(number), at)


def forget_letters() -> None:
    """Removes letters that wait: nobody sends them here, and each would be wanted again after minutes."""
    with Item.batch_write() as batch:
        for letter in LetterItem.scan():
            batch.delete(letter)


def just_late(now: datetime) -> datetime:
    """The latest full hour before now at which a case must have been received that is due by now."""
    hours = (now - number * AN_HOUR for number in count(1))
    return next(at for at in hours if (first := _opened(at).next_at) and first <= now)


def _opened(at: datetime) -> Complaint:
    """A complaint that is opened at an instant, and nowhere kept."""
    complaint = Complaint(reference="C-7K3M9-QX2HT-7")
    return evolve_all(complaint, decide(complaint, command(), context(at)))


def _open(casework: Casework, key: str, at: datetime) -> None:
    casework.receive(command(), context(at), Submission(site=SITE, key=key, body=""))


def context(at: datetime) -> Context:
    """Of a complainant who sends something to the site at an instant."""
    return Context(now=at, by=COMPLAINANT, terms=container().sites.terms(SITE))


@cache
def command() -> Receive:
    """A usual complaint."""
    return submission_to_command.command(form_validation.read(container(), form()))

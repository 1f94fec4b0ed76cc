"""Many cases at once: decided by the product's own rules, written in batches in place of transactions."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from pynamodb.models import BatchWrite

from benchmarks.installation import SITE
from benchmarks.visits import form
from complaints.case import Case, Writing
from complaints.casework import Casework, Submission
from complaints.chain import StoredEntry
from complaints.given import Given
from complaints.people import COMPLAINANT
from complaints.world.assemble import world
from complaints.world.heads import to_head
from complaints.world.table import Head
from functions import forms

SPREAD = timedelta(minutes=5)


class HeadsOnly:
    """A store (port `Cases`) that keeps what queues and the schedule read, and nothing else."""

    def __init__(self, batch: BatchWrite[Head]) -> None:
        self._batch = batch

    def load(self, reference: str) -> Case | None:
        """Nothing: every case is a new one."""
        return None

    def write(self, writing: Writing, also: Writing | None = None) -> None:
        """Adds the heads to the batch."""
        for each in (writing, also) if also else (writing,):
            self._batch.save(to_head(each.case))

    def entries(self, reference: str) -> Sequence[StoredEntry]:
        """Nothing: no chain is kept."""
        return ()


def gather(first: int, last: int) -> None:
    """Opens the cases numbered `first` to `last`, received within the last minutes, so that none is due."""
    here = world()
    terms, now = here.sites.terms(SITE), here.now()
    command = forms.command(forms.read(form()))
    with Head.batch_write() as batch:
        casework = Casework(HeadsOnly(batch), here.keys, secrets.token_bytes)
        for number in range(first, last):
            given = Given(now=now - SPREAD * (number / last), by=COMPLAINANT, terms=terms)
            casework.receive(command, given, Submission(site=SITE, key=str(number), body=""))

"""Ended cases by when they ended, read from the index `due`, and what the retention rules did, day by day."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec

from complaints.adapters.dynamodb.key_schema import (
    reference_in,
    retention_pk,
    retention_run_key,
    sortable,
    waiting_mails_pk,
)
from complaints.adapters.dynamodb.models import Item, RetentionRunItem
from complaints.adapters.dynamodb.reads import answering, get_all
from complaints.adapters.dynamodb.transactions import was_made
from complaints.values.casework.retention import KeptData, RetentionCandidate, RetentionRun
from complaints.values.errors import Stale

PAGE = 500

_decode = msgspec.json.Decoder(RetentionRun).decode
_encode = msgspec.json.Encoder().encode


class DynamoRetention:
    """What is kept for a while, in DynamoDB (port `Retention`)."""

    def ended(self, site: str, before: datetime, after: str | None = None) -> Iterator[RetentionCandidate]:
        """The cases of a site that ended before a moment and are not erased, the oldest first; those
        `after` a place. The index is a hint, and may lag: read the case itself before acting on it."""
        first = f"{after}$" if after else "0"
        last = sortable(before)
        if first > last:
            return
        found = iter(Item.due.query(retention_pk(site), Item.due_sk.between(first, last), page_size=PAGE))
        while True:
            with answering():
                item = next(found, None)
            if item is None:
                return
            moment, _, rest = item.due_sk.partition("#")
            category, _, kinds = rest.partition("#")[2].partition("#")
            gone = frozenset(kind for kind in KeptData if kind in kinds.split(","))
            ended_at = datetime.fromisoformat(moment)
            yield RetentionCandidate(reference_in(item.pk), ended_at, category or None, item.due_sk, gone)

    def waiting_mail(self, site: str, reference: str) -> datetime | None:
        """When the latest mail of a person came that is of a case and waits for staff, if one does. The index
        may lag."""
        of_case = Item.due_sk.startswith(f"{reference}#")
        with answering():
            found = Item.due.query(waiting_mails_pk(site), of_case, scan_index_forward=False, limit=1)
            latest = next(iter(found), None)
        return datetime.fromisoformat(latest.due_sk.rpartition("#")[2]) if latest else None

    def run_of(self, site: str, day: date) -> RetentionRun | None:
        """The run of a day, if there was one."""
        found = get_all([retention_run_key(site, day)])
        return next((_decode(item.run) for item in found if isinstance(item, RetentionRunItem)), None)

    def keep(self, run: RetentionRun) -> None:
        """Writes a run as it is now. Raises `Stale` where the same revision was written meanwhile."""
        item = RetentionRunItem(
            *retention_run_key(run.site, run.day), revision=run.revision, run=_encode(run).decode()
        )
        before = run.revision - 1
        is_still = RetentionRunItem.revision == before if before else RetentionRunItem.pk.does_not_exist()
        if not was_made(lambda: item.save(condition=is_still)):
            raise Stale(run.revision)

    def runs(self, site: str, limit: int, until: date | None = None) -> Sequence[RetentionRun]:
        """The last runs of a site, the latest first; those up to a day, if one is named."""
        last = retention_run_key(site, until or date.max)[1]
        with answering():
            found = RetentionRunItem.query(
                retention_pk(site),
                RetentionRunItem.sk.between("run#", last),
                scan_index_forward=False,
                limit=limit,
                page_size=limit,
            )
            return [_decode(item.run) for item in found]

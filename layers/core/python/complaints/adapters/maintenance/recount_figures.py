"""Recounts figures from entries, and compares them with the stored ones.

A number is corrected only if its item is unchanged since it was read, by its revision; else it is left for
the next run. So the workers of the stream need not stop.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from complaints.adapters.dynamodb.entry_items import sealed_chain_of
from complaints.adapters.dynamodb.key_schema import Key, case_pk, reference_in, tally_pk
from complaints.adapters.dynamodb.models import Item, TallyItem
from complaints.adapters.dynamodb.reads import answering
from complaints.adapters.dynamodb.transactions import was_made
from complaints.adapters.maintenance.rebuild_heads import Finding
from complaints.adapters.stores.counters import (
    DynamoCounters,
    Numbers,
    counted_up_to,
    items_of,
    mark_whole,
    numbers_in,
)
from complaints.reporting.metrics.case_measures import Added, CalendarOf, counted
from complaints.reporting.metrics.measures import Counts, GroupCounts
from complaints.reporting.metrics.work_counts import WorkCounts
from complaints.values.text.case_reference import PREFIX

_Stored = dict[Key, tuple[Numbers, int]]
"""The numbers of items, and their revisions."""


class Recounting:
    """Goes through the bound table. With `mends` uncounted cases are counted, and numbers that differ are
    written again."""

    def __init__(self, calendar_of: CalendarOf, *, mends: bool) -> None:
        self._calendar_of, self._mends = calendar_of, mends
        self._figures: Counts = Counter()
        self._work: WorkCounts = Counter()
        self._groups: GroupCounts = Counter()
        self.looked_at = 0

    def findings(self) -> Iterator[Finding]:
        """All that differs. A case that cannot be replayed is named, and does not stop the others."""
        references = list(_references())
        if self._mends:
            for reference in references:
                yield from self._counted_now(reference)
        stored = _stored()
        for reference in references:
            self.looked_at += 1
            try:
                yield from self._recounted(reference)
            except Exception as error:
                yield Finding(reference, (f"cannot be told: {type(error).__name__}",))
        are_right = self._mends
        for finding in self._compared(stored, items_of(Added(self._figures, self._work, self._groups))):
            are_right = are_right and finding.mended
            yield finding
        if are_right:
            for site in {key.site for key in self._work}:
                mark_whole(site)

    def _counted_now(self, reference: str) -> Iterator[Finding]:
        try:
            DynamoCounters(self._calendar_of).count(reference)
        except Exception as error:
            yield Finding(reference, (f"cannot be counted: {type(error).__name__}",))

    def _recounted(self, reference: str) -> Iterator[Finding]:
        """Adds what a case says up to where it is counted; what it says beyond is a finding."""
        upto = counted_up_to(reference)
        chain = sealed_chain_of(case_pk(reference))
        until_then = [entry for entry in chain if entry.number <= upto]
        added = counted(reference, until_then, self._calendar_of)
        self._figures.update(added.figures)
        self._work.update(added.work)
        self._groups.update(added.groups)
        if counted(reference, chain, self._calendar_of, upto):
            yield Finding(reference, (f"not counted after entry {upto}",))

    def _compared(self, stored: _Stored, computed: Mapping[Key, Numbers]) -> Iterator[Finding]:
        for key in sorted(stored.keys() | computed.keys()):
            numbers, revision = stored.get(key, (Counter(), 0))
            expected = computed.get(key, Counter())
            names = sorted(
                name for name in numbers.keys() | expected.keys() if numbers[name] != expected[name]
            )
            if names:
                found = tuple(f"{name} is {numbers[name]}, not {expected[name]}" for name in names)
                right = {name: expected[name] for name in names}
                mended = self._mends and _mended(key, right, revision)
                yield Finding(" ".join(key), found, mended)


def _mended(key: Key, right: Mapping[str, int], revision: int) -> bool:
    """Writes these numbers, unless something was added to the item since it was read."""
    actions: list[Action] = [
        TallyItem.item.set(TallyItem),
        TallyItem.revision.add(1),
        *(Path([name]).set(number) for name, number in right.items()),
    ]
    unchanged = TallyItem.revision == revision if revision else TallyItem.pk.does_not_exist()
    return was_made(lambda: TallyItem(*key).update(actions=actions, condition=unchanged))


def _references() -> Iterator[str]:
    condition = Item.pk.startswith(case_pk(PREFIX)) & (Item.sk == "head")
    with answering():
        for item in Item.scan(condition, attributes_to_get=["pk", "item"]):
            yield reference_in(item.pk)


def _stored() -> _Stored:
    found: _Stored = {}
    with answering():
        for page in Item.scan(Item.pk.startswith(tally_pk("")), consistent_read=True).page_iter:
            for item in page["Items"]:
                found[item["pk"]["S"], item["sk"]["S"]] = numbers_in(item), int(item["revision"]["N"])
    return found

"""Ports of what is derived from cases: queues, lists of tasks, the search index and the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from complaints.audit_trail.hash_chain import StoredEntry
    from complaints.case.workflow.corrective_actions import ListedAction
    from complaints.reporting.list_rows import Filter, QueueEntry, QueuePage, TaskPage
    from complaints.reporting.metrics.measures import Counts, GroupCounts, Standing
    from complaints.reporting.metrics.work_counts import Load, SiteCounts
    from complaints.reporting.search.search_questions import Question
    from complaints.reporting.search.search_terms import Terms


class Queues(Protocol):
    """Pages of cases, the most urgent first. Each call may raise `errors.Unavailable`."""

    def by_urgency(
        self,
        sites: Collection[str],
        queues: Collection[str],
        matching: Filter,
        *,
        after: str | None,
        limit: int,
        due: tuple[datetime | None, datetime | None] = (None, None),
    ) -> QueuePage:
        """A page of `open`, `awaiting` and `responded` cases; `due` bounds the due moment, half open."""

    def of_owner(self, member: str, matching: Filter, *, after: str | None, limit: int) -> QueuePage:
        """A page of the open cases that a member looks after."""

    def closed(
        self,
        sites: Sequence[str],
        matching: Filter,
        *,
        after: str | None,
        limit: int,
        now: datetime,
        looks_on: bool = False,
    ) -> QueuePage:
        """A page of ended cases, the last ended first; one that `looks_on` passes over quiet months."""

    def with_cards(self, entries: Iterable[QueueEntry]) -> tuple[QueueEntry, ...]:
        """The cases of a page with what their cards say: subject and name stand there encrypted."""


class TaskLists(Protocol):
    """Pages of open tasks, the one that is due first before all others. Each call may raise
    `errors.Unavailable`."""

    def of_member(self, member: str, *, after: str | None, limit: int) -> TaskPage:
        """A page of the tasks of a member."""

    def of_teams(self, sites: Sequence[str], *, after: str | None, limit: int) -> TaskPage:
        """A page of the tasks of the teams of these sites."""

    def actions(self, site: str, *, is_waiting: bool, limit: int) -> tuple[ListedAction, ...]:
        """The corrective actions of the cases of a site: those that wait to be done or checked, the one that
        is due first before all others; or those that were checked, the last due first."""


class Search(Protocol):
    """The search index. Each call may raise `errors.Unavailable`."""

    def named_in(self, key: Mapping[str, Any]) -> str | None:
        """The case of whose texts the key of a stream record has news, if it has."""

    def keep(self, site: str, reference: str, received_at: datetime, number: int, terms: Terms) -> None:
        """Lets a case be found by the terms that its entries up to `number` have, and by no others."""

    def find(self, sites: Sequence[str], question: Question, *, after: str | None, limit: int) -> QueuePage:
        """A page of the cases of these sites that have what is asked for, the latest received first."""

    def named(self, reference: str, sites: Collection[str]) -> QueuePage:
        """The case of this reference, if there is one and it is of these sites."""


class Counters(Protocol):
    """The figures of sites. Each call may raise `errors.Unavailable`."""

    def named_in(self, key: Mapping[str, Any]) -> str | None:
        """The case whose entry the key of a stream record names, if it names one."""

    def count(self, reference: str, entries: Sequence[StoredEntry] = ()) -> None:
        """Adds what a case has not added yet: as its `entries` say, where they were read already."""

    def between(self, site: str, first: date, last: date) -> Counts:
        """The numbers of a site from one date to another, both included."""

    def months(self, site: str, first: date, last: date) -> Counts:
        """The sums of the months from that of one date to that of another, on the first of each; the dates in
        their values are of months, too."""

    def standing(self, site: str, last: date) -> Standing:
        """What adds up from the first month on to that of a date."""

    def grouped(self, site: str, by: str, first: date, last: date) -> GroupCounts:
        """The numbers of each group of one of `GROUPINGS`, by months."""

    def open_before(self, site: str, month: date) -> Counter[str]:
        """What was in work when the month of a date began."""

    def home(self, site: str, since: date) -> SiteCounts:
        """The work that there is now at a site, its months and the promises of its weeks; `since` is the
        oldest local date whose work is told by date."""

    def of_owners(self, sites: Collection[str], owners: Collection[str]) -> Mapping[str, Load] | None:
        """How many cases each of these members has at these sites, by queue; nothing where older cases of one
        of them are not counted yet."""

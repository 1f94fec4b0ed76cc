"""A case with those that became part of it: what was said and done in any of them, in one timeline.

Nothing of a part was moved: each is read where it stands. What comes from one says so in `of`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from complaints.audit_trail.hash_chain import StoredEntry
from complaints.case.complaint import Complaint
from complaints.case.fact import Fact
from complaints.context.case import Case
from complaints.values.people import Member
from functions.http import auth
from functions.http.formats.response_size import first_that_fit
from functions.serializers.parts.complaint import Marks
from functions.serializers.parts.entries_with_texts import opened_facts_of
from functions.serializers.parts.files import File, StaffFile
from functions.serializers.parts.messages import MessageShown, messages

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import CaseStore, Sites


T = TypeVar("T")
F = TypeVar("F", File, StaffFile)
Shaped = Callable[[Sequence[tuple[int, Fact]], tzinfo, Marks], Iterable[T]]
Files = Callable[[Complaint, Sequence[tuple[int, Fact]]], Iterable[F]]


class CasePart(NamedTuple):
    """One of the cases, with the facts of it that were read."""

    complaint: Complaint
    said: list[tuple[int, Fact]]


class TimelineItem(NamedTuple, Generic[T]):
    """Something of a timeline: it stands by its moment, then by its case and its entry."""

    at: datetime
    place: int
    number: int
    shape: T


def parts_of(cases: "CaseStore", sites: "Sites", case: Case, member: Member | None = None) -> list[Complaint]:
    """The complaint, and after it those that became part of it, in the order in which they came.

    For a `member`, only those that are there for this one.
    """
    own = case.complaint
    found = cases.load_all(own.parts) if own.parts else {}
    parts = (found[reference].complaint for reference in own.parts)
    return [own, *(part for part in parts if member is None or auth.sees(sites, member, part))]


def holding(deps: "Container", case: Case, attachment: str, member: Member | None = None) -> Case:
    """The case that a file belongs to: this one, or a part of it; this one too, if none has it.

    For a `member`, only parts that are there for this one.
    """
    if case.complaint.attachment(attachment) or not case.complaint.parts:
        return case
    found = deps.cases.load_all(case.complaint.parts).values()
    parts = (part for part in found if member is None or auth.sees(deps.sites, member, part.complaint))
    return next((part for part in parts if part.complaint.attachment(attachment)), case)


def read(
    deps: "Container",
    complaints: Sequence[Complaint],
    numbers: Callable[[Complaint], Iterable[int]],
    language: str,
    known: Sequence[StoredEntry] = (),
    *,
    with_identity: bool = False,
) -> list[CasePart]:
    """Each of the complaints with these of its entries: one read for each, as far as those of the first are
    not `known`. Who complains in a sealed case is in them only `with_identity`: for the person alone."""
    return [
        CasePart(
            complaint,
            opened_facts_of(
                deps,
                complaint.reference,
                numbers(complaint),
                language,
                () if place else known,
                with_identity=with_identity and complaint.sealed,
            ),
        )
        for place, complaint in enumerate(complaints)
    ]


def timeline(parts: Sequence[CasePart], zone: tzinfo, shaped: Shaped[T]) -> list[TimelineItem[T]]:
    """The facts of all parts as they are shown, the oldest first."""
    return in_order(
        TimelineItem(fact.at, place, number, shape)
        for place, part in enumerate(parts)
        for number, fact in part.said
        for shape in shaped([(number, fact)], zone, _marks(place, part.complaint, number))
    )


def in_order(items: Iterable[TimelineItem[T]]) -> list[TimelineItem[T]]:
    """What happened, the oldest first; what happened in one second, case by case."""
    return sorted(items, key=lambda each: each[:3])


def shown(items: Iterable[TimelineItem[T]]) -> list[T]:
    """A timeline without what it was ordered by."""
    return [each.shape for each in items]


def files(parts: Sequence[CasePart], shaped: Files[F]) -> list[F]:
    """The files of all parts."""
    return [
        replace(file, of=origin(place, part.complaint))
        for place, part in enumerate(parts)
        for file in shaped(part.complaint, part.said)
    ]


def origin(place: int, complaint: Complaint) -> str | UnsetType:
    """Where something comes from that is not of the first of all cases."""
    return complaint.reference if place else UNSET


class MessagePage(NamedTuple):
    """Messages, and for each case before which entry the next page goes on; `None` when nothing is left."""

    items: list[MessageShown]
    next: list[int] | None


def _marks(place: int, complaint: Complaint, number: int) -> Marks:
    """Where something comes from, and whether its words were removed."""
    return Marks(origin(place, complaint), True if number in complaint.redacted else UNSET)


def page_before(
    deps: "Container",
    complaints: Sequence[Complaint],
    before: Sequence[int],
    limit: int,
    zone: tzinfo,
    language: str,
) -> MessagePage:
    """Up to `limit` messages that stand before these entries, one for each case that the list began with.

    They are fewer where their texts are long.
    """
    ends = [*before, *(complaint.number + 1 for complaint in complaints[len(before) :])]
    # One more than are shown says whether there are earlier ones.
    found = {
        complaint.reference: deps.messages.numbers_before(complaint.reference, end, limit + 1)
        for complaint, end in zip(complaints, ends, strict=True)
    }
    whole = timeline(
        read(deps, complaints, lambda complaint: found[complaint.reference][:limit], language), zone, messages
    )
    fitting = len(first_that_fit(each.shape for each in reversed(whole[-limit:])))
    items = whole[len(whole) - fitting :]
    for each in reversed(items):
        ends[each.place] = each.number
    is_more = len(items) < len(whole) or any(len(numbers) > limit for numbers in found.values())
    return MessagePage(shown(items), ends if is_more else None)

"""The rows of a queue as its page shows them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from complaints.reporting.list_rows import QueueEntry, QueuePage
from complaints.values.codes import CodeList
from complaints.values.people import Member
from functions.serializers.labels import label

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues, Container


LATER = "later"
"""Stands for a stage that only a later release has a name for."""


class QueueRow(NamedTuple):
    """One case. `chosen` is what its checkbox sends: reference and version; `site` is empty where all are
    of one. `marks` are the ends of msgids. `is_ahead` says that it stands before all that are due earlier;
    `comes_first`, that the reader is told why."""

    reference: str
    chosen: str
    subject: str
    person: str
    category: str
    received: datetime
    stage: str
    level: int
    owner: str | None
    site: str
    due: datetime | None
    is_overdue: bool
    clock: str | None
    marks: list[str]
    comes_first: bool
    is_ahead: bool

    @property
    def initials(self) -> str:
        """Whose case it is, as a ring shows it."""
        return initials(self.owner or "")


def initials(name: str) -> str:
    """The first letters of the first and of the last name."""
    names = name.split()
    return "".join(each[0] for each in (names[:1] + names[1:][-1:])).upper()


def rows(
    deps: "Container", language: str, page: QueuePage, colleagues: Iterable[Member], me: Member
) -> list[QueueRow]:
    """The cases of a page in its order."""
    names = {member.id: member.name for member in colleagues}
    row = partial(_row, deps, language, names, deps.now(), several=len(me.sites) > 1)
    return [row(listed) for listed in deps.queues.with_cards(page.items)]


def _row(
    deps: "Container",
    language: str,
    names: Mapping[str, str],
    now: datetime,
    listed: QueueEntry,
    *,
    several: bool,
) -> QueueRow:
    row = listed.row
    site = deps.sites.terms(listed.site).site
    words = partial(label, deps.catalogues, site.codes, CodeList.CATEGORIES)
    return QueueRow(
        reference=row.reference,
        chosen=f"{row.reference}.{row.version}",
        subject=listed.card.subject,
        person=listed.card.name,
        category=words(listed.category, language, site.language) if listed.category else "",
        received=datetime.fromisoformat(row.received_at),
        stage=row.stage if _has_words(deps.catalogues, language, f"queues.stage.{row.stage}") else LATER,
        level=listed.level,
        owner=names.get(listed.assignee or "", listed.assignee),
        site=site.name if several else "",
        due=row.due_at,
        is_overdue=row.is_overdue(now),
        clock=row.clock if _has_words(deps.catalogues, language, f"words.promise.{row.clock}") else None,
        marks=list(_marks(listed)),
        comes_first=listed.comes_first,
        is_ahead=listed.is_ahead,
    )


def _has_words(catalogues: "Catalogues", language: str, msgid: str) -> bool:
    try:
        return bool(catalogues.pattern(language, msgid))
    except LookupError:
        return False


def _marks(listed: QueueEntry) -> Iterator[str]:
    row = listed.row
    flags = {
        "safety": row.is_danger,
        "vulnerable": row.is_vulnerable,
        "needs": row.has_needs,
        "news": row.has_news,
        "approval": row.awaits_approval,
        "failed": row.letter_failed,
        "to_post": row.letters_to_post,
        "review": row.plan_to_review,
    }
    yield from (name for name, is_so in flags.items() if is_so)

"""Themes (ISO 10002, clauses 8.2 and 8.7): several complaints with one cause, looked at together.

    open ─▶ investigated ─▶ decided ─▶ closed ─▶ open again

Cases are linked by hand, several at once, or by an automation rule; alarms name their theme. Corrective
actions name it, too (`actions.py`). Who else is affected counts customers who did not complain.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from complaints.management.declaration import READERS, RecordDeclaration, RecordsContext
from complaints.management.improvement.shared import colleague_wrong, content_of
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordFact, RecordKind
from complaints.reporting.trends.watch import Dimension, Series
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import CodeName, ShortText, Text
from complaints.values.people import Actor, Role
from complaints.values.text import case_reference

MOST_CASES = 2_000
"""How many cases a theme holds: a matter of more is one of all complaints."""

AT_ONCE = 100
"""How many cases are linked by one command."""

LongerText = Annotated[str, Meta(min_length=1, max_length=8_000)]


class ThemeState(StrEnum):
    """How far a theme is."""

    OPEN = "open"
    INVESTIGATED = "investigated"
    DECIDED = "decided"
    CLOSED = "closed"


class Theme(Content, frozen=True, kw_only=True):
    """Several cases, one cause. `cases` are their references, in the order in which they were linked.

    `category`, `cause` and `product` are codes of the site: what is counted for the theme. `affected` says
    who else is affected and did not complain, `affected_number` how many they are, where that is known. It is
    `closed` since a day.
    """

    title: ShortText
    owner: ShortText
    opened: date
    state: ThemeState = ThemeState.OPEN
    category: CodeName | None = None
    cause: CodeName | None = None
    product: CodeName | None = None
    investigation: LongerText | None = None
    affected: Text | None = None
    affected_number: int | None = None
    decision: Text | None = None
    result: Text | None = None
    cases: tuple[str, ...] = ()
    closed: date | None = None

    @property
    def series(self) -> tuple[Series, ...]:
        """What is counted for the theme: each of the codes that it names, by itself."""
        named = ((by, getattr(self, by.value)) for by in Dimension)
        return tuple(Series(by, value) for by, value in named if value)


class ThemeRecorded(RecordFact, frozen=True, kw_only=True):
    content: Theme


class _Matter(RecordCommand, frozen=True, kw_only=True):
    """What a theme is about, and who answers for it."""

    title: ShortText
    owner: ShortText
    category: CodeName | None = None
    cause: CodeName | None = None
    product: CodeName | None = None


class OpenTheme(_Matter, frozen=True, kw_only=True):
    """Opens a theme: what is it about, who answers for it, and which cases are known?"""

    verb: ClassVar[str] = "open"
    cases: Annotated[tuple[ShortText, ...], Meta(max_length=AT_ONCE)] = ()


class ChangeTheme(_Matter, frozen=True, kw_only=True):
    """Says anew what a theme is about, or who answers for it."""

    verb: ClassVar[str] = "change"


References = Annotated[tuple[ShortText, ...], Meta(min_length=1, max_length=AT_ONCE)]


class LinkCases(RecordCommand, frozen=True, kw_only=True):
    """Links cases to a theme, by their references; one that is linked stays so."""

    verb: ClassVar[str] = "link"
    cases: References


class UnlinkCases(RecordCommand, frozen=True, kw_only=True):
    """Takes cases out of a theme."""

    verb: ClassVar[str] = "unlink"
    cases: References


class InvestigateTheme(RecordCommand, frozen=True, kw_only=True):
    """Says what was found out, with the cause where it is known now."""

    verb: ClassVar[str] = "investigate"
    investigation: LongerText
    cause: CodeName | None = None


class TellAffected(RecordCommand, frozen=True, kw_only=True):
    """Says who else is affected and did not complain, and how many they are, where that is known."""

    verb: ClassVar[str] = "tell_affected"
    affected: Text
    affected_number: Annotated[int, Meta(ge=0, le=1_000_000_000)] | None = None


class DecideTheme(RecordCommand, frozen=True, kw_only=True):
    """Says what is to be done about the cause; each part of it becomes a corrective action."""

    verb: ClassVar[str] = "decide"
    decision: Text


class CloseTheme(RecordCommand, frozen=True, kw_only=True):
    """Ends a theme: what came of it?"""

    verb: ClassVar[str] = "close"
    result: Text


class ReopenTheme(RecordCommand, frozen=True, kw_only=True):
    """Opens a theme again: it was not over."""

    verb: ClassVar[str] = "reopen"


def open_theme(record: ManagementRecord, command: OpenTheme, context: RecordsContext) -> Theme:
    """Raises `Invalid`."""
    _must_be_right(command, context)
    return Theme(
        title=command.title,
        owner=command.owner,
        opened=context.today,
        category=command.category,
        cause=command.cause,
        product=command.product,
        cases=tuple(dict.fromkeys(_references(command.cases))),
    )


def change_theme(record: ManagementRecord, command: ChangeTheme, context: RecordsContext) -> Theme:
    """Raises `Invalid`."""
    _must_be_right(command, context)
    return replace(
        _theme(record),
        title=command.title,
        owner=command.owner,
        category=command.category,
        cause=command.cause,
        product=command.product,
    )


def link_cases(record: ManagementRecord, command: LinkCases, context: RecordsContext) -> Theme:
    """Raises `Invalid` for what is no reference, and for too many."""
    theme = _theme(record)
    cases = tuple(dict.fromkeys((*theme.cases, *_references(command.cases))))
    if len(cases) > MOST_CASES:
        raise Invalid(Wrong("/cases", "too-many", MOST_CASES))
    return replace(theme, cases=cases)


def unlink_cases(record: ManagementRecord, command: UnlinkCases, context: RecordsContext) -> Theme:
    """Raises `Invalid` for what is no reference."""
    theme, left = _theme(record), set(_references(command.cases))
    return replace(theme, cases=tuple(each for each in theme.cases if each not in left))


def investigate(record: ManagementRecord, command: InvestigateTheme, context: RecordsContext) -> Theme:
    """Raises `Invalid`."""
    theme = _theme(record)
    if wrong := tuple(_code_wrong("/cause", CodeList.CAUSES, command.cause, context)):
        raise Invalid(*wrong)
    state = ThemeState.INVESTIGATED if theme.state is ThemeState.OPEN else theme.state
    cause = command.cause or theme.cause
    return replace(theme, investigation=command.investigation, cause=cause, state=state)


def tell_affected(record: ManagementRecord, command: TellAffected, context: RecordsContext) -> Theme:
    return replace(_theme(record), affected=command.affected, affected_number=command.affected_number)


def decide_theme(record: ManagementRecord, command: DecideTheme, context: RecordsContext) -> Theme:
    return replace(_theme(record), decision=command.decision, state=ThemeState.DECIDED)


def close_theme(record: ManagementRecord, command: CloseTheme, context: RecordsContext) -> Theme:
    return replace(_theme(record), result=command.result, state=ThemeState.CLOSED, closed=context.today)


def reopen_theme(record: ManagementRecord, command: ReopenTheme, context: RecordsContext) -> Theme:
    return replace(_theme(record), state=ThemeState.OPEN, closed=None)


def _references(typed: Iterable[str]) -> Iterator[str]:
    """References as they are written; people type them in many ways. Raises `Invalid`."""
    wrong = []
    for place, each in enumerate(typed):
        try:
            yield case_reference.read(each)
        except ValueError:
            wrong.append(Wrong(f"/cases/{place}", "unknown-value"))
    if wrong:
        raise Invalid(*wrong)


def _must_be_right(command: _Matter, context: RecordsContext) -> None:
    codes = ((CodeList.CATEGORIES, "category"), (CodeList.CAUSES, "cause"))
    wrong = [
        *colleague_wrong("/owner", command.owner, context),
        *(
            each
            for code_list, field in codes
            for each in _code_wrong(f"/{field}", code_list, getattr(command, field), context)
        ),
    ]
    if command.product and command.product not in products_of(context):
        wrong.append(Wrong("/product", "unknown-value"))
    if wrong:
        raise Invalid(*wrong)


def products_of(context: RecordsContext) -> frozenset[str]:
    """The products that categories of the site name."""
    return frozenset(each.product for each in context.site.codes.categories if each.product)


def _code_wrong(
    pointer: str, code_list: CodeList, name: str | None, context: RecordsContext
) -> Iterator[Wrong]:
    if name is not None and context.site.codes.find(code_list, name) is None:
        yield Wrong(pointer, "unknown-value")


def _theme(record: ManagementRecord) -> Theme:
    return content_of(record, Theme)


def _allowed(content: Theme, by: Actor) -> Iterable[str]:
    """A closed one is opened again before anything is said."""
    if content.state is ThemeState.CLOSED:
        return ("reopen",)
    always = ("change", "link", "unlink", "investigate", "tell_affected", "decide")
    return (*always, "close") if content.state is ThemeState.DECIDED else always


_WORKING = frozenset({Role.AGENT, Role.REVIEWER, Role.QUALITY})
_LEADING = frozenset({Role.REVIEWER, Role.QUALITY})


def declared() -> RecordDeclaration:
    return RecordDeclaration(
        kind=RecordKind.THEME,
        content=Theme,
        fact=ThemeRecorded,
        rules={
            OpenTheme: open_theme,
            ChangeTheme: change_theme,
            LinkCases: link_cases,
            UnlinkCases: unlink_cases,
            InvestigateTheme: investigate,
            TellAffected: tell_affected,
            DecideTheme: decide_theme,
            CloseTheme: close_theme,
            ReopenTheme: reopen_theme,
        },
        roles={
            "open": _WORKING,
            "change": _LEADING,
            "link": _WORKING,
            "unlink": _WORKING,
            "investigate": _WORKING,
            "tell_affected": _WORKING,
            "decide": _LEADING,
            "close": _LEADING,
            "reopen": _LEADING,
        },
        begins=("open",),
        summaries={
            "open": "Opens a theme: several complaints with one cause",
            "change": "Says anew what a theme is about, or who answers for it",
            "link": "Links cases to a theme",
            "unlink": "Takes cases out of a theme",
            "investigate": "Says what was found out about a theme",
            "tell_affected": "Says who else is affected and did not complain",
            "decide": "Says what is done about the cause of a theme",
            "close": "Ends a theme",
            "reopen": "Opens a theme again",
        },
        columns=("title", "owner", "state", "opened"),
        of_codes={"category": CodeList.CATEGORIES, "cause": CodeList.CAUSES},
        adding=("link", "unlink"),
        of_members=("owner",),
        helped=("title", "category", "cause", "product", "cases", "investigation", "affected"),
        readers=READERS | {Role.AGENT},
        allowed=_allowed,
    )

"""Saved filters: filters of a queue that a member has named, stored with the member."""

from collections.abc import Collection, Iterator
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.field_types import StrictInput

MOST = 20
ViewName = Annotated[str, Meta(min_length=1, max_length=60)]
Query = Annotated[str, Meta(min_length=1, max_length=500)]


class View(StrictInput, frozen=True, kw_only=True):
    """`query` is what the address of a queue asks for, encoded as it stands there."""

    name: ViewName
    query: Query


COLUMNS = ("reference", "person", "category", "received", "stage", "level", "site")
"""What a row can show besides subject, deadline and assignee, in this order."""

USUAL_COLUMNS = ("person", "category", "received")


class SavedFilters(Struct, frozen=True, kw_only=True):
    """All views of a member, in their order, and which of `COLUMNS` the rows show; `version` counts the
    changes."""

    member: str
    version: int = 0
    items: tuple[View, ...] = ()
    columns: tuple[str, ...] = USUAL_COLUMNS

    @property
    def before(self) -> int:
        """The version that these take the place of."""
        return self.version - 1


def put(views: SavedFilters, items: tuple[View, ...]) -> SavedFilters:
    """Other views in place of all, each name in one line. Raises `Invalid`: names are not blank and differ,
    and there are at most `MOST`."""
    items = tuple(replace(each, name=_in_one_line(each.name)) for each in items)
    wrong = [Wrong("/items", "too-many", MOST)] if len(items) > MOST else list(_wrong_names(items))
    if wrong:
        raise Invalid(*wrong)
    return replace(views, version=views.version + 1, items=items)


def saved(views: SavedFilters, view: View) -> SavedFilters:
    """With a view that is new and comes last, or takes the place of the one of its name. Raises `Invalid`."""
    _must_be_said(view.name)
    items = [view if _is(each, view.name) else each for each in views.items]
    if view not in items:
        items.append(view)
    if len(items) > MOST:
        raise Invalid(Wrong("/name", "views-full", MOST))
    return put(views, tuple(items))


def renamed(views: SavedFilters, name: str, to: str) -> SavedFilters:
    """With another name for a view, which it may have already: a second press finds it renamed.

    Raises `NotFound`, and `Invalid` where another view has the name, or it is blank.
    """
    _must_be_said(to)
    is_there = any(_is(each, name) for each in views.items)
    is_taken = any(_is(each, to) and not _is(each, name) for each in views.items)
    if is_there and is_taken:
        raise Invalid(Wrong("/name", "twice"))
    if not is_there and not is_taken:
        raise NotFound
    return put(views, tuple(replace(each, name=to) if _is(each, name) else each for each in views.items))


def removed(views: SavedFilters, name: str) -> SavedFilters:
    """Without a view; one that is not there is gone already."""
    return put(views, tuple(each for each in views.items if not _is(each, name)))


def with_columns(views: SavedFilters, chosen: Collection[str]) -> SavedFilters:
    """With other columns; what is no column is left out."""
    columns = tuple(column for column in COLUMNS if column in chosen)
    return replace(views, version=views.version + 1, columns=columns)


def _is(view: View, name: str) -> bool:
    return _in_one_line(view.name).casefold() == _in_one_line(name).casefold()


def _in_one_line(name: str) -> str:
    """As a browser shows it and sends it back: with one space wherever there are any, and line ends.

    >>> _in_one_line(" Late\\n ones ")
    'Late ones'
    """
    return " ".join(name.split())


def _must_be_said(name: str) -> None:
    if not _in_one_line(name):
        raise Invalid(Wrong("/name", "missing"))


def _wrong_names(items: tuple[View, ...]) -> Iterator[Wrong]:
    for place, view in enumerate(items):
        if not view.name:
            yield Wrong(f"/items/{place}/name", "missing")
        elif any(_is(earlier, view.name) for earlier in items[:place]):
            yield Wrong(f"/items/{place}/name", "twice")

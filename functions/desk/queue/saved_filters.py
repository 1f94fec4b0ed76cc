"""Saved views as JSON: filters of a queue by name, each with what its address asks for."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from chalice.app import Response
from msgspec import Struct
from msgspec.structs import replace

from complaints.adapters.container import Container
from complaints.values.casework.saved_filters import SavedFilters, View, put
from complaints.values.errors import Invalid, Stale, Wrong
from complaints.values.people import Member
from functions.desk.queue import queue_filters, queues
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import json_response
from functions.http.visit import Visit
from functions.serializers.field_types import Cursor

READ, KEEP = "read_queue", "keep_views"


class PutViews(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All views of a person, in their order."""

    items: tuple[View, ...]


class SavedView(Struct, frozen=True, kw_only=True):
    """A view: `query` is what the address of a queue asks for."""

    name: str
    query: str


class SavedViews(Struct, frozen=True, kw_only=True):
    """The caller's saved filters."""

    items: list[SavedView]
    next: Cursor


def list_views(visit: Visit) -> Response:
    """My views; a call like that of a queue takes the `query` of one as it stands."""
    return _answer(auth.authenticate_with_case(visit, auth.claims(visit, READ), READ, with_views=True).views)


def put_views(visit: Visit) -> Response:
    """Other views in place of all of mine."""
    found = auth.claims(visit, KEEP)
    version = visit.request.version()
    asked = read(PutViews, visit.request.body)
    entered = auth.authenticate_with_case(visit, found, KEEP, with_views=True)
    if entered.views.version != version:
        raise Stale(entered.views.version)
    after = put(entered.views, tuple(_canonical(visit.deps, asked, entered.member)))
    visit.deps.saved_filters.keep(after)
    return _answer(after)


def view_of(deps: Container, view: View, me: Member) -> View:
    """A view with its query written in one way. Raises `Invalid` for one that no queue would answer."""
    asked = dict(parse_qsl(view.query))
    if not asked.keys() <= set(queue_filters.SAVED):
        raise Invalid(Wrong("/query", "unknown-value"))
    queues.wish(deps, asked, me)
    return replace(view, query=queue_filters.saved(asked))


def _canonical(deps: Container, asked: PutViews, me: Member) -> Iterator[View]:
    for place, view in enumerate(asked.items):
        try:
            yield view_of(deps, view, me)
        except Invalid as refusal:
            at = f"/items/{place}/query"
            raise Invalid(*(replace(wrong, pointer=at) for wrong in refusal.errors)) from None


def _answer(views: SavedFilters) -> Response:
    items = [SavedView(name=view.name, query=view.query) for view in views.items]
    return json_response(SavedViews(items=items, next=None), headers={"ETag": f'"{views.version}"'})

"""Saved views as pages: the filters of a queue get a name, another one, or none any more."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.values.casework.saved_filters import (
    MOST,
    SavedFilters,
    View,
    ViewName,
    removed,
    renamed,
    saved,
    with_columns,
)
from complaints.values.errors import Invalid, Refusal, Stale
from functions.desk.queue.saved_filters import KEEP, READ, view_of
from functions.desk.session.guard import desk_page, own_address
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.forms.inputs import FormError, wrong_at
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.auth import Authenticated
from functions.http.parsing.validation import read
from functions.http.responses import status_of, texts_of
from functions.http.visit import Visit
from functions.rendering.page import link

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


ADDRESS, QUEUE = "/desk/views", "/desk"
RENAME, REMOVE, CHOOSE = "rename", "remove", "columns"
"""What the buttons beside a view ask for, and that of the columns; any other form saves a view."""


class FilterName(Struct, frozen=True, kw_only=True):
    """What a view is to be called."""

    name: ViewName


@desk_page
def show(visit: Visit) -> Response:
    """My views, each to be opened, renamed or removed."""
    entered = auth.authenticate_with_case(visit, auth.claims(visit, READ), READ, with_views=True)
    done = visit.request.query.get("done")
    return _page(visit, entered, done=done if done in (RENAME, REMOVE) else None)


@desk_page
def change(visit: Visit) -> Response:
    """Saves, renames or removes a view, and leads to where it is seen."""
    entered = auth.authenticate_with_case(visit, auth.claims(visit, KEEP), KEEP, with_views=True)
    form = form_of_request(visit.request)
    try:
        after, address = _changed(visit.deps, entered, form)
        visit.deps.saved_filters.keep(after)
    except (Invalid, Stale) as refusal:
        visit.request.note(problem=refusal.code)
        return _page(visit, entered, status=status_of(refusal), form=form, refusal=refusal)
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _changed(deps: Container, entered: Authenticated, form: FormData) -> tuple[SavedFilters, str]:
    """The views after what a form asks for, and where that leads to. Raises `Invalid`, `NotFound`."""
    do, name = form.get("do"), form.get("view", "")
    if do == CHOOSE:
        path, _, query = own_address(form.get("back", "")).partition("?")
        return with_columns(entered.views, form.getlist("show")), link(
            deps.settings, path, dict(parse_qsl(query))
        )
    if do == REMOVE:
        return removed(entered.views, name), link(deps.settings, ADDRESS, {"done": do})
    if do == RENAME:
        to = read(FilterName, {"name": form.get("name")}).name
        return renamed(entered.views, name, to), link(deps.settings, ADDRESS, {"done": do})
    asked = read(View, {part: form.get(part) for part in View.__struct_fields__})
    view = view_of(deps, asked, entered.member)
    return saved(entered.views, view), link(
        deps.settings, QUEUE, {**dict(parse_qsl(view.query)), "saved": "1"}
    )


def _page(
    visit: Visit,
    entered: Authenticated,
    *,
    status: int = 200,
    form: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
    done: str | None = None,
) -> Response:
    """The list; with what a form said, and what is wrong with it."""
    views = entered.views.items
    wrong = dict(_wrong(visit.deps.catalogues, visit.language, refusal)) if refusal else {}
    place = next((place for place, view in enumerate(views, 1) if form and _is_about(form, view)), 0)
    return desk_layout(
        visit,
        "views.html",
        entered.by,
        entered.member,
        address=ADDRESS,
        place="views",
        status=status,
        views=views,
        most=MOST,
        form=form,
        about=place,
        wrong=wrong.get("name"),
        errors=[
            _error(visit.deps.catalogues, visit.language, name, what, place) for name, what in wrong.items()
        ],
        done=done,
    )


def _is_about(form: Mapping[str, str], view: View) -> bool:
    return form.get("do") == RENAME and form.get("view") == view.name


def _wrong(catalogues: "Catalogues", language: str, refusal: Refusal) -> Iterator[tuple[str, str]]:
    """What is said of each field; of none where somebody else, or oneself elsewhere, was faster."""
    for wrong in refusal.errors if isinstance(refusal, Invalid) else ():
        yield wrong.pointer[1:], texts_of(catalogues, language, wrong)
    if not isinstance(refusal, Invalid):
        yield "", catalogues.text(language, "case.stale")


def _error(catalogues: "Catalogues", language: str, name: str, what: str, place: int) -> FormError:
    """`place` is that of the view that is renamed, 0 for one that is saved."""
    if name != "name":
        return wrong_at(None, catalogues.text(language, "queues.views"), what)
    return wrong_at(f"view-{place}", catalogues.text(language, "queues.views.name"), what)

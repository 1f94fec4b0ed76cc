"""The handbook at the desk: the page of one's role first, and the others beside it."""

from functools import cache
from pathlib import Path

import msgspec
from chalice.app import Response
from markupsafe import Markup

from complaints.adapters.container import container
from complaints.values.errors import NotFound
from functions.http import auth
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout

ADDRESS = "/desk/handbook"
READING = "read_me"
ENGLISH = "en"
_MADE = "handbook.json"


@desk_page
def show(name: str) -> Response:
    """One page in the language of the reader, else in English. Raises `NotFound`."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    by, me = auth.member_who_may(deps, request, READING)
    in_languages = _pages(deps.settings.templates / _MADE)
    pages = {page: (ENGLISH, *told) for page, told in in_languages[ENGLISH].items()}
    pages |= {page: (language, *told) for page, told in in_languages.get(language, {}).items()}
    if name not in pages:
        raise NotFound
    written_in, title, html = pages[name]
    return desk_layout(
        deps,
        request,
        language,
        "handbook.html",
        by,
        me,
        address=f"{ADDRESS}/{name}",
        place="handbook",
        name=name,
        title=title,
        content=Markup(html),  # noqa: S704  # made of our own documents
        written_in=written_in,
        contents={each: (spoken, told) for each, (spoken, told, _) in pages.items()},
    )


@cache
def _pages(path: Path) -> dict[str, dict[str, tuple[str, str]]]:
    """The title and the HTML of the pages of each language."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, tuple[str, str]]])

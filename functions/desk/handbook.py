"""The handbook at the desk: the page of one's role first, and the others beside it."""

from functools import cache
from pathlib import Path

import msgspec
from chalice.app import Response
from markupsafe import Markup

from complaints.values.errors import NotFound
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http import auth
from functions.http.visit import Visit

ADDRESS = "/desk/handbook"
READING = "read_me"
ENGLISH = "en"
_MADE = "handbook.json"


@desk_page
def show(visit: Visit, name: str) -> Response:
    """One page in the language of the reader, else in English. Raises `NotFound`."""
    by, me = auth.member_who_may(visit, READING)
    in_languages = _pages(visit.deps.settings.templates / _MADE)
    pages = {page: (ENGLISH, *told) for page, told in in_languages[ENGLISH].items()}
    pages |= {page: (visit.language, *told) for page, told in in_languages.get(visit.language, {}).items()}
    if name not in pages:
        raise NotFound
    written_in, title, html = pages[name]
    return desk_layout(
        visit,
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

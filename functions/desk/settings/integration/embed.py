"""What the developer of a website needs: the line with the site's own values, a preview, a content policy."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from chalice.app import Response
from msgspec import Struct

from complaints.adapters.container import Container
from complaints.case.correspondence.letterhead import Colour, Letterhead
from complaints.delivery.colour_contrast import TEXT, contrast, nearest
from complaints.site.site import SiteRecord
from complaints.values.errors import NotFound
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import settings
from functions.desk.settings.change_forms.forms import own_name
from functions.http.request import Request
from functions.http.visit import Visit
from functions.rendering import site_colours
from functions.rendering.page import with_sheet

ADDRESS = "/desk/embed"
ACCENT, ON_ACCENT, LANGUAGE = "accent", "on_accent", "in"


_SHEET = """\
:root {{
  --answerable-accent: {};
  --answerable-on-accent: {};
}}"""


class Tried(Struct, frozen=True, kw_only=True):
    """The colours that somebody tries."""

    accent: Colour
    on_accent: Colour


@desk_page
def show(visit: Visit) -> Response:
    """The page of one of my sites, or of the first. Raises `Forbidden`, `NotFound`."""
    visible = settings.visible_settings(visit)
    sites = {each.id: each.record for each in visible.everything if isinstance(each.record, SiteRecord)}
    key = visit.request.query.get("site") or next(iter(sites), "")
    if key not in sites:
        raise NotFound
    site = visit.deps.sites.terms(key).site
    asked, tried, wrong = _tried_colours(visit.request, site.texts.letterhead)
    chosen = visit.request.query.get(LANGUAGE, "")
    preview = site_colours.widget_rule(tried.accent, tried.on_accent)
    return desk_layout(
        visit,
        "embedding.html",
        visible.by,
        visible.me,
        address=ADDRESS,
        query={"site": key},
        place="embed",
        headers=with_sheet(preview),
        key=key,
        sites={each: record.name for each, record in sites.items()},
        origins=site.origins,
        url=visit.deps.settings.url,
        policy=_policy(visit.deps),
        preview=preview,
        sheet=_SHEET.format(tried.accent, tried.on_accent),
        asked=asked,
        tried=tried,
        wrong=wrong,
        better=nearest(tried.accent, lambda colour: contrast(colour, tried.on_accent) >= TEXT),
        spoken=[(tag, own_name(visit.deps.catalogues, tag)) for tag in site.languages],
        chosen=chosen if chosen in site.languages else "",
    )


class _TriedColours(NamedTuple):
    """Two colours as they were typed, as they are shown, and what is wrong with them: `form`, `contrast`."""

    asked: Mapping[str, str]
    tried: Tried
    wrong: str


def _tried_colours(request: Request, letterhead: Letterhead) -> _TriedColours:
    """Those of the address, or those of the site."""
    own = Tried(accent=letterhead.accent, on_accent=letterhead.accent_text)
    asked = {name: request.query.get(name, getattr(own, name)) for name in (ACCENT, ON_ACCENT)}
    try:
        tried = msgspec.convert(asked, Tried)
    except msgspec.ValidationError:
        return _TriedColours(asked, own, "form")
    is_legible = contrast(tried.accent, tried.on_accent) >= TEXT
    return _TriedColours(asked, tried, "" if is_legible else "contrast")


def _policy(deps: Container) -> str:
    """What a content policy of the website must allow: this installation, and where files are uploaded to."""
    url = urlsplit(deps.settings.url)
    ours = f"{url.scheme}://{url.netloc}"
    called = " ".join(dict.fromkeys((ours, deps.files.origin)))
    return f"script-src 'self' {ours}; connect-src 'self' {called}"

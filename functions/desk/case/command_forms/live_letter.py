"""The letter beside a form, while somebody writes in it: asked for by a script, and nothing is written."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from chalice.app import Response

from complaints.values.errors import Invalid, NotNow
from functions.desk.case.command_forms.fields import fields_of
from functions.desk.case.command_forms.forms import label_text
from functions.desk.case.wording.event_wording import SiteWording
from functions.desk.session.layout import KEPT_BY_NOBODY
from functions.forms.input_errors import input_errors
from functions.forms.urlencoded import FormData
from functions.rendering.page import page
from functions.use_cases.cases.case_access import CaseAccess
from functions.use_cases.cases.letter_preview import PreviewedLetter

if TYPE_CHECKING:
    from complaints.adapters.container import Container


LIVE = "live"
"""What the script of a form asks for."""


def fragment(
    deps: "Container",
    language: str,
    at: CaseAccess,
    verb: str,
    form: FormData,
    preview: Callable[[], list[PreviewedLetter]],
) -> Response:
    """The letters that `preview` finds for the form of a command, as a part of a page; while there is none,
    what the form needs for it."""
    letters: list[PreviewedLetter] = []
    needed: dict[str, str] = {}
    try:
        letters = preview()
    except NotNow:
        pass
    except Invalid as wrong:
        needed = input_errors(fields_of(verb), wrong, form, partial(deps.catalogues.text, language))
    complaint = at.case.complaint
    words = SiteWording(deps.catalogues, language, deps.sites.terms(complaint.site).site)
    return page(
        deps,
        "desk/live-letter.html",
        language=language,
        address=f"/desk/cases/{complaint.reference}",
        letters=letters,
        needed=[label_text(words, verb, name) for name in needed if name],
        headers=KEPT_BY_NOBODY,
    )

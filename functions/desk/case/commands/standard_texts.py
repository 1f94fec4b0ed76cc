"""The list from which a standard text is chosen for a form, and the form with the text inserted.

Nothing that was typed is lost: it goes with the list, and comes back with the form.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from chalice.app import Response

from functions.desk.case.command_forms.fields import TEXTS, hidden
from functions.desk.case.page import sheet
from functions.forms.urlencoded import FormData
from functions.http.visit import Visit
from functions.use_cases.cases.case_access import CaseAccess
from functions.use_cases.cases.case_texts import BETWEEN, CaseTexts, matching

if TYPE_CHECKING:
    from complaints.adapters.container import Container


CHOOSE = "texts"
"""What the button of a form asks for: the list."""

INSERT = "insert"
"""The name of the buttons of the list; each has the code of its text."""


def list_page(
    visit: Visit,
    at: CaseAccess,
    verb: str,
    form: Mapping[str, str],
    to: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> Response:
    """The texts for a form, filled in for this case; those with the words that are sought.

    The form is that of the command, unless another address of the case is named, and what it sends.
    """
    sought = form.get("q", "")
    return sheet(
        visit,
        "case-texts.html",
        at,
        verb=verb,
        to=to or f"/commands/{verb}",
        fields=hidden(verb, form) if fields is None else fields,
        sought=sought,
        texts=list(matching(CaseTexts(visit.deps, at, visit.language).offered(verb), sought)),
    )


def with_text(
    deps: "Container", language: str, at: CaseAccess, verb: str, typed: FormData, code: str
) -> FormData:
    """What was typed with the text after it in its field; a text that is offered no more changes nothing."""
    chosen = next((each for each in CaseTexts(deps, at, language).offered(verb) if each.code == code), None)
    if chosen is None:
        return typed
    before = typed.get(chosen.field, "").rstrip()
    changes = {
        chosen.field: BETWEEN.join(filter(None, (before, chosen.text))),
        TEXTS: f"{typed.get(TEXTS, '')} {code}".strip(),
    }
    return FormData((typed | changes).items())

"""Members by CSV as a page: pasted or from a file, shown row by row, and carried out when that was seen."""

from typing import TYPE_CHECKING, Any

from chalice.app import Response

from complaints.settings.importing.members_csv import COLUMNS, LONGEST, MOST_ROWS
from complaints.values.errors import Invalid
from complaints.values.people import Role
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import members_csv
from functions.desk.settings.members_csv import MembersCsv, PostMembersCsv
from functions.desk.settings.settings import SettingsAccess
from functions.forms.inputs import FormError, wrong_at
from functions.forms.urlencoded import FormData, form_of_request
from functions.http import auth
from functions.http.parsing.validation import read
from functions.http.responses import status_of
from functions.http.visit import Visit

if TYPE_CHECKING:
    from complaints.adapters.container import Catalogues


ADDRESS = "/desk/members/csv"
SENT = ("csv", "reason")


@desk_page
def show(visit: Visit) -> Response:
    """The form, with what a file is made of."""
    at = members_csv.access(visit, auth.claims(visit, members_csv.SENDING))
    return _page(visit, at)


@desk_page
def take(visit: Visit) -> Response:
    """What the file would do, or did; or why it cannot be read, with all that was typed."""
    at = members_csv.access(visit, auth.claims(visit, members_csv.SENDING))
    typed = form_of_request(visit.request)
    body = {name: typed.get(name, "") for name in SENT} | {"plan": typed.get("plan") or None}
    try:
        answer = members_csv.answered(visit.deps, visit.language, at, read(PostMembersCsv, body))
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        errors = [*_errors(visit.deps.catalogues, visit.language, refusal)]
        return _page(visit, at, typed=typed, errors=errors, status=status_of(refusal))
    return _page(visit, at, typed=typed, told=answer, is_asked=bool(body["plan"]))


def _errors(catalogues: "Catalogues", language: str, refusal: Invalid) -> list[FormError]:
    """What is wrong with the file as a whole, or with a row of it, or that there is no reason."""
    errors = []
    for each in refusal.errors:
        field, _, row = each.pointer[1:].partition("/")
        words = catalogues.text(language, f"api.wrong.{each.code}", limit=each.limit or "")
        label = catalogues.text(language, f"office.field.{field}")
        if row:
            label = catalogues.text(language, "office.csv.row", row=row)
        errors.append(wrong_at(field, label, words))
    return errors


def _page(
    visit: Visit,
    at: SettingsAccess,
    *,
    typed: FormData | None = None,
    told: MembersCsv | None = None,
    errors: list[FormError] | None = None,
    status: int = 200,
    is_asked: bool = False,
) -> Response:
    values: dict[str, Any] = {name: typed.get(name, "") if typed else "" for name in SENT}
    return desk_layout(
        visit,
        "members-csv.html",
        at.by,
        at.me,
        address=ADDRESS,
        place="members",
        status=status,
        at_address=ADDRESS,
        errors=errors or [],
        told=told,
        # The plan that was seen is not the one that would be carried out now.
        is_other=is_asked and told is not None and not told.done,
        columns=COLUMNS,
        all_roles=[*Role],
        my_sites=at.me.sites,
        most_rows=MOST_ROWS,
        longest=LONGEST,
        **values,
    )

"""What the codes of a site are in a regulator's return, as a page: a form for each grouping of the return."""

import secrets
from collections.abc import Iterator
from typing import NamedTuple

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.reporting.regulators.return_format import CodeOf, Grouping, RegulatorReturn
from complaints.reporting.regulators.returns import NONE, mapped
from complaints.settings.commands import MapReturn
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.site.site import Site
from complaints.values.codes import CodeList
from complaints.values.errors import Invalid, NotFound, Stale
from complaints.values.field_types import Channel, ClosingReason, ComplainantKind
from functions.desk.session.guard import MOST_FIELDS, desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.desk.settings import settings
from functions.desk.settings.settings import SettingsAccess
from functions.forms.inputs import FormError
from functions.forms.to_json import as_json
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.request import Request
from functions.http.responses import status_of, texts_of
from functions.http.visit import Visit
from functions.rendering.page import link
from functions.serializers.labels import label

CODE = "code."
"""What the name of the input of a code begins with."""

MOST_ROWS = 250
"""Codes that a form holds; a site with more maps the others over the API."""

_MAP = action(MapReturn.verb, SettingKind.CODES)


class CodeRow(NamedTuple):
    """A code of the site, its words, what the site maps it to, and what the return does; neither where it is
    not mapped at all."""

    code: str
    words: str
    own: str | None
    shipped: str | None


class GroupingForm(NamedTuple):
    """A grouping of the return with the codes of the site: those that are mapped to nothing come first."""

    grouping: Grouping
    rows: list[CodeRow]

    @property
    def unmapped(self) -> int:
        """How many codes are mapped to nothing."""
        return sum(not (row.own or row.shipped) for row in self.rows)


@desk_page
def show(visit: Visit, name: str) -> Response:
    """The mappings of a return at one of my sites."""
    at, definition = _asked(visit, visit.request, name, visit.request.query.get("site", ""))
    return _page(visit, at, definition)


@desk_page
def change(visit: Visit, name: str) -> Response:
    """Writes the mapping of one grouping, and leads back to the page."""
    form = form_of_request(visit.request, MOST_FIELDS)
    site, grouping = form.get("site", ""), form.get("grouping", "")
    codes = {key.removeprefix(CODE): value for key, value in form.items() if key.startswith(CODE) and value}
    reason = form.get("reason", "").strip()
    body = {"name": name, "grouping": grouping, "codes": codes, "reason": reason}
    sent = as_json(visit.request, MapReturn.verb, body, form)
    try:
        at, definition = _asked(visit, sent, name, site)
        settings.carried_out(visit, at, MapReturn, sent.body, sent.version())
    except (Invalid, Stale) as refusal:
        visit.request.note(problem=refusal.code)
        at, definition = _asked(visit, visit.request, name, site)
        errors = [FormError(None, "case.stale")]
        if isinstance(refusal, Invalid):
            errors = [
                FormError(
                    None,
                    "office.wrong.other",
                    {"what": texts_of(visit.deps.catalogues, visit.language, each)},
                )
                for each in refusal.errors
            ]
        return _page(visit, at, definition, errors, status=status_of(refusal))
    address = link(
        visit.deps.settings, f"/desk/reports/returns/{name}/codes", {"site": site, "done": grouping}
    )
    return Response(body="", status_code=303, headers=KEPT_BY_NOBODY | {"Location": address})


def _asked(visit: Visit, sent: Request, name: str, site: str) -> tuple[SettingsAccess, RegulatorReturn]:
    """Raises `Forbidden`; `NotFound` for a site or a return that is not."""
    found = auth.claims(visit, _MAP)
    try:
        definition = visit.deps.shipped_data.regulator_return(name)
    except LookupError:
        raise NotFound from None
    at = settings.settings_access(
        visit._replace(request=sent), found, SettingKind.CODES, site, _MAP, changes=True
    )
    return at, definition


def _page(
    visit: Visit,
    at: SettingsAccess,
    definition: RegulatorReturn,
    errors: list[FormError] | None = None,
    *,
    status: int = 200,
) -> Response:
    site = visit.deps.sites.terms(at.setting.site).site
    forms = [
        GroupingForm(grouping, list(_rows(visit.deps, visit.language, site, definition.name, grouping)))
        for grouping in definition.groupings
    ]
    done = visit.request.query.get("done")
    return desk_layout(
        visit,
        "return-codes.html",
        at.by,
        at.me,
        address=f"/desk/reports/returns/{definition.name}/codes",
        query={"site": site.key},
        place="reports",
        zone=site.zone,
        status=status,
        definition=definition,
        site=site,
        forms=forms,
        version=at.setting.version,
        errors=errors or (),
        done=done if done in [each.name for each in definition.groupings] else None,
        once=secrets.token_urlsafe(12),
    )


def _rows(deps: Container, language: str, site: Site, name: str, grouping: Grouping) -> Iterator[CodeRow]:
    own = site.codes.returns.get(name, {}).get(grouping.name, {})
    words = dict(_codes(deps, language, site, grouping)) | {code: code for code in own}
    words = {NONE: deps.catalogues.text(language, "reports.return.no_code")} | words
    rows = [CodeRow(code, said, own.get(code), mapped(grouping.codes, code)) for code, said in words.items()]
    yield from sorted(rows, key=lambda row: bool(row.own or row.shipped))[:MOST_ROWS]


def _codes(deps: Container, language: str, site: Site, grouping: Grouping) -> Iterator[tuple[str, str]]:
    """The codes that a case of the site may have where the grouping looks, with their words."""

    def listed(code_list: CodeList) -> Iterator[tuple[str, str]]:
        for each in site.codes.of(code_list):
            said = label(deps.catalogues, site.codes, code_list, each.code, language, site.language)
            yield each.code, said

    for source in grouping.source:
        match source:
            case CodeOf.PRODUCT:
                products = {each.product for each in site.codes.categories if each.product}
                yield from ((code, code) for code in sorted(products))
            case CodeOf.CATEGORY:
                yield from listed(CodeList.CATEGORIES)
            case CodeOf.SUBCATEGORY:
                yield from listed(CodeList.SUBCATEGORIES)
            case CodeOf.CAUSE:
                yield from listed(CodeList.CAUSES)
            case CodeOf.OUTCOME:
                yield from listed(CodeList.OUTCOMES)
            case CodeOf.ENDED_BECAUSE:
                yield from (
                    (code.value, code.value) for code in ClosingReason if code is not ClosingReason.FLOOD
                )
            case CodeOf.CHANNEL:
                yield from ((code.value, code.value) for code in Channel)
            case CodeOf.KIND:
                yield from ((code.value, code.value) for code in ComplainantKind)

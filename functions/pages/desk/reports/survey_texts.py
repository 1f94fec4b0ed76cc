"""Free words of the survey as a page: what waits for a look, with a form for each, and what may be read."""

from chalice.app import Response

from complaints.adapters.container import Container, container
from complaints.casework.outcome.survey import REMOVED
from complaints.values.errors import Invalid
from complaints.values.people import Member
from functions.api.desk.reporting import survey_texts
from functions.api.desk.reporting.survey_texts import SHOWN, WAITING, WITHHELD, AskedTexts, SurveyTexts
from functions.http import auth
from functions.http.request import Request, current_request
from functions.http.responses import reader_language, texts_of
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.pages.forms.error_summary import wrong_at
from functions.pages.forms.urlencoded import form_of_request
from functions.rendering.page import link

ADDRESS = "/desk/survey-texts"
PERIOD = ("site", "from", "to")


@desk_page
def show() -> Response:
    """The texts of a site and period; a period that cannot be is said in the form."""
    deps = container()
    request = current_request()
    return _page(deps, request)


@desk_page
def choose() -> Response:
    """Puts on record what may be read of one text, and leads back to the page."""
    deps = container()
    request = current_request()
    form = form_of_request(request)
    is_shown = form.get("do") == SHOWN
    text = form.get("text", "").replace("\r\n", "\n") if is_shown else None
    asked = survey_texts.read_query(deps, request, of_first_site=True)
    try:
        survey_texts.clear(deps, asked, form.get("id", ""), text)
    except Invalid as refusal:
        request.note(problem=refusal.code)
        return _page(deps, request, wrong=refusal, id=form.get("id", ""), typed=text or "", status=422)
    kept = {name: request.query[name] for name in PERIOD if request.query.get(name)}
    headers = KEPT_BY_NOBODY | {"Location": link(deps.settings, ADDRESS, kept)}
    return Response(body="", status_code=303, headers=headers)


def _page(
    deps: Container,
    request: Request,
    wrong: Invalid | None = None,
    id: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    language = reader_language(deps.catalogues, request)
    by, me = auth.member_who_may(deps, request, survey_texts.ACTION)
    kept = {name: request.query[name] for name in PERIOD if request.query.get(name)}
    asked: AskedTexts | None = None
    texts: SurveyTexts | None = None
    try:
        asked = survey_texts.read_query(deps, request, of_first_site=True)
        texts = survey_texts.texts_of(deps, asked)
    except Invalid as refusal:
        request.note(problem=refusal.code)
        wrong, status = refusal, 422
    catalogues = deps.catalogues
    found = wrong.errors if wrong else ()
    wording = {each.pointer[1:]: texts_of(catalogues, language, each) for each in found}
    errors = [
        wrong_at(f"text-{id}", catalogues.text(language, "reports.survey_texts.text"), what)
        if name == "text"
        else wrong_at(name, catalogues.text(language, f"reports.filter.{name}"), what)
        for name, what in wording.items()
    ]
    dates = {"from": asked.period.first.isoformat(), "to": asked.period.last.isoformat()} if asked else {}
    return desk_layout(
        deps,
        request,
        language,
        "survey-texts.html",
        by,
        me,
        address=ADDRESS,
        query=kept,
        place="survey_texts",
        status=status,
        sites=_sites(deps, me),
        asked=dates | kept,
        wrong=wording,
        errors=errors,
        chosen=id,
        typed=typed,
        mark=REMOVED,
        texts=texts,
        states=(WAITING, SHOWN, WITHHELD),
    )


def _sites(deps: Container, me: Member) -> list[tuple[str, str]]:
    return [(key, deps.sites.terms(key).site.name) for key in me.sites]

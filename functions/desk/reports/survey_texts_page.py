"""Free words of the survey as a page: what waits for a look, with a form for each, and what may be read."""

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.casework.outcome.survey import REMOVED
from complaints.values.errors import Invalid
from complaints.values.people import Member
from functions.desk.reports import survey_texts
from functions.desk.reports.survey_texts import SHOWN, WAITING, WITHHELD, AskedTexts, SurveyTexts
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import KEPT_BY_NOBODY, desk_layout
from functions.forms.inputs import wrong_at
from functions.forms.urlencoded import form_of_request
from functions.http import auth
from functions.http.responses import texts_of
from functions.http.visit import Visit
from functions.rendering.page import link

ADDRESS = "/desk/survey-texts"
PERIOD = ("site", "from", "to")


@desk_page
def show(visit: Visit) -> Response:
    """The texts of a site and period; a period that cannot be is said in the form."""
    return _page(visit)


@desk_page
def choose(visit: Visit) -> Response:
    """Puts on record what may be read of one text, and leads back to the page."""
    form = form_of_request(visit.request)
    is_shown = form.get("do") == SHOWN
    text = form.get("text", "").replace("\r\n", "\n") if is_shown else None
    asked = survey_texts.read_query(visit, of_first_site=True)
    try:
        survey_texts.clear(visit.deps, asked, form.get("id", ""), text)
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        return _page(visit, wrong=refusal, id=form.get("id", ""), typed=text or "", status=422)
    kept = {name: visit.request.query[name] for name in PERIOD if visit.request.query.get(name)}
    headers = KEPT_BY_NOBODY | {"Location": link(visit.deps.settings, ADDRESS, kept)}
    return Response(body="", status_code=303, headers=headers)


def _page(
    visit: Visit,
    wrong: Invalid | None = None,
    id: str = "",
    typed: str = "",
    status: int = 200,
) -> Response:
    by, me = auth.member_who_may(visit, survey_texts.ACTION)
    kept = {name: visit.request.query[name] for name in PERIOD if visit.request.query.get(name)}
    asked: AskedTexts | None = None
    texts: SurveyTexts | None = None
    try:
        asked = survey_texts.read_query(visit, of_first_site=True)
        texts = survey_texts.texts_of(visit.deps, asked)
    except Invalid as refusal:
        visit.request.note(problem=refusal.code)
        wrong, status = refusal, 422
    catalogues = visit.deps.catalogues
    found = wrong.errors if wrong else ()
    wording = {each.pointer[1:]: texts_of(catalogues, visit.language, each) for each in found}
    errors = [
        wrong_at(f"text-{id}", catalogues.text(visit.language, "reports.survey_texts.text"), what)
        if name == "text"
        else wrong_at(name, catalogues.text(visit.language, f"reports.filter.{name}"), what)
        for name, what in wording.items()
    ]
    dates = {"from": asked.period.first.isoformat(), "to": asked.period.last.isoformat()} if asked else {}
    return desk_layout(
        visit,
        "survey-texts.html",
        by,
        me,
        address=ADDRESS,
        query=kept,
        place="survey_texts",
        status=status,
        sites=_sites(visit.deps, me),
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

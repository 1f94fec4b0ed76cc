"""The page of retention: the rules of a site, what they would erase on a day, and what they did."""

from urllib.parse import urlencode

from chalice.app import Response

from complaints.values.codes import CodeList
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import retention
from functions.http import auth
from functions.http.visit import Visit
from functions.serializers.labels import label

ADDRESS = "/desk/retention"


@desk_page
def show(visit: Visit) -> Response:
    """What would be erased, by rule and case, and the last runs."""
    by, me = auth.authenticate(visit, auth.claims(visit, retention.READ), retention.READ)
    asked = retention.asked_for(visit.deps, me, visit.request.query)
    found = retention.listed(visit.deps, asked)
    query = {"site": asked.site, "on": str(asked.on)}
    terms = visit.deps.sites.terms(asked.site)

    def category(code: str) -> str:
        return label(
            visit.deps.catalogues,
            terms.site.codes,
            CodeList.CATEGORIES,
            code,
            visit.language,
            terms.site.language,
        )

    return desk_layout(
        visit,
        "retention.html",
        by,
        me,
        address=ADDRESS,
        query=query,
        place="retention",
        zone=terms.site.zone,
        found=found,
        category=category,
        rules={each.name: each.rule for each in found.rules},
        next=f"{ADDRESS}?{urlencode(query | {'cursor': found.next})}" if found.next else "",
        start=f"{ADDRESS}?{urlencode(query)}" if asked.cursor else "",
    )

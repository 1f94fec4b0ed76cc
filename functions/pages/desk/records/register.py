"""The register of a kind of records of a site, and which kinds there are."""

from urllib.parse import urlencode

from chalice.app import Response

from complaints.adapters.container import container
from complaints.management.kinds import declaration, kinds
from complaints.management.record import ManagementRecord
from complaints.management.service import allowed
from complaints.values.errors import Forbidden
from functions.api.management import records
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.records.forms import carried, form_words
from functions.pages.desk.records.page import ADDRESS, NEW, address_of
from functions.pages.desk.records.words import cells_of, title_of
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout


@desk_page
def show() -> Response:
    """The records of the kind that the address names, else of the first that the person may read."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    listed = records.listed_records(deps, request, usual=kinds()[0])
    readable = [kind for kind in kinds() if not declaration(kind).readers.isdisjoint(listed.by.roles)]
    if listed.kind not in readable:
        raise Forbidden
    terms = deps.sites.terms(listed.site)
    members = [each for each in deps.members.known(deps.now()) if listed.site in each.sites]
    words = form_words(deps, language, listed.kind, members, terms)
    brought = carried(declaration(listed.kind), request.query)
    first = ManagementRecord(kind=listed.kind, id=f"{listed.site}.{NEW}")
    return desk_layout(
        deps,
        request,
        language,
        "records/register.html",
        listed.by,
        listed.me,
        address=ADDRESS,
        query={"kind": listed.kind, "site": listed.site},
        place="records",
        zone=terms.site.zone,
        kind=listed.kind,
        kinds=readable,
        site=listed.site,
        columns=[words.label(name) for name in declaration(listed.kind).columns],
        lines=[
            (
                title_of(words, deps.date_formats, each),
                f"{address_of(each.kind, each.id)}{f'?{urlencode(brought)}' if brought else ''}",
                cells_of(words, deps.date_formats, each),
            )
            for each in listed.records
        ],
        new=f"{address_of(listed.kind, NEW)}?{urlencode({'site': listed.site} | brought)}"
        if allowed(first, listed.by)
        else None,
    )

"""The register of a kind of records of a site, and which kinds there are."""

from urllib.parse import urlencode

from chalice.app import Response

from complaints.management.kinds import declaration, kinds
from complaints.management.record import ManagementRecord
from complaints.management.service import allowed
from complaints.values.errors import Forbidden
from functions.desk.records import records
from functions.desk.records.forms import carried, form_words
from functions.desk.records.page import ADDRESS, NEW, address_of
from functions.desk.records.words import cells_of, title_of
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.http.visit import Visit


@desk_page
def show(visit: Visit) -> Response:
    """The records of the kind that the address names, else of the first that the person may read."""
    listed = records.listed_records(visit, usual=kinds()[0])
    readable = [kind for kind in kinds() if not declaration(kind).readers.isdisjoint(listed.by.roles)]
    if listed.kind not in readable:
        raise Forbidden
    terms = visit.deps.sites.terms(listed.site)
    members = [each for each in visit.deps.members.known(visit.deps.now()) if listed.site in each.sites]
    words = form_words(visit.deps, visit.language, listed.kind, members, terms)
    brought = carried(declaration(listed.kind), visit.request.query)
    first = ManagementRecord(kind=listed.kind, id=f"{listed.site}.{NEW}")
    return desk_layout(
        visit,
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
                title_of(words, visit.deps.date_formats, each),
                f"{address_of(each.kind, each.id)}{f'?{urlencode(brought)}' if brought else ''}",
                cells_of(words, visit.deps.date_formats, each),
            )
            for each in listed.records
        ],
        new=f"{address_of(listed.kind, NEW)}?{urlencode({'site': listed.site} | brought)}"
        if allowed(first, listed.by)
        else None,
    )

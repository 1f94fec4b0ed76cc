"""The standard texts of a site as a page: where each is offered, and a form to add one."""

from chalice.app import Response

from complaints.settings.setting import SettingKind
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings.casework import standard_texts
from functions.desk.settings.change_forms.forms import own_name
from functions.desk.settings.page import NEW, address_of
from functions.http.visit import Visit


@desk_page
def show(visit: Visit) -> Response:
    """The texts of one of my sites."""
    known = standard_texts.known_texts(visit)
    return desk_layout(
        visit,
        "texts.html",
        known.by,
        known.me,
        address="/desk/texts",
        query={"site": known.site},
        place="texts",
        zone=visit.deps.sites.terms(known.site).site.zone,
        site=known.site,
        texts=[(each, address_of(SettingKind.STANDARD_TEXT, each.id)) for each in known.texts],
        macros=known.macros,
        names={
            tag: own_name(visit.deps.catalogues, tag)
            for tag in {tag for each in known.texts for tag in each.languages}
        },
        new=f"{NEW}/{SettingKind.STANDARD_TEXT}?site={known.site}",
    )

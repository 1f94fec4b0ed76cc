"""The standard texts of a site as a page: where each is offered, and a form to add one."""

from chalice.app import Response

from complaints.adapters.container import container
from complaints.settings.setting import SettingKind
from functions.api.admin import standard_texts
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.pages.desk.settings.change_forms.forms import own_name
from functions.pages.desk.settings.page import NEW, address_of


@desk_page
def show() -> Response:
    """The texts of one of my sites."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    known = standard_texts.known_texts(deps, request)
    return desk_layout(
        deps,
        request,
        language,
        "texts.html",
        known.by,
        known.me,
        address="/desk/texts",
        query={"site": known.site},
        place="texts",
        zone=deps.sites.terms(known.site).site.zone,
        site=known.site,
        texts=[(each, address_of(SettingKind.STANDARD_TEXT, each.id)) for each in known.texts],
        macros=known.macros,
        names={
            tag: own_name(deps.catalogues, tag)
            for tag in {tag for each in known.texts for tag in each.languages}
        },
        new=f"{NEW}/{SettingKind.STANDARD_TEXT}?site={known.site}",
    )

"""The automation rules of a site as a page: what each does when, how often it did, and what was refused."""

from chalice.app import Response

from complaints.adapters.container import container
from complaints.settings.setting import SettingKind
from functions.api.admin.automations import known_automations
from functions.http.request import current_request
from functions.http.responses import reader_language
from functions.pages.desk.session.guard import desk_page
from functions.pages.desk.session.layout import desk_layout
from functions.pages.desk.settings.page import AUTOMATIONS, NEW, address_of
from functions.serializers.desk.automation import reason


@desk_page
def show() -> Response:
    """The rules of one of my sites."""
    deps = container()
    request = current_request()
    language = reader_language(deps.catalogues, request)
    known = known_automations(deps, request)
    return desk_layout(
        deps,
        request,
        language,
        "automations.html",
        known.by,
        known.me,
        address=AUTOMATIONS,
        query={"site": known.site},
        place="automations",
        zone=deps.sites.terms(known.site).site.zone,
        site=known.site,
        rules=[(each, address_of(SettingKind.AUTOMATION, each.id)) for each in known.rules],
        reason=reason,
        new=f"{NEW}/{SettingKind.AUTOMATION}?site={known.site}",
    )

"""The automation rules of a site as a page: what each does when, how often it did, and what was refused."""

from chalice.app import Response

from complaints.settings.setting import SettingKind
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings.casework.automations import known_automations
from functions.desk.settings.page import AUTOMATIONS, NEW, address_of
from functions.http.visit import Visit
from functions.serializers.desk.automation import reason


@desk_page
def show(visit: Visit) -> Response:
    """The rules of one of my sites."""
    known = known_automations(visit)
    return desk_layout(
        visit,
        "automations.html",
        known.by,
        known.me,
        address=AUTOMATIONS,
        query={"site": known.site},
        place="automations",
        zone=visit.deps.sites.terms(known.site).site.zone,
        site=known.site,
        rules=[(each, address_of(SettingKind.AUTOMATION, each.id)) for each in known.rules],
        reason=reason,
        new=f"{NEW}/{SettingKind.AUTOMATION}?site={known.site}",
    )

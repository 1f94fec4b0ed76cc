"""The checklist that leads an administrator from an empty installation to the first complaint."""

from chalice.app import Response

from complaints.adapters.container import Container
from complaints.handling.permissions import may
from complaints.reporting.list_rows import Filter
from complaints.settings.commands import ADD
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.settings.site.setup_steps import Step, setup_steps
from complaints.site.site import SiteRecord
from complaints.values.errors import Forbidden, NotFound
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import settings
from functions.desk.settings.page import NEW, address_of
from functions.http.visit import Visit

ADDRESS = "/desk/setup"
_OPEN = ("open", "awaiting", "responded")
_SETTINGS = {
    Step.ORGANISATION: (SettingKind.SITE, "change-contact"),
    Step.HOURS: (SettingKind.SITE, "change-windows"),
    Step.PROMISES: (SettingKind.PACKS, "change-packs"),
    Step.CATEGORIES: (SettingKind.CODES, "put-list"),
    Step.WORDS: (SettingKind.TEXTS, "change-introduction"),
    Step.LOOK: (SettingKind.TEXTS, "change-letterhead"),
}
"""Where each is done: a setting, and the place on its page that opens its form."""


@desk_page
def show(visit: Visit) -> Response:
    """What is left to set up at one of my sites; without one, how to add the first. Raises `Forbidden`,
    `NotFound`."""
    visible = settings.visible_settings(visit)
    if not may(visible.by.roles, action(ADD, SettingKind.SITE)):
        raise Forbidden
    sites = {each.id: each.record.name for each in visible.everything if isinstance(each.record, SiteRecord)}
    asked = visit.request.query.get("site")
    if asked and asked not in sites:
        raise NotFound
    # The site that was added last: its key ends what the member serves.
    site = asked or next((key for key in reversed(visible.me.sites) if key in sites), None)
    steps = (
        setup_steps(site, visible.everything, has_complaint=_has_complaint(visit.deps, site)) if site else ()
    )
    return desk_layout(
        visit,
        "setup.html",
        visible.by,
        visible.me,
        address=ADDRESS,
        query={"site": asked} if asked else None,
        place="setup",
        site=site,
        sites=sites,
        steps=[(each, _address(each.step, site)) for each in steps if site],
        done=sum(each.is_done for each in steps),
        next=next((each.step for each in steps if not each.is_done), None),
        new_site=f"{NEW}/{SettingKind.SITE}",
        embed=f'<script async src="{visit.deps.settings.url}/widget.js" data-site="{site}"></script>',
    )


def _has_complaint(deps: Container, site: str) -> bool:
    return bool(deps.queues.by_urgency([site], _OPEN, Filter(), after=None, limit=1).items)


def _address(step: Step, site: str) -> str:
    """Where a step is done."""
    if step is Step.TEST:
        return f"/complain?site={site}"
    if step is Step.TEAM:
        return f"{NEW}/{SettingKind.INVITATION}"
    kind, place = _SETTINGS[step]
    return f"{address_of(kind, site)}#{place}"

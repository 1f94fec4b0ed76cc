"""The page on which an automation rule is tried on past cases, page after page; nothing is written."""

from typing import NamedTuple

from chalice.app import Response

from complaints.automation.triggers import Rule
from complaints.settings.rules import action
from complaints.settings.setting import SettingKind
from complaints.values.casework.automation import Automation
from complaints.values.errors import NotFound
from functions.desk.session.guard import desk_page
from functions.desk.session.layout import desk_layout
from functions.desk.settings import settings
from functions.desk.settings.casework.automation_dry_run import page_of
from functions.desk.settings.page import AUTOMATIONS, address_of, called
from functions.http import auth, cursors
from functions.http.parsing.query_params import MOST, number
from functions.http.visit import Visit
from functions.serializers.desk.automation import reason

MOST_COUNTED = 1_000_000


class Sum(NamedTuple):
    """How many cases were looked at on this page and those before it, and in how many something would have
    been changed or refused."""

    cases: int
    changed: int
    refused: int


@desk_page
def show(visit: Visit, name: str) -> Response:
    """What the rule, as it is saved, would have done with the next past cases."""
    asked = action("change", SettingKind.AUTOMATION)
    found = auth.claims(visit, asked)
    at = settings.settings_access(visit, found, SettingKind.AUTOMATION, name, asked)
    record = at.setting.record
    if not isinstance(record, Automation):
        raise NotFound
    rule = Rule(code=name.removeprefix(f"{at.setting.site}."), version=at.setting.version, record=record)
    listed = "|".join((at.me.id, "trial", name))
    place = cursors.read_cursor(visit.deps, visit.request.query.get("cursor"), listed)
    trial, place = page_of(visit.deps, at.setting.site, rule, at.me, place, MOST)
    sums = Sum(
        *(
            (number(visit.request.query.get(each), 0, MOST_COUNTED, f"/{each}", []) or 0) + trial.counts[each]
            for each in Sum._fields
        )
    )
    following = cursors.make_cursor(visit.deps.secrets, visit.deps.now(), place, listed) if place else None
    return desk_layout(
        visit,
        "automation-trial.html",
        at.by,
        at.me,
        address=f"{AUTOMATIONS}/{name}/trial",
        place="automations",
        zone=visit.deps.sites.terms(at.setting.site).site.zone,
        called=called(at.setting),
        back=address_of(SettingKind.AUTOMATION, name),
        trial=trial,
        sums=sums,
        following=following and {"cursor": following, **sums._asdict()},
        reason=reason,
    )

"""Cases that wait already when an automation rule of waiting is switched on: each is looked at once, so that
the rule meets it in time.

The rule stays unfinished until all open cases of its site were looked at. A run that dies is gone on with
where the last one noted how far it was.
"""

from itertools import islice
from typing import TYPE_CHECKING

from complaints.adapters.config import telemetry
from complaints.settings.commands import NoteRecalculated
from complaints.settings.setting import SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Unavailable
from complaints.values.people import MACHINE
from functions.use_cases.cases import automation
from functions.use_cases.cases.due_date_recalculation import GRACE
from functions.use_cases.cases.iterate_cases import QUEUES, case_batches

if TYPE_CHECKING:
    from complaints.adapters.container import Container


PAGES_A_RUN = 2
"""How many pages of cases one run of the schedule looks at: of each case, its entries are one query."""

A_PAGE = 50


def go_on(deps: "Container", name: str, *, pages: int = PAGES_A_RUN, size: int = A_PAGE) -> None:
    """Looks at the next open cases of the site of the rule with this `name`, and notes how far it is. Other
    processes may know the rule of before for a while; so nothing is done until they know this one."""
    setting = deps.settings_store.load(SettingKind.AUTOMATION, name)
    since, up_to = setting.unfinished, setting.recalculated_to
    if since is None or deps.now() < since + GRACE:
        return
    for batch in islice(case_batches(deps, setting.site, up_to, size), pages):
        for listed in batch.items:
            _look(deps, listed.row.reference, setting.site)
        up_to = batch.up_to
        if up_to is None or up_to.startswith(f"{QUEUES[-1]}/"):
            up_to = None
            break
    context = SettingsContext(now=deps.now(), by=MACHINE, shipped_data=deps.shipped_data)
    deps.settings_service.carry_out(
        setting, NoteRecalculated(kind=setting.kind, since=since, up_to=up_to), context
    )


def _look(deps: "Container", reference: str, site: str) -> None:
    """One that fails stops no other: there is news of it some day. A store that fails does: the next run
    begins here."""
    try:
        automation.look(deps, reference, site)
    except Unavailable:
        raise
    except Exception as error:
        telemetry.failure("not looked at for a rule", error, reference=reference)
        telemetry.count(telemetry.NOT_WORKED)

"""Cases of a site whose calendar has changed, or whose clocks go over to another version of their pack: what
that makes due earlier is brought forward, batch by batch.

The change says that all open cases must be looked at, and stays due until they are. So a run that dies is
gone on with where the last one noted how far it was.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from complaints.adapters.config import telemetry
from complaints.casework.deadlines import Recalculate, recalculate
from complaints.context.decision_context import Context
from complaints.settings.commands import NoteRecalculated
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.errors import Unavailable
from complaints.values.field_types import Stage
from complaints.values.people import MACHINE
from functions.use_cases.cases.iterate_cases import A_PAGE, case_batches

if TYPE_CHECKING:
    from complaints.adapters.container import Container
    from complaints.context.stores import CaseStore
    from complaints.handling.service import Casework


AT_ONCE = 20
"""How many cases are looked at before the administrator is answered."""

PAGES_A_RUN = 20
"""How many reads one run of the schedule makes for one change."""

GRACE = timedelta(minutes=2)
"""How long a case may still be worked by what was settled before the change."""


class RecalculationBatch(NamedTuple):
    """Some cases that have a promise that has not stopped, and the place after them; `None` when they are
    the last."""

    references: list[str]
    up_to: str | None


def begin(deps: "Container", setting: Setting) -> list[str]:
    """Brings the first promises forward, and names their cases; the schedule does the rest."""
    batch = next(batches(deps, setting.id, size=AT_ONCE))
    return _brought_forward(deps, setting.id, batch.references)


def go_on(deps: "Container", kind: str, site: str, *, pages: int = PAGES_A_RUN, size: int = A_PAGE) -> None:
    """Looks at the next cases of a site, and notes how far it is."""
    setting = deps.settings_store.load(SettingKind(kind), site)
    since, up_to = setting.unfinished, setting.recalculated_to
    if since is None or deps.now() < since + GRACE:
        return
    for batch in islice(batches(deps, site, up_to, size), pages):
        _brought_forward(deps, site, batch.references)
        up_to = batch.up_to
    context = SettingsContext(now=deps.now(), by=MACHINE, shipped_data=deps.shipped_data)
    deps.settings_service.carry_out(
        setting, NoteRecalculated(kind=setting.kind, since=since, up_to=up_to), context
    )


def batches(
    deps: "Container", site: str, after: str | None = None, size: int = A_PAGE
) -> Iterator[RecalculationBatch]:
    """The cases of a site that have a promise, from a place on, or whose row cannot be read; closed ones too:
    the promise of a remedy outlives the case."""
    for leaf in case_batches(deps, site, after, size):
        running = [
            row.reference
            for row in (listed.row for listed in leaf.items)
            if row.due or row.is_unreadable or row.stage == Stage.AWAITING_COMPLAINANT
        ]
        yield RecalculationBatch(running, leaf.up_to)


def _brought_forward(deps: "Container", site: str, references: list[str]) -> list[str]:
    """Which of the cases have a promise that is due earlier now."""
    context = Context(now=deps.now(), by=MACHINE, terms=deps.sites.terms(site))
    return [
        reference
        for reference in references
        if _is_brought_forward(deps.cases, deps.casework, reference, context)
    ]


def _is_brought_forward(cases: "CaseStore", casework: "Casework", reference: str, context: Context) -> bool:
    """One that fails stops no other: the schedule finds it when it looks at the case. A store that fails
    does: the next run begins here."""
    try:
        case = cases.load(reference)
        if case is None or not recalculate(case.complaint, Recalculate(), context):
            return False
        casework.carry_out(case, Recalculate(), context)
    except Unavailable:
        raise
    except Exception as error:
        telemetry.failure("not reckoned anew", error, reference=reference)
        telemetry.count(telemetry.NOT_WORKED)
        return False
    return True

"""A synthetic complaint, four times a day where the operator names a site for it: it walks from the public
address to the letter, and is erased.

    minute 31 ─▶ a complaint through the public address, as a website sends it
    minute 41 ─▶ did its acknowledgement leave within ten minutes? Counted; the case is erased

Nothing is kept between the two: whatever is open at that site is one of ours. An alarm rings when no count
comes (docs/alarms.md). Figures are kept by site, so those of other sites hold none of it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.commands.case import Withdraw
from complaints.commands.record.erasure import EraseAgain
from complaints.context.decision_context import Context
from complaints.model.complaint import Complaint
from complaints.model.record.erasure import ErasureGround
from complaints.values.people import COMPLAINANT, MACHINE
from functions.services.cases.iterate_cases import EVERY, QUEUES

if TYPE_CHECKING:
    from complaints.adapters.dependencies import (
        HasCases,
        HasCasework,
        HasNow,
        HasOwnIntake,
        HasQueues,
        HasSettings,
        HasSites,
    )

    class SyntheticDeps(
        HasNow, HasCases, HasCasework, HasQueues, HasSites, HasSettings, HasOwnIntake, Protocol
    ):
        """The dependencies of this module: what its functions use of the container."""


ARRIVED = "SyntheticArrived"
"""The metric of acknowledgements that left in time."""

HOURS = (0, 6, 12, 18)
"""In which hours of the day (UTC) it walks."""

COMPLAINS_AT, LOOKS_AT = 31, 41
"""At which minutes of them."""

IN_TIME = timedelta(minutes=10)
"""Within which time the acknowledgement has to leave."""

MOST = 20
"""How many cases one run looks at: there is one, unless earlier runs failed."""

ADDRESS = "success@simulator.amazonses.com"
"""SES takes mail for it and delivers it to nobody."""


def walk(deps: "SyntheticDeps") -> None:
    """Does what this minute is for, if anything. Raises what goes wrong on the way."""
    now = deps.now()
    if now.hour not in HOURS:
        return
    if now.minute == COMPLAINS_AT:
        _complain(deps, now)
    elif now.minute == LOOKS_AT:
        _look(deps, now)


def _complain(deps: "SyntheticDeps", now: datetime) -> None:
    form = {
        "site": deps.settings.synthetic_site,
        "complainant": {"name": "Synthetic", "email": ADDRESS},
        "subject": "Synthetic complaint",
        "description": "This installation looks whether complaints arrive. Nobody wrote this.",
        "consent": True,
    }
    deps.own_intake.complain(form, key=f"synthetic-{now:%Y-%m-%dT%H}")


def _look(deps: "SyntheticDeps", now: datetime) -> None:
    """Those of earlier hours are erased too, where a run failed to."""
    site = deps.settings.synthetic_site
    found = deps.queues.by_urgency((site,), QUEUES[:-1], EVERY, after=None, limit=MOST)
    for entry in found.items:
        case = deps.cases.load(entry.row.reference)
        if case is None or case.complaint.erasure:
            continue
        if _is_in_time(case.complaint):
            telemetry.count(ARRIVED)
        else:
            telemetry.note("synthetic complaint not acknowledged", reference=case.complaint.reference)
        # Its complainant are we: it is taken back first, as an open case would stay in the queue.
        context = Context(now=now, by=COMPLAINANT, terms=deps.sites.terms(site))
        case = deps.casework.carry_out(case, Withdraw(), context)
        erase = EraseAgain(ground=ErasureGround.NOT_NEEDED)
        deps.casework.carry_out(case, erase, replace(context, by=MACHINE))


def _is_in_time(complaint: Complaint) -> bool:
    told, came = complaint.acknowledged_at, complaint.received_at
    return told is not None and came is not None and told - came <= IN_TIME

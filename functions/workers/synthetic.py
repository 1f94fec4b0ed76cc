"""A synthetic complaint, four times a day where the operator names a site for it: it walks from the public
address to the letter, and is erased.

    minute 31 ─▶ a complaint through the public address, as a website sends it
    minute 41 ─▶ did its acknowledgement leave within ten minutes? Counted; the case is erased

Nothing is kept between the two: ours is what came in our name and says our words, and nothing else at that
site is touched. An alarm rings when no count comes (docs/alarms.md). Figures are kept by site, so those of
other sites hold none of it.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints.adapters.config import telemetry
from complaints.case.complaint import Complaint
from complaints.case.process.receipt import Received
from complaints.case.record.erasure import ErasureGround
from complaints.casework.process.closing import Withdraw
from complaints.casework.record.erasure import EraseAgain
from complaints.context.case import Case
from complaints.context.decision_context import Context
from complaints.values.people import COMPLAINANT, MACHINE
from functions.serializers.parts.entries_with_texts import opened
from functions.use_cases.cases.iterate_cases import EVERY, QUEUES

if TYPE_CHECKING:
    from complaints.adapters.container import Container


ARRIVED = "SyntheticArrived"
"""The metric of acknowledgements that left in time."""

HOURS = (0, 6, 12, 18)
"""In which hours of the day (UTC) it walks."""

COMPLAINS_AT, LOOKS_AT = 31, 41
"""At which minutes of them."""

IN_TIME = timedelta(minutes=10)
"""Within which time the acknowledgement has to leave."""

A_WALK = timedelta(hours=1)
"""What was received longer ago is of an earlier walk, and says nothing of this one."""

MOST = 20
"""How many cases in work, and how many that ended last, one run looks at: one of ours is in work, unless
earlier runs failed, and four a day have ended."""

ADDRESS = "success@simulator.amazonses.com"
"""SES takes mail for it and delivers it to nobody."""

DESCRIPTION = "This installation looks whether complaints arrive. Nobody wrote this."


def walk(deps: "Container", now: datetime) -> None:
    """Does what the minute of `now` is for, if anything: that at which the run began, as what was due before
    may have taken longer. Raises what goes wrong on the way."""
    if now.hour not in HOURS:
        return
    if now.minute == COMPLAINS_AT:
        _complain(deps, now)
    elif now.minute == LOOKS_AT:
        _look(deps)


def _complain(deps: "Container", now: datetime) -> None:
    form = {
        "site": deps.settings.synthetic_site,
        "complainant": {"name": "Synthetic", "email": ADDRESS},
        "subject": "Synthetic complaint",
        "description": DESCRIPTION,
        "consent": True,
    }
    deps.own_intake.complain(form, key=f"synthetic-{now:%Y-%m-%dT%H}")


def _look(deps: "Container") -> None:
    """Those of earlier walks are erased too, where a run failed to, and also those that have ended since. One
    that cannot be erased is named, and stops no other."""
    for reference in _listed(deps, deps.settings.synthetic_site):
        try:
            case = deps.cases.load(reference)
            if case is None or case.complaint.erasure or not _is_ours(deps, case.complaint):
                continue
            _count(case.complaint, deps.now())
            _erase(deps, case)
        except Exception as error:
            telemetry.failure("synthetic complaint not erased", error, reference=reference)


def _listed(deps: "Container", site: str) -> Iterator[str]:
    """The references of the most urgent cases in work at the site, and of those that ended last."""
    in_work = deps.queues.by_urgency((site,), QUEUES[:-1], EVERY, after=None, limit=MOST)
    ended = deps.queues.closed((site,), EVERY, after=None, limit=MOST, now=deps.now())
    for entry in (*in_work.items, *ended.items):
        yield entry.row.reference


def _is_ours(deps: "Container", complaint: Complaint) -> bool:
    """Whether it came in our name with our words: people choose any site, and an operator may name a wrong
    one."""
    facts = opened(deps.cases.entries(complaint.reference))
    return any(
        isinstance(fact, Received) and fact.email == ADDRESS and fact.description == DESCRIPTION
        for _, fact in facts
    )


def _count(complaint: Complaint, now: datetime) -> None:
    told, came = complaint.acknowledged_at, complaint.received_at
    if came is None or now - came > A_WALK:
        return
    if told is not None and told - came <= IN_TIME:
        telemetry.count(ARRIVED)
    else:
        telemetry.note("synthetic complaint not acknowledged", reference=complaint.reference)


def _erase(deps: "Container", case: Case) -> None:
    """Its complainant are we: it is taken back first, as an open case would stay in the queue."""
    context = Context(now=deps.now(), by=COMPLAINANT, terms=deps.sites.terms(case.complaint.site))
    if case.complaint.stage.is_open:
        case = deps.casework.carry_out(case, Withdraw(), context)
    erase = EraseAgain(ground=ErasureGround.NOT_NEEDED)
    deps.casework.carry_out(case, erase, replace(context, by=MACHINE))

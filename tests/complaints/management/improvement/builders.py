"""Records of alarms, themes and actions, told by their real commands."""

from datetime import date, datetime, timedelta

from complaints.management.declaration import RecordsContext
from complaints.management.improvement.actions import PlanAction
from complaints.management.improvement.alarms import raising
from complaints.management.improvement.themes import OpenTheme
from complaints.management.kinds import declaration
from complaints.management.record import ManagementRecord, RecordCommand, RecordKind
from complaints.management.service import decide, evolve
from complaints.reporting.trends.watch import Dimension, Rise, Series
from complaints.values.people import MACHINE, Actor, Role
from tests.builders import DEMO, MONDAY, QUINN, a_member

TODAY = MONDAY.date()
MEMBERS = (
    a_member("ruth", roles=(Role.REVIEWER,)),
    a_member("quinn", roles=(Role.QUALITY,)),
    a_member("audrey", roles=(Role.AUDITOR,)),
)
RISE = Rise(
    series=Series(Dimension.CATEGORY, "delivery.late"),
    month=date(2026, 1, 1),
    number=12,
    before=(2, 1, 3, 2, 2, 1, 2, 3, 1, 2, 2, 3),
    expected=2.04,
    chance=0.00001234,
    limit=0.0043,
    watched=9,
    dispersion=0.0,
)


def context(
    by: Actor = QUINN, now: datetime = MONDAY, records: tuple[ManagementRecord, ...] = ()
) -> RecordsContext:
    return RecordsContext(now=now, today=now.date(), by=by, site=DEMO, members=MEMBERS, records=records)


def after(
    record: ManagementRecord, *commands: RecordCommand, given: RecordsContext | None = None
) -> ManagementRecord:
    """A record after commands, by the rules of its kind and the one way in which records change."""
    for command in commands:
        fact = decide(record, command, given or context())
        if fact is not None:
            record = evolve(record, fact)
    return record


def begun(kind: RecordKind, code: str = "late-parcels") -> ManagementRecord:
    return ManagementRecord(kind=kind, id=f"demo.{code}")


def an_alarm() -> ManagementRecord:
    return after(begun(RecordKind.ALARM), raising(RISE), given=context(MACHINE))


def a_theme(code: str = "late-parcels") -> ManagementRecord:
    return after(begun(RecordKind.THEME, code), OpenTheme(title="Parcels come late", owner="ruth"))


def plan(**changed: object) -> PlanAction:
    usual: dict[str, object] = {
        "text": "Another carrier for the islands",
        "action": "supplier_action",
        "cause": "supplier",
        "owner": "ruth",
        "due": TODAY + timedelta(days=30),
        "cost": "1200",
        "checker": "quinn",
        "measure": "Complaints with this cause in a month",
        "target": "Fewer than two",
        "check_on": TODAY + timedelta(days=120),
    }
    return PlanAction(**usual | changed)  # type: ignore[arg-type]


def an_action(**changed: object) -> ManagementRecord:
    return after(begun(RecordKind.ACTION), plan(**changed))


def due(record: ManagementRecord, reminded: datetime | None = None) -> datetime | None:
    return declaration(record.kind).due(record.content, reminded)


def told(record: ManagementRecord, now: datetime) -> list[tuple[str, str | None, str]]:
    """To whom letters go that the schedule writes then, and why."""
    letters = declaration(record.kind).reminders(record, context(MACHINE, now))
    return [(each.to, each.member, each.records[0].why) for each in letters]

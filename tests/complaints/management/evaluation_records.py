"""Records of the evaluation as tests need them: begun and changed by their own commands."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from complaints.management.declaration import RecordsContext
from complaints.management.kinds import declaration
from complaints.management.record import Content, ManagementRecord, RecordCommand, RecordKind
from complaints.management.service import decide
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO, MONDAY

TODAY = date(2026, 3, 2)
NAMES = ("quinn", "grace", "audrey", "rex", "ada")
QUINN = Actor("staff", "quinn", (Role.QUALITY,))
GRACE = Actor("staff", "grace", (Role.AGENT,))
REX = Actor("staff", "rex", (Role.REVIEWER,))
AUDREY = Actor("staff", "audrey", (Role.AUDITOR,))
ROLES = {each.id: each.roles for each in (QUINN, GRACE, REX, AUDREY)}
MEMBERS = tuple(
    Member(id=name, name=name.title(), sites=(DEMO.key,), roles=ROLES.get(name, ())) for name in NAMES
)


def context(by: Actor = QUINN, gathered: Any = None, today: date = TODAY, **changed: Any) -> RecordsContext:
    """What a command is judged by at the site, on a Monday of March."""
    when = {"now": MONDAY} | changed
    return RecordsContext(today=today, by=by, site=DEMO, members=MEMBERS, gathered=gathered, **when)


def on_morning_of(day: date) -> RecordsContext:
    """When the schedule looks at what is due on a day, at a site west of UTC: there it is the day before."""
    return context(today=day - timedelta(days=1), now=datetime.combine(day, time(6, 0, 30), UTC))


class Kept:
    """A record of a kind with what was done to it. Raises what its rules raise."""

    def __init__(self, kind: RecordKind, code: str = "spring") -> None:
        self.record = ManagementRecord(kind=kind, id=f"{DEMO.key}.{code}")

    def do(self, command: RecordCommand, by: Actor = QUINN, gathered: Any = None, **changed: Any) -> Content:
        """Carries a command out as the service does; its content then."""
        fact = decide(self.record, command, context(by, gathered, **changed))
        if fact is not None:
            content: Content = fact.content  # type: ignore[attr-defined]
            due = declaration(self.record.kind).due(content, None)
            number = self.record.number + 1
            self.record = replace(self.record, content=content, due=due, number=number, version=number)
        assert self.record.content
        return self.record.content

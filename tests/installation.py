"""An installation over one table, without a server: its functions are called, its clock stands still."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from complaints.adapters import container
from complaints.adapters.config.environment import Settings
from complaints.adapters.container import Container
from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.templates import Templates
from complaints.adapters.lambda_runs import share_event
from complaints.case.complaint import Complaint
from complaints.casework.workflow.assignment import Assign
from complaints.casework.workflow.tasks import AddTask
from complaints.context.decision_context import Context
from complaints.context.ports import Claims, DueShare, IdentityProvider, ShareTask
from complaints.handling.service import Submission
from complaints.settings.member_commands import (
    DeactivateMember,
)
from complaints.settings.setting import Setting, SettingKind
from complaints.values.people import COMPLAINANT, Actor, Member, Role
from functions.workers import schedule
from infrastructure.local.seed import surroundings
from infrastructure.package.build import ROOT
from tests.builders import MONDAY, receive
from tests.fakes import FixedClock, FixedKeys
from tests.stored.seeded_tables import fill

SENDER = "complaints@answerable.example"
_TEMPLATES = ROOT / "templates"


class Run:
    """A run of a function, its event and its context in one, whose time is over after so many steps."""

    def __init__(self, steps: int, detail: Mapping[str, Any] | None = None) -> None:
        self._left = steps
        self.context = self
        self.detail = dict(detail or {})

    def get_remaining_time_in_millis(self) -> int:
        self._left -= 1
        return schedule.LONGEST_STEP if self._left >= 0 else 0


class Installation:
    """An installation over one table; its clock stands still until it is moved."""

    def __init__(self, table: str, **instead: Any) -> None:
        words = dict.fromkeys(
            ("url", "sender", "mail_configuration", "issuer", "audience", "jwks_url", "keys", "files"), "-"
        )
        self.clock = FixedClock(MONDAY)
        settings = Settings(table=table, templates=_TEMPLATES, **words | {"sender": SENDER})
        self.world = Container(settings, clock=self.clock, secrets=FixedKeys(), **instead)
        self.world.templates = _templates()

    def take(self, key: str, owner: str = "Deniz", site: str = "demo", **told: Any) -> str:
        """A complaint is taken, in which this was `told` besides, and somebody takes it up."""
        terms = self.world.sites.terms(site)
        context = Context(now=MONDAY, by=COMPLAINANT, terms=terms)
        submission = Submission(site=site, key=key, body="b")
        taken = self.world.casework.receive(receive(**told), context, submission)
        colleague = Member(id=owner, name=owner, roles=(Role.AGENT,), sites=(site,))
        by = Actor("staff", owner, colleague.roles)
        context = Context(now=MONDAY, by=by, terms=terms, colleague=colleague)
        self.world.casework.carry_out(taken.case, Assign(to=owner), context)
        return taken.case.complaint.reference

    def asks(self, reference: str, to: str) -> None:
        """Robin asks a colleague for something."""
        case = self.world.cases.load(reference)
        assert case is not None
        terms = self.world.sites.terms(case.complaint.site)
        colleague = Member(id=to, name=to, roles=(Role.AGENT,), sites=(terms.site.key,))
        by = Actor("staff", "Robin", colleague.roles)
        context = Context(now=MONDAY, by=by, terms=terms, colleague=colleague)
        due = terms.today(MONDAY)
        self.world.casework.carry_out(case, AddTask(text="Ask the depot.", to=to, due=due), context)

    def deactivate(self, name: str = "Deniz") -> Setting:
        """The fact alone, as if the process had died right after it."""
        setting = self.world.settings_store.load(SettingKind.MEMBER, name)
        change = DeactivateMember(reason="Has left.")
        return self.world.settings_service.carry_out(setting, change, surroundings(self.world))

    def run_schedule(self, later: timedelta = timedelta(), steps: int = 1_000_000) -> dict[str, int]:
        """Runs it once, with time for so many steps."""
        self.clock.moment += later
        return schedule.escalate_overdue(Run(steps))

    def run_share(self, share: DueShare, until: datetime | None = None) -> dict[str, int]:
        """Runs the schedule for a share, until an instant or for a minute from now at most."""
        task = ShareTask(share, until or self.clock.moment + timedelta(minutes=1))
        return schedule.escalate_overdue(Run(1_000_000, share_event(task)["detail"]))

    def complaint(self, reference: str) -> Complaint:
        case = self.world.cases.load(reference)
        assert case is not None
        return case.complaint

    def owner(self, reference: str) -> str | None:
        return self.complaint(reference).assignee

    def unfinished(self, name: str = "Deniz") -> bool:
        return self.world.settings_store.load(SettingKind.MEMBER, name).unfinished is not None


@cache
def _templates() -> Templates:
    """Those of all installations of a process: for each of them its first letter would be compiled anew."""
    return Templates(_TEMPLATES, Catalogues(_TEMPLATES / "locale"))


class SignedIn(IdentityProvider):
    """Deniz with one role, whatever the token says."""

    def __init__(self, role: Role) -> None:
        self._role = role

    def verify(self, token: str) -> Claims:
        return Claims("Deniz", (self._role,))


class EveryRole(IdentityProvider):
    """Deniz with every role, whatever the token says."""

    def verify(self, token: str) -> Claims:
        return Claims("Deniz", tuple(Role))


@contextmanager
def at_the_desk(table: str, role: Role, *, complaints: int = 0) -> Iterator[Installation]:
    """An installation with Deniz signed in, some complaints of its demonstration site, and this site read
    before anything is counted."""
    with opened(table, provider=SignedIn(role)) as installation:
        installation.world.sites.terms("demo")
        for number in range(complaints):
            installation.take(f"key-{number}")
        yield installation


@contextmanager
def opened(table: str, **instead: Any) -> Iterator[Installation]:
    """An installation with the sites and the staff of a local run; `instead` is handed to its world."""
    installation = Installation(table, **instead)
    container.use_container(installation.world)
    fill(table, installation.world)
    yield installation
    container.use_container(None)

"""Nobody gains or loses anything at a site by the doing of somebody without a say there.

A say at a site have its administrators, and the operator. The directory has what somebody with a say at all
of its sites said that its lines give there. Threat 103.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from msgspec.structs import replace

from complaints.settings.changes import SettingCommand
from complaints.settings.member_commands import (
    ActivateMember,
    ChangeDirectory,
    DeactivateMember,
    PutDirectoryUser,
    SendInvitation,
    SendInvitationAgain,
    SetDirectoryToken,
    StopDirectory,
)
from complaints.settings.members.directory import (
    DIRECTORY,
    changes_of_member,
    directory_of,
    rights_of,
    sites_of,
)
from complaints.settings.setting import Setting, SettingKind
from complaints.settings.settings_context import SettingsContext
from complaints.values.directory import Directory, DirectoryUser, DirectoryValue
from complaints.values.errors import Forbidden, Refusal
from complaints.values.people import Actor, Invitation, Member, Role
from tests.builders import DEMO, MONDAY
from tests.settings_stores import OPERATOR, Organisation, change_member

GB = "demo-gb"
SITES = (DEMO.key, GB)
PEOPLE = ("ann", "ben", "cem", "dora")
GROUPS = ("Desk", "Leads")
Held = tuple[str, str, str]
"""A member, a site, and what is held there: a role, the clearance, a way to be reached, or to be let in."""
Mayable = Callable[[Held], bool]


class Offices(Organisation):
    """An organisation with two sites: Ann administers one of them, Ben the other, Cem both; Dora neither."""

    def __init__(self) -> None:
        super().__init__()
        self.enrolment.site(replace(DEMO, key=GB), self.context(OPERATOR), "It opens.")
        for name, sites in zip(PEOPLE, (SITES[:1], SITES[1:], SITES), strict=False):
            self.has(name, Role.ADMIN, sites=sites)
        self.has("dora", Role.AGENT)

    def member(self, name: str) -> Member | None:
        record = self.settings_store.load(SettingKind.MEMBER, name).record
        return record if isinstance(record, Member) else None

    @property
    def directory(self) -> Directory:
        return directory_of(self.settings_store.load(SettingKind.DIRECTORY, "scim"))

    def asks(self, by: str, command: SettingCommand, name: str) -> Setting:
        """A member asks for it, as the API would let them."""
        me = self.member(by)
        if me is None or not me.active:
            raise Forbidden
        return self._carried_out(Actor("staff", by, me.roles), me.sites, command, name)

    def provisions(self, user: DirectoryUser, name: str) -> None:
        """The directory sends what it knows of a member."""
        setting = self.settings_store.load(SettingKind.DIRECTORY_USER, name)
        member = self.member(name)
        before = getattr(setting.record, "user", None)
        sites = tuple(sites_of(self.directory))
        if member:
            for change in changes_of_member(member, before, user, self.directory, "SCIM"):
                self._carried_out(DIRECTORY, sites, change, name)
        self._carried_out(DIRECTORY, sites, PutDirectoryUser(user=user), name)

    def signs_in(self, name: str, cause: str) -> None:
        """Whoever signs in joins by an invitation, or as a user of the directory."""
        context = replace(self.context(Actor("staff", name), MONDAY + timedelta(days=1)), serves=None)
        self.settings_service.join(cause, context)

    def held(self) -> set[Held]:
        return {
            (member.id, site, what)
            for name in PEOPLE
            if (member := self.member(name))
            for site in member.sites
            for what in _held(member)
        }

    def administer(self, name: str) -> set[str]:
        """The sites at which somebody has a say."""
        member = self.member(name)
        return {*member.sites} if member and member.active and Role.ADMIN in member.roles else set()

    def _carried_out(self, by: Actor, serves: tuple[str, ...], command: SettingCommand, name: str) -> Setting:
        context: SettingsContext = replace(self.context(by), serves=serves)
        return self.settings_service.carry_out(self.settings_store.load(command.kind, name), command, context)


def _held(member: Member) -> Iterator[str]:
    yield from member.roles
    yield f"mail to {member.email}"
    if member.active:
        yield "active"
    if member.sensitive:
        yield "sensitive"


SOMEBODY = st.sampled_from(PEOPLE)
ROLES = (Role.AGENT, Role.ADMIN)
SOME_ROLES = st.lists(st.sampled_from(ROLES), unique=True, min_size=1).map(tuple)
SOME_SITES = st.lists(st.sampled_from(SITES), unique=True, min_size=1).map(tuple)
ADDRESSES = st.sampled_from([f"{name}@staff.example" for name in PEOPLE])


class AnyAdministration(RuleBasedStateMachine):
    """Random people ask for random rights at random sites; only those with a say there change anything."""

    def __init__(self) -> None:
        super().__init__()
        self.offices = Offices()
        self.invitations = 0

    @rule(
        by=SOMEBODY, name=SOMEBODY, roles=SOME_ROLES, sites=SOME_SITES, email=ADDRESSES, cleared=st.booleans()
    )
    def changes(
        self, by: str, name: str, roles: tuple[Role, ...], sites: tuple[str, ...], email: str, cleared: bool
    ) -> None:
        change = change_member(*roles, name=name, sites=sites, email=email, sensitive=cleared)
        self._by_administrator(by, partial(self.offices.asks, by, change, name))

    @rule(by=SOMEBODY, name=SOMEBODY, sites=SOME_SITES)
    def moves(self, by: str, name: str, sites: tuple[str, ...]) -> None:
        member = self.offices.member(name)
        assert member
        change = change_member(
            *member.roles, name=name, sites=sites, email=member.email or None, sensitive=member.sensitive
        )
        self._by_administrator(by, partial(self.offices.asks, by, change, name))

    @rule(by=SOMEBODY, name=SOMEBODY, switch=st.sampled_from([ActivateMember, DeactivateMember]))
    def switches(self, by: str, name: str, switch: type[ActivateMember] | type[DeactivateMember]) -> None:
        self._by_administrator(by, partial(self.offices.asks, by, switch(reason="x"), name))

    @rule(by=SOMEBODY, name=SOMEBODY, again=SOMEBODY, roles=SOME_ROLES, sites=SOME_SITES)
    def invites(
        self, by: str, name: str, again: str, roles: tuple[Role, ...], sites: tuple[str, ...]
    ) -> None:
        """Somebody is invited, somebody else sends it again, and the person signs in."""
        self.invitations += 1
        id = f"i-{self.invitations}"
        sent = SendInvitation(
            name=name, email=f"{id}@staff.example", roles=roles, sites=sites, letter_language="en", reason="x"
        )
        _tried(partial(self.offices.asks, by, sent, id))
        _tried(partial(self.offices.asks, again, SendInvitationAgain(reason="x"), id))
        self._accepts(name, id)

    @rule(
        by=SOMEBODY,
        groups=st.dictionaries(st.sampled_from(GROUPS), st.tuples(SOME_ROLES, SOME_SITES), min_size=1),
    )
    def maps(self, by: str, groups: dict[str, tuple[tuple[Role, ...], tuple[str, ...]]]) -> None:
        lines = tuple(
            f"{name}: {' '.join(roles)} @ {' '.join(sites)}" for name, (roles, sites) in groups.items()
        )
        asked = ChangeDirectory(groups=lines, gives_administrator=True, reason="x")
        self._of_directory(by, asked)

    @rule(
        by=SOMEBODY,
        asked=st.sampled_from([SetDirectoryToken(token_hash="1", reason="x"), StopDirectory(reason="x")]),
    )
    def takes_the_token(self, by: str, asked: SetDirectoryToken | StopDirectory) -> None:
        self._of_directory(by, asked)

    @rule(
        name=SOMEBODY,
        email=ADDRESSES,
        roles=st.none() | st.lists(st.sampled_from(GROUPS), unique=True, min_size=1),
        active=st.booleans(),
    )
    def provisions(self, name: str, email: str, roles: list[str] | None, active: bool) -> None:
        directory = self.offices.directory
        if not directory.token_hash:
            return
        user = DirectoryUser(
            user_name=f"{name}@directory.example",
            emails=(DirectoryValue(value=email),),
            roles=None if roles is None else tuple(DirectoryValue(value=each) for each in roles),
            active=active,
        )
        given, _ = rights_of(user, directory)
        sites = sites_of(directory)

        def may(held: Held) -> bool:
            return held[1] in sites and (held[2] in {*given, "active"} or held[2].startswith("mail to"))

        def may_end(held: Held) -> bool:
            return held[1] in sites

        self._does(partial(self.offices.provisions, user, name), may, may_end)
        record = self.offices.settings_store.load(SettingKind.DIRECTORY_USER, name).record
        if record:
            self._does(partial(self.offices.signs_in, name, name), may, may_end)

    def _accepts(self, name: str, id: str) -> None:
        record = self.offices.settings_store.load(SettingKind.INVITATION, id).record
        sender = record.invited_by if isinstance(record, Invitation) else ""
        roles = {*record.roles} if isinstance(record, Invitation) else set()
        says = self.offices.administer(sender)

        def may(held: Held) -> bool:
            is_named = held[2] in roles or held[2] not in {*Role, "sensitive"}
            return held[1] in says and is_named

        self._does(partial(self.offices.signs_in, name, id), may, lambda held: False)

    def _of_directory(self, by: str, asked: ChangeDirectory | SetDirectoryToken | StopDirectory) -> None:
        """Whoever changes it has a say at each site that it speaks for, before and after; and whoever holds
        the token had one when it was made."""
        before, says = self.offices.directory, self.offices.administer(by)
        self._by_administrator(by, partial(self.offices.asks, by, asked, "scim"))
        after = self.offices.directory
        if after != before:
            assert sites_of(before) | sites_of(after) <= says
        if after.token_hash:
            assert sites_of(after) <= {*after.token_sites}

    def _by_administrator(self, by: str, doing: Callable[[], object]) -> None:
        says = self.offices.administer(by)
        self._does(doing, lambda held: held[1] in says, lambda held: held[1] in says)

    def _does(self, doing: Callable[[], object], may_begin: Mayable, may_end: Mayable) -> None:
        before = self.offices.held()
        _tried(doing)
        after = self.offices.held()
        assert all(may_begin(each) for each in after - before), after - before
        assert all(may_end(each) for each in before - after), before - after


def _tried(doing: Callable[[], object]) -> None:
    with suppress(Refusal):
        doing()


class AnyAdministrationForLong(AnyAdministration):
    """The same, on more examples."""


TestAnyAdministration = AnyAdministration.TestCase
TestAnyAdministration.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestAnyAdministrationForLong = pytest.mark.soak(AnyAdministrationForLong.TestCase)
TestAnyAdministrationForLong.settings = settings(max_examples=2_000, stateful_step_count=40, deadline=None)

"""The directory gives what administrators said that its roles give, and takes nobody's place."""

from typing import Any

import pytest

from complaints.settings.history import history_entries
from complaints.settings.member_commands import (
    ActivateMember,
    ChangeDirectory,
    ChangeMember,
    DeactivateMember,
    PutDirectoryUser,
)
from complaints.settings.members.directory import DIRECTORY, MOST_GROUPS, changes_of_member, rights_of
from complaints.settings.setting import Setting, SettingKind
from complaints.values.directory import Directory, DirectoryAccount, DirectoryUser, DirectoryValue
from complaints.values.errors import Invalid, NotFound, Wrong
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member

TEAM = f"Complaints team: agent @ {DEMO.key}"
SITES = (DEMO.key,)


def user(*roles: str, **said: Any) -> DirectoryUser:
    named = tuple(DirectoryValue(value=role) for role in roles) if roles else None
    usual: dict[str, Any] = {"user_name": "ada@demo.example", "display_name": "Ada", "roles": named}
    return DirectoryUser(**usual | said)


def member(*roles: Role, **said: Any) -> Member:
    return Member(
        **{"id": "ada", "name": "Ada", "email": "ada@demo.example", "roles": roles, "sites": SITES} | said
    )


def wrong(organisation: Organisation, *groups: str, **said: Any) -> list[Wrong]:
    with pytest.raises(Invalid) as refused:
        organisation.does(ChangeDirectory(groups=groups, reason="x", **said), "scim")
    return list(refused.value.errors)


def test_roles_of_the_directory_give_what_their_lines_say_and_others_nothing() -> None:
    directory = Directory(groups=(TEAM, f"Leads: reviewer @ {DEMO.key} other"))
    assert rights_of(user("Leads", "Complaints team", "Unknown"), directory) == (
        (Role.AGENT, Role.REVIEWER),
        (DEMO.key, "other"),
    )
    assert rights_of(user(), directory) == ((), ())


def test_lines_are_refused_by_their_number_and_no_site_of_others_is_given() -> None:
    organisation = Organisation()
    bosses = f"Bosses: admin @ {DEMO.key}"
    assert wrong(
        organisation, "nothing", "Team: king @ demo", "Team: agent @", TEAM, TEAM, bosses, "A: agent @ other"
    ) == [
        Wrong("/groups", "not-your-site"),
        Wrong("/groups/0", "wrong-form"),
        Wrong("/groups/1", "wrong-form"),
        Wrong("/groups/2", "wrong-form"),
        Wrong("/groups/4", "twice"),
        Wrong("/groups/5", "no-administrator"),
    ]
    many = [f"G{number}: agent @ {DEMO.key}" for number in range(MOST_GROUPS + 1)]
    assert wrong(organisation, *many) == [Wrong("/groups", "too-many", MOST_GROUPS)]
    organisation.does(ChangeDirectory(groups=(bosses,), gives_administrator=True, reason="Agreed."), "scim")
    with pytest.raises(NotFound):
        organisation.does(ChangeDirectory(groups=(TEAM,), reason="x"), "another")


def test_s103_it_makes_no_administrator_and_takes_none_unless_that_is_said() -> None:
    for gives, roles in ((False, (Role.AGENT, Role.ADMIN)), (True, (Role.AGENT,))):
        directory = Directory(groups=(TEAM, f"Bosses: admin @ {DEMO.key}"), gives_administrator=gives)
        [change] = changes_of_member(
            member(Role.ADMIN, Role.REVIEWER), None, user("Complaints team"), directory, "SCIM"
        )
        assert isinstance(change, ChangeMember)
        assert change.roles == roles
        made, _ = rights_of(user("Bosses"), directory)
        assert (Role.ADMIN in made) is gives


def test_s103_it_makes_no_custodian_and_takes_none() -> None:
    line = f"Trusted: custodian @ {DEMO.key}"
    assert wrong(Organisation(), line, gives_administrator=True) == [
        Wrong("/groups/0", "custodian-by-another")
    ]
    directory = Directory(groups=(TEAM, line), gives_administrator=True)
    assert rights_of(user("Trusted"), directory) == ((), SITES)
    assert list(changes_of_member(member(Role.CUSTODIAN), None, user("Trusted"), directory, "SCIM")) == []
    [change] = changes_of_member(member(), None, user("Trusted", "Complaints team"), directory, "SCIM")
    assert isinstance(change, ChangeMember)
    assert change.roles == (Role.AGENT,)


def test_s103_nobody_but_the_operator_removes_the_last_administrator() -> None:
    organisation = Organisation()
    for command in (DeactivateMember(reason="x"), change_member(Role.AGENT, name="Sam")):
        with pytest.raises(Invalid) as refused:
            organisation.does(command, "sam", DIRECTORY)
        assert refused.value.errors[0].code == "last-administrator"
    organisation.has("second", Role.ADMIN)
    organisation.does(DeactivateMember(reason="Left."), "sam", DIRECTORY)
    organisation.does(DeactivateMember(reason="Left."), "second", OPERATOR)


def test_without_roles_the_directory_changes_no_rights() -> None:
    assert list(changes_of_member(member(Role.AGENT), None, user(), Directory(), "SCIM")) == []
    [change] = changes_of_member(member(Role.AGENT), None, user(display_name="A. Byron"), Directory(), "SCIM")
    assert isinstance(change, ChangeMember)
    assert (change.name, change.roles, change.sites) == ("A. Byron", (Role.AGENT,), SITES)


def test_s104_whom_an_administrator_put_out_comes_back_by_no_other_change() -> None:
    gone = member(Role.AGENT, active=False)
    [change] = changes_of_member(gone, user(), user(display_name="A. Byron"), Directory(), "SCIM")
    assert isinstance(change, ChangeMember)
    assert list(changes_of_member(gone, user(active=False), user(), Directory(), "SCIM")) == [
        ActivateMember(reason="SCIM")
    ]
    assert list(changes_of_member(member(), user(), user(active=False), Directory(), "SCIM")) == [
        DeactivateMember(reason="SCIM")
    ]


def test_a_user_who_signs_in_joins_with_the_rights_and_the_chain_names_nobody_in_clear() -> None:
    organisation = Organisation()
    organisation.does(ChangeDirectory(groups=(TEAM,), reason="Connected."), "scim")
    organisation.does(PutDirectoryUser(user=user("Complaints team")), "u-1", DIRECTORY)
    with pytest.raises(Invalid):
        organisation.does(PutDirectoryUser(user=user(user_name="ADA@demo.example")), "u-2", DIRECTORY)
    context = organisation.context(Actor("staff", "sub-1"))
    joined = organisation.settings_service.join("u-1", context)
    assert joined
    assert joined.record == Member(
        id="sub-1", name="Ada", email="ada@demo.example", roles=(Role.AGENT,), sites=SITES
    )
    assert organisation.settings_service.join("u-1", context) is None
    stored = organisation.settings_store.entries(SettingKind.DIRECTORY_USER, "u-1")
    assert all(b"ada@demo.example" not in each.data for each in stored)
    *_, last = history_entries(Setting(kind=SettingKind.DIRECTORY_USER, id="u-1"), stored)
    assert last.after == organisation.settings_store.load(SettingKind.DIRECTORY_USER, "u-1")
    assert isinstance(last.after.record, DirectoryAccount)
    assert last.after.record.member == "sub-1"
    assert SAM.id not in str(last.facts)

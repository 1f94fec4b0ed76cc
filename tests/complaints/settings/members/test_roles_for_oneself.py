"""The role that protects data takes a second administrator, as a clearance does: by whatever way it comes."""

import pytest

from complaints.settings.changes import SettingCommand
from complaints.settings.history import history_entries
from complaints.settings.member_commands import (
    ChangeDirectory,
    DeactivateMember,
    PutDirectoryUser,
    SendInvitation,
)
from complaints.settings.members.directory import DIRECTORY
from complaints.settings.setting import Setting
from complaints.values.directory import DirectoryUser, DirectoryValue
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO
from tests.settings_stores import Organisation, change_member

ALEX = Actor("staff", "alex", (Role.ADMIN,))
MAILBOX = "sam@demo.example"
OWN = change_member(Role.ADMIN, Role.PRIVACY, email=MAILBOX)
REFUSED = Wrong("/roles", "privacy-by-another")


@pytest.fixture
def organisation() -> Organisation:
    """Sam and Alex administer it."""
    organisation = Organisation()
    organisation.does(change_member(Role.ADMIN, email=MAILBOX), "sam")
    organisation.has("alex", Role.ADMIN)
    return organisation


def wrong(organisation: Organisation, asked: SettingCommand, name: str) -> list[Wrong]:
    with pytest.raises(Invalid) as refusal:
        organisation.does(asked, name)
    return list(refusal.value.errors)


def invitation(email: str, role: Role) -> SendInvitation:
    return SendInvitation(
        name="Somebody",
        email=email,
        roles=(role,),
        sites=(DEMO.key,),
        letter_language="en",
        reason="New in the team.",
    )


def test_nobody_takes_it_while_there_is_another_administrator(organisation: Organisation) -> None:
    assert wrong(organisation, OWN, "sam") == [REFUSED]
    organisation.does(OWN, "sam", ALEX)
    organisation.does(OWN, "sam")


def test_the_only_administrator_takes_it(organisation: Organisation) -> None:
    organisation.does(DeactivateMember(reason="Left."), "alex")
    member = organisation.does(OWN, "sam").record
    assert isinstance(member, Member)
    assert member.roles == (Role.ADMIN, Role.PRIVACY)


@pytest.mark.parametrize("address", [MAILBOX, "Sam@Demo.example", "sam+data@demo.example"])
def test_a_second_account_of_ones_own_gets_no_more(organisation: Organisation, address: str) -> None:
    second = change_member(Role.PRIVACY, email=address, sensitive=True)
    assert wrong(organisation, second, "sammy") == [REFUSED, Wrong("/sensitive", "second-administrator")]
    trusted = change_member(Role.CUSTODIAN, email=address)
    assert wrong(organisation, trusted, "sammy") == [Wrong("/roles", "custodian-by-another")]
    organisation.does(change_member(Role.PRIVACY, email="ada@demo.example", sensitive=True), "ada")


def test_nobody_invites_themselves_to_it(organisation: Organisation) -> None:
    own = "sam+data@demo.example"
    assert wrong(organisation, invitation(own, Role.PRIVACY), "i-1") == [REFUSED]
    assert wrong(organisation, invitation(own, Role.CUSTODIAN), "i-1") == [
        Wrong("/roles", "custodian-by-another")
    ]
    organisation.does(invitation(own, Role.AGENT), "i-1")
    organisation.does(invitation("ada@demo.example", Role.PRIVACY), "i-2")


def test_nobody_has_the_directory_give_it_to_them(organisation: Organisation) -> None:
    roles = (DirectoryValue(value="Everybody"),)
    organisation.does(PutDirectoryUser(user=DirectoryUser(user_name=MAILBOX, roles=roles)), "u-1", DIRECTORY)
    lines = (f"Officers: privacy @ {DEMO.key}", f"Everybody: agent privacy @ {DEMO.key}")
    asked = ChangeDirectory(groups=lines, reason="Agreed.")
    assert wrong(organisation, asked, "scim") == [Wrong("/groups/1", "privacy-by-another")]
    organisation.does(asked, "scim", ALEX)
    organisation.does(ChangeDirectory(groups=lines[1:], reason="Agreed."), "scim")


@pytest.mark.parametrize("moved", ["sam", "sammy"])
def test_a_mailbox_that_was_ones_own_stays_it(organisation: Organisation, moved: str) -> None:
    """The own mail address is changed first, or that of the second account once it is there."""
    organisation.does(change_member(Role.AGENT, email="sam+2@demo.example"), "sammy")
    roles = (Role.ADMIN,) if moved == "sam" else (Role.AGENT,)
    organisation.does(change_member(*roles, email="elsewhere@demo.example"), moved)
    email = MAILBOX if moved == "sam" else "elsewhere@demo.example"
    second = change_member(Role.PRIVACY, email=email, sensitive=True)
    assert wrong(organisation, second, "sammy") == [REFUSED, Wrong("/sensitive", "second-administrator")]
    trusted = change_member(Role.CUSTODIAN, email=email)
    assert wrong(organisation, trusted, "sammy") == [Wrong("/roles", "custodian-by-another")]


def test_a_new_account_with_the_former_mailbox_gets_no_more(organisation: Organisation) -> None:
    organisation.does(change_member(Role.ADMIN, email="elsewhere@demo.example"), "sam")
    organisation.does(change_member(Role.ADMIN, email="further@demo.example"), "sam")
    assert wrong(organisation, change_member(Role.PRIVACY, email=MAILBOX), "sammy") == [REFUSED]
    assert wrong(organisation, invitation(MAILBOX, Role.PRIVACY), "i-1") == [REFUSED]


def test_the_history_names_what_was_changed_and_no_mailboxes(organisation: Organisation) -> None:
    setting = organisation.does(change_member(Role.ADMIN, email="elsewhere@demo.example"), "sam")
    entries = organisation.settings_store.entries(setting.kind, setting.id)
    last = list(history_entries(Setting(kind=setting.kind, id=setting.id), entries))[-1]
    assert last.changed == ("email",)
    assert last.after.record == setting.record

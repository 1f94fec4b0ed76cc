"""Administrators of a site are told at once of what somebody changed there beside others. Threat 103."""

from collections.abc import Collection

import pytest
from msgspec.structs import replace

from complaints.settings.changes import SettingCommand
from complaints.settings.commands import PutRetention
from complaints.settings.member_commands import (
    ActivateMember,
    ChangeDirectory,
    DeactivateMember,
    SetDirectoryToken,
    StopDirectory,
)
from complaints.settings.members.directory import DIRECTORY
from complaints.values.casework.retention import CountedFrom, KeptData, RetentionBasis, RetentionRule
from complaints.values.people import Actor, Role
from tests.builders import DEMO
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member, change_site

GB = "demo-gb"
BOTH = (DEMO.key, GB)
MAPPING = ChangeDirectory(groups=("Desk: agent @ demo",), reason="Connected.")
TOKEN = SetDirectoryToken(token_hash="1", reason="Connected.")


@pytest.fixture
def organisation() -> Organisation:
    """Sam and Alex administer both sites, Ben the other one alone, and Zoe none; Dora is an agent of both.
    Paula protects the data of one, Pia that of the other."""
    organisation = Organisation()
    gb = replace(DEMO, key=GB, name="Demo GB")
    organisation.enrolment.site(gb, organisation.context(OPERATOR), "It opens.")
    for name, role, sites in (
        ("sam", Role.ADMIN, BOTH),
        ("alex", Role.ADMIN, BOTH),
        ("ben", Role.ADMIN, (GB,)),
        ("zoe", Role.REVIEWER, BOTH),
        ("dora", Role.AGENT, BOTH),
        ("paula", Role.PRIVACY, (DEMO.key,)),
        ("pia", Role.PRIVACY, (GB,)),
    ):
        member = change_member(role, name=name, sites=sites, email=f"{name}@demo.example")
        organisation.does(member, name, OPERATOR)
    organisation.settings_store.letters.clear()
    return organisation


def told(
    organisation: Organisation,
    asked: SettingCommand,
    name: str,
    by: Actor = SAM,
    serves: Collection[str] = BOTH,
) -> list[tuple[str | None, str, str, str]]:
    """Who is written of what by whom, at which site."""
    before = len(organisation.settings_store.letters)
    kind = asked.kind
    context = replace(organisation.context(by), serves=tuple(serves) if by.kind == "staff" else None)
    store = organisation.settings_store
    organisation.settings_service.carry_out(store.load(kind, name), asked, context)
    letters = store.letters[before:]
    return sorted((each.member, each.site, each.rights[0].what, each.rights[0].by) for each in letters)


def test_a_token_is_told_where_the_directory_has_a_say(organisation: Organisation) -> None:
    assert told(organisation, MAPPING, "scim") == [("alex", "demo", "mapping", "sam")]
    assert told(organisation, TOKEN, "scim") == [("alex", "demo", "token", "sam")]
    assert told(organisation, MAPPING, "scim") == [("alex", "demo", "mapping", "sam")]
    assert told(organisation, StopDirectory(reason="Over."), "scim") == [("alex", "demo", "stopped", "sam")]


def test_a_token_without_lines_is_told_where_its_maker_administers(organisation: Organisation) -> None:
    assert [each[0] for each in told(organisation, TOKEN, "scim")] == ["alex", "ben"]


def test_rights_of_a_member_of_several_sites_are_told_at_each(organisation: Organisation) -> None:
    promoted = change_member(Role.REVIEWER, name="dora", sites=BOTH, email="dora@demo.example")
    everybody = [("alex", "demo"), ("ben", "demo-gb")]
    for asked, what in (
        (promoted, "rights"),
        (replace(promoted, email="elsewhere@demo.example"), "rights"),
        (DeactivateMember(reason="Left."), "deactivated"),
        (ActivateMember(reason="Back."), "activated"),
    ):
        assert told(organisation, asked, "dora") == [(*each, what, "sam") for each in everybody]


def test_where_a_member_comes_or_goes_its_administrators_are_told(organisation: Organisation) -> None:
    gone = change_member(Role.AGENT, name="dora", sites=(GB,), email="elsewhere@demo.example")
    only_moved = replace(gone, email="dora@demo.example")
    assert told(organisation, only_moved, "dora") == [("alex", "demo", "rights", "sam")]
    assert told(organisation, gone, "dora") == [], "a member of one site"


def test_nothing_is_told_of_names_and_of_what_the_directory_sends(organisation: Organisation) -> None:
    named = change_member(Role.AGENT, name="Dora", sites=BOTH, email="dora@demo.example")
    assert told(organisation, named, "dora") == []
    assert told(organisation, DeactivateMember(reason="SCIM"), "dora", DIRECTORY) == []


def test_whoever_protects_data_is_told_what_is_erased_in_future_and_by_how_many(
    organisation: Organisation,
) -> None:
    rule = PutRetention(
        data=KeptData.CASE,
        months=1,
        counted_from=CountedFrom.CLOSING,
        basis=RetentionBasis.OWN,
        source="Enough.",
        reason="It was agreed.",
    )
    assert told(organisation, rule, DEMO.key) == [("paula", "demo", "retention", "sam")]
    assert told(organisation, replace(rule, source="Civil Code"), DEMO.key) == [], "it erases the same"
    kept = (
        RetentionRule(
            data=KeptData.CASE,
            months=1,
            counted_from=CountedFrom.CLOSING,
            basis=RetentionBasis.OWN,
            source="Enough.",
        ),
    )
    alone = change_site(retention=kept, privacy_approval=False)
    assert told(organisation, alone, DEMO.key) == [("paula", "demo", "alone", "sam")]
    assert told(organisation, replace(rule, months=2), DEMO.key) == [], "the site leaves it to one"

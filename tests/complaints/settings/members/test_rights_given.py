"""Rights that open what others do not see: each is asked about by somebody who neither gave nor got it."""

from datetime import timedelta

import pytest

from complaints.case.fact import Fact
from complaints.settings.events import MemberActivated, MemberDeactivated, MemberJoined, decode
from complaints.settings.members.rights_given import givers_on
from complaints.settings.setting import SettingKind
from complaints.values.people import Actor, Role
from tests.builders import DEMO, MONDAY
from tests.settings_stores import SAM, Organisation, change_member

MAYA = Actor("staff", "maya")


def facts_of(organisation: Organisation, name: str) -> list[Fact]:
    entries = organisation.settings_store.sealed_entries(SettingKind.MEMBER, name)
    return [fact for entry in entries for fact in decode(entry.data).facts]


@pytest.mark.parametrize(
    ("has", "gets", "giver"),
    [
        ((), (Role.PRIVACY,), ("sam",)),
        ((Role.AGENT,), (Role.AGENT, Role.CUSTODIAN), ("sam",)),
        ((), (Role.AGENT,), ()),
        ((Role.PRIVACY,), (Role.PRIVACY, Role.AGENT), ()),
    ],
)
def test_a_new_right_names_who_gave_it_whoever_changed_the_member_since(
    has: tuple[Role, ...], gets: tuple[Role, ...], giver: tuple[str, ...]
) -> None:
    organisation = Organisation()
    organisation.has("maya", *has)
    organisation.does(change_member(*gets), "maya")
    organisation.does(change_member(*gets, name="Maya"), "maya", Actor("staff", "alex", (Role.ADMIN,)))
    facts = facts_of(organisation, "maya")
    assert givers_on(facts, DEMO.key, MONDAY.date()) == giver
    assert givers_on(facts, DEMO.key, MONDAY.date() + timedelta(days=1)) == ()
    assert givers_on(facts, "elsewhere", MONDAY.date()) == ()
    organisation.does(change_member(*gets, sensitive=True), "maya")
    has_clearance = facts_of(organisation, "maya")
    assert givers_on(has_clearance, DEMO.key, MONDAY.date()) == ("sam",), "a clearance is such a right"


def test_each_of_two_who_gave_a_right_is_named_also_where_it_was_taken_back() -> None:
    organisation = Organisation()
    organisation.has("maya", Role.AGENT)
    alex = Actor("staff", "alex", (Role.ADMIN,))
    organisation.does(change_member(Role.AGENT, sensitive=True), "maya")
    organisation.does(change_member(Role.AGENT, Role.CUSTODIAN, sensitive=True), "maya", alex)
    organisation.does(change_member(Role.AGENT), "maya")
    assert givers_on(facts_of(organisation, "maya"), DEMO.key, MONDAY.date()) == ("sam", "alex")


def test_an_invitation_and_a_return_give_rights_and_what_the_operator_gives_is_not_asked_about() -> None:
    organisation = Organisation()
    organisation.has("maya", Role.PRIVACY)
    by_operator = facts_of(organisation, "maya")
    assert givers_on(by_operator, DEMO.key, MONDAY.date()) == ()
    tuesday = MONDAY + timedelta(days=1)
    left, back = (kind(at=tuesday, by=SAM, reason="") for kind in (MemberDeactivated, MemberActivated))
    assert givers_on([*by_operator, left, back], DEMO.key, tuesday.date()) == ("sam",)
    joined = MemberJoined(
        at=MONDAY, by=MAYA, name="", email="", roles=(Role.PRIVACY,), sites=(DEMO.key,), invitation="i",
        invited_by="sam",
    )  # fmt: skip
    assert givers_on([joined], DEMO.key, MONDAY.date()) == ("sam",)

"""Rights that open what others do not see: each is asked about by somebody who neither gave nor got it."""

from datetime import timedelta

import pytest

from complaints.events.event import Fact
from complaints.settings.events import MemberActivated, MemberDeactivated, MemberJoined, decode
from complaints.settings.members.rights_given import giver_on
from complaints.settings.setting import SettingKind
from complaints.values.people import Actor, Role
from tests.builders import DEMO, MONDAY
from tests.settings_stores import SAM, Organisation, change_member

MAYA = Actor("staff", "maya")


def facts_of(organisation: Organisation, name: str) -> list[Fact]:
    entries = organisation.settings_store.sealed_entries(SettingKind.MEMBER, name)
    return [fact for entry in entries for fact in decode(entry.data).facts]


@pytest.mark.iso10002("4 confidentiality")
@pytest.mark.parametrize(
    ("has", "gets", "giver"),
    [
        ((), (Role.PRIVACY,), "sam"),
        ((Role.AGENT,), (Role.AGENT, Role.CUSTODIAN), "sam"),
        ((), (Role.AGENT,), None),
        ((Role.PRIVACY,), (Role.PRIVACY, Role.AGENT), None),
    ],
)
def test_a_new_right_names_who_gave_it_whoever_changed_the_member_since(
    has: tuple[Role, ...], gets: tuple[Role, ...], giver: str | None
) -> None:
    organisation = Organisation()
    organisation.has("maya", *has)
    organisation.does(change_member(*gets), "maya")
    organisation.does(change_member(*gets, name="Maya"), "maya", Actor("staff", "alex", (Role.ADMIN,)))
    facts = facts_of(organisation, "maya")
    assert giver_on(facts, MONDAY.date()) == giver
    assert giver_on(facts, MONDAY.date() + timedelta(days=1)) is None
    organisation.does(change_member(*gets, sensitive=True), "maya")
    assert giver_on(facts_of(organisation, "maya"), MONDAY.date()) == "sam", "a clearance is such a right"


def test_an_invitation_and_a_return_give_rights_and_what_the_operator_gives_is_not_asked_about() -> None:
    organisation = Organisation()
    organisation.has("maya", Role.PRIVACY)
    by_operator = facts_of(organisation, "maya")
    assert giver_on(by_operator, MONDAY.date()) is None
    tuesday = MONDAY + timedelta(days=1)
    left, back = (kind(at=tuesday, by=SAM, reason="") for kind in (MemberDeactivated, MemberActivated))
    assert giver_on([*by_operator, left, back], tuesday.date()) == "sam"
    joined = MemberJoined(
        at=MONDAY, by=MAYA, name="", email="", roles=(Role.PRIVACY,), sites=(DEMO.key,), invitation="i",
        invited_by="sam",
    )  # fmt: skip
    assert giver_on([joined], MONDAY.date()) == "sam"

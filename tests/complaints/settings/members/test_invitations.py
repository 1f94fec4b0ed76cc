"""Invitations: sent by administrators, accepted by signing in, over in time, no way to more rights."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.case.correspondence.letter import LetterKind
from complaints.settings.history import history_entries
from complaints.settings.member_commands import (
    DeactivateMember,
    NoteUndelivered,
    SendInvitation,
    SendInvitationAgain,
    WithdrawInvitation,
)
from complaints.settings.members.invitations import MOST_A_DAY, MOST_LETTERS, VALID
from complaints.settings.rules import allowed
from complaints.settings.setting import Setting, SettingKind
from complaints.values.errors import AlreadySo, Forbidden, Invalid, NotFound, Wrong
from complaints.values.people import MACHINE, Actor, Invitation, Member, Role
from tests.builders import DEMO, MONDAY
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member

ADA = "Ada@demo.example"


def invitation(**fields: Any) -> SendInvitation:
    usual: dict[str, Any] = {
        "name": "Ada Yılmaz",
        "email": ADA,
        "roles": (Role.AGENT,),
        "sites": (DEMO.key,),
        "letter_language": "tr",
        "reason": "New in the team.",
    }
    return SendInvitation(**usual | fields)


def invited(organisation: Organisation, name: str = "i-1", by: Actor = SAM, **fields: Any) -> Invitation:
    record = organisation.does(invitation(**fields), name, by).record
    assert isinstance(record, Invitation)
    return record


def wrong(organisation: Organisation, name: str = "i-1", **fields: Any) -> list[Wrong]:
    with pytest.raises(Invalid) as refused:
        organisation.does(invitation(**fields), name)
    return list(refused.value.errors)


def signs_in(
    organisation: Organisation, who: str = "sub-1", name: str = "i-1", later: timedelta = VALID
) -> Setting | None:
    context = organisation.context(Actor("staff", who), MONDAY + later)
    return organisation.settings_service.join(name, replace(context, serves=None))


def member(organisation: Organisation, who: str) -> Member | None:
    record = organisation.settings_store.load(SettingKind.MEMBER, who).record
    return record if isinstance(record, Member) else None


def test_whoever_is_invited_gets_a_letter_and_is_a_member_from_the_first_sign_in_on() -> None:
    organisation = Organisation()
    assert invited(organisation).invited_by == "sam"
    [letter] = organisation.settings_store.letters
    assert (letter.kind, letter.reference, letter.language, letter.roles, letter.site_names) == (
        LetterKind.INVITATION,
        "invitation-i-1",
        "tr",
        (Role.AGENT,),
        (DEMO.name,),
    )
    assert letter.answer_by == MONDAY + VALID
    joined = signs_in(organisation)
    assert joined
    assert joined.record == Member(
        id="sub-1", name="Ada Yılmaz", email=ADA, roles=(Role.AGENT,), sites=(DEMO.key,)
    )
    accepted = organisation.settings_store.load(SettingKind.INVITATION, "i-1").record
    assert isinstance(accepted, Invitation)
    assert (accepted.state, accepted.member) == ("accepted", "sub-1")
    assert signs_in(organisation, "sub-2") is None
    assert allowed(organisation.settings_store.load(SettingKind.INVITATION, "i-1"), SAM) == ()


def test_the_chain_of_a_member_says_who_invited_and_no_fact_says_a_name_in_clear() -> None:
    organisation = Organisation()
    invited(organisation)
    signs_in(organisation)
    for kind, name in ((SettingKind.INVITATION, "i-1"), (SettingKind.MEMBER, "sub-1")):
        stored = organisation.settings_store.entries(kind, name)
        assert all(ADA.encode() not in each.data and "Yılmaz".encode() not in each.data for each in stored)
        history = list(history_entries(Setting(kind=kind, id=name), stored))
        assert history[-1].after == organisation.settings_store.load(kind, name)
    [joined] = history
    fact: Any = joined.facts[0]
    assert (fact.by.id, fact.invited_by, fact.invitation) == ("sub-1", "sam", "i-1")


@pytest.mark.parametrize(
    "ends",
    [
        lambda settled: settled.does(WithdrawInvitation(reason="No."), "i-1"),
        lambda settled: settled.does(DeactivateMember(reason="Left."), "sam", OPERATOR),
        lambda settled: settled.does(change_member(Role.AGENT, name="Sam"), "sam", OPERATOR),
    ],
    ids=["withdrawn", "inviter-left", "inviter-no-administrator"],
)
def test_nobody_joins_by_an_invitation_that_was_withdrawn_or_whose_sender_may_not_invite_any_more(
    ends: Any,
) -> None:
    """Abuse case 99."""
    organisation = Organisation()
    organisation.has("second", Role.ADMIN)
    invited(organisation)
    ends(organisation)
    assert signs_in(organisation) is None
    assert member(organisation, "sub-1") is None


def test_an_invitation_ends_and_is_valid_again_when_it_is_sent_again_by_somebody_else() -> None:
    organisation = Organisation()
    organisation.has("second", Role.ADMIN)
    invited(organisation)
    assert signs_in(organisation, later=VALID + timedelta(seconds=1)) is None
    organisation.does(NoteUndelivered(letter="000001.1"), "i-1", MACHINE)
    again = organisation.does(
        SendInvitationAgain(reason="Lost."), "i-1", Actor("staff", "second", (Role.ADMIN,))
    )
    assert isinstance(again.record, Invitation)
    assert (again.record.letters_sent, again.record.invited_by, again.record.is_undelivered) == (
        2,
        "second",
        False,
    )
    assert [each.id for each in organisation.settings_store.letters] == ["000001.1", "000003.1"]
    assert signs_in(organisation)


def test_what_is_over_is_neither_sent_again_nor_withdrawn() -> None:
    organisation = Organisation()
    invited(organisation)
    organisation.does(WithdrawInvitation(reason="No."), "i-1")
    for command in (SendInvitationAgain(reason="x"), WithdrawInvitation(reason="x")):
        with pytest.raises(AlreadySo):
            organisation.does(command, "i-1")
    assert invited(organisation, "i-2").state == "open"


def test_each_wrong_value_is_named() -> None:
    organisation = Organisation()
    fields = {"email": "nobody", "roles": (), "sites": ("elsewhere",), "letter_language": "xx"}
    assert Wrong("/id", "wrong-form") in wrong(organisation, "i" * 49, **fields)
    assert wrong(organisation, "a b", **fields) == [
        Wrong("/email", "not-a-mail-address"),
        Wrong("/id", "wrong-form"),
        Wrong("/letter_language", "no-catalogue"),
        Wrong("/roles", "missing"),
        Wrong("/sites", "not-your-site"),
    ]


def test_an_address_is_invited_once_and_no_member_is() -> None:
    organisation = Organisation()
    organisation.does(change_member(Role.AGENT, email="grace@demo.example"), "grace", OPERATOR)
    assert wrong(organisation, email="GRACE@demo.example") == [Wrong("/email", "is-member")]
    invited(organisation)
    assert wrong(organisation, "i-2", email="ada@DEMO.example") == [Wrong("/email", "is-invited")]
    assert wrong(organisation) == [Wrong("/email", "is-invited"), Wrong("/id", "twice")]


def test_members_of_other_sites_are_not_found_by_guessing_and_get_no_role_by_an_invitation() -> None:
    """Abuse case 100."""
    organisation = Organisation()
    organisation.has("grace", Role.AGENT, sites=("other",))
    organisation.does(change_member(Role.AGENT, email=ADA, sites=("other",)), "grace", OPERATOR)
    invited(organisation, roles=(Role.AGENT, Role.ADMIN))
    signs_in(organisation, "grace")
    grace = member(organisation, "grace")
    assert grace
    assert (grace.roles, grace.sites) == ((Role.AGENT,), ("other", DEMO.key))


def test_whoever_left_does_not_come_back_by_an_invitation_nor_under_another_spelling() -> None:
    organisation = Organisation()
    organisation.has("grace", Role.AGENT)
    organisation.does(DeactivateMember(reason="Left."), "grace")
    invited(organisation)
    assert signs_in(organisation, "grace") is None
    assert signs_in(organisation, "GRACE") is None
    grace = member(organisation, "grace")
    assert grace
    assert not grace.active


def test_letters_are_bounded_for_one_invitation_and_for_a_day() -> None:
    organisation = Organisation()
    invited(organisation)
    for _ in range(MOST_LETTERS - 1):
        organisation.does(SendInvitationAgain(reason="Lost."), "i-1")
    with pytest.raises(Invalid) as refused:
        organisation.does(SendInvitationAgain(reason="Lost."), "i-1")
    assert refused.value.errors == (Wrong("", "too-many", MOST_LETTERS),)
    context = organisation.context()
    record = context.invitations["i-1"]
    full = replace(
        context,
        invitations={
            f"i-{number}": replace(record, email=f"{number}@demo.example") for number in range(MOST_A_DAY)
        },
    )
    with pytest.raises(Invalid) as refused:
        organisation.settings_service.carry_out(
            Setting(kind=SettingKind.INVITATION, id="new"), invitation(email="x@demo.example"), full
        )
    assert refused.value.errors == (Wrong("", "too-many", MOST_A_DAY),)


def test_only_administrators_of_the_site_invite_and_see_it() -> None:
    organisation = Organisation()
    with pytest.raises(Forbidden):
        organisation.does(invitation(), "i-1", replace(SAM, roles=(Role.REVIEWER, Role.AUDITOR)))
    invited(organisation)
    elsewhere = replace(organisation.context(), serves=("other",))
    with pytest.raises(NotFound):
        organisation.settings_service.carry_out(
            organisation.settings_store.load(SettingKind.INVITATION, "i-1"),
            WithdrawInvitation(reason="x"),
            elsewhere,
        )

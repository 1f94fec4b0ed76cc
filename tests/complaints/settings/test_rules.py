"""The rules of settings: what may be changed by whom, and what must be true before it holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from complaints.adapters.stores.settings.sites import sites_of, terms_of
from complaints.audit_trail.hash_chain import StoredEntry
from complaints.handling import verify_chain
from complaints.settings.changes import (
    SettingCommand,
)
from complaints.settings.commands import (
    ChangePacks,
    ChangeTeam,
    ChangeTexts,
    PutCode,
)
from complaints.settings.events import decode
from complaints.settings.history import history_entries
from complaints.settings.member_commands import (
    ActivateMember,
    DeactivateMember,
    FinishHandover,
)
from complaints.settings.setting import Packs, Setting, SettingKind, Team
from complaints.site.site import Checklist, ChecklistItem, SiteRecord, Texts
from complaints.values.codes import CodeList, Codes
from complaints.values.errors import Forbidden, Invalid, NotFound, Refusal, Stale, Wrong
from complaints.values.people import Actor, Member, Role
from tests.builders import DEMO
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member, change_site

AGREED = "It was agreed."


def wrong(
    organisation: Organisation, command: SettingCommand, name: str = DEMO.key, by: Actor = SAM
) -> list[Wrong]:
    """What is wrong with a change."""
    with pytest.raises(Invalid) as refused:
        organisation.does(command, name, by)
    return list(refused.value.errors)


def test_a_site_that_always_asks_for_a_second_person_has_one() -> None:
    organisation = Organisation()
    assert wrong(organisation, change_site(always_approve=True)) == [Wrong("/always_approve", "no-reviewer")]
    organisation.has("ruth", Role.REVIEWER)
    organisation.does(change_site(always_approve=True))
    assert wrong(organisation, change_member(Role.AGENT), "ruth") == [Wrong("/roles", "no-reviewer")]
    organisation.has("rose", Role.REVIEWER)
    organisation.does(change_member(Role.AGENT), "ruth")


def test_whoever_left_is_deactivated_even_as_the_last_reviewer() -> None:
    organisation = Organisation()
    organisation.has("ruth", Role.REVIEWER)
    organisation.does(change_site(always_approve=True))
    member = organisation.does(DeactivateMember(reason="Left."), "ruth").record
    assert isinstance(member, Member)
    assert not member.active


def test_quality_management_has_an_address_of_its_own_or_the_managers() -> None:
    organisation = Organisation()
    fields = {"team": "team@demo.example", "manager": "boss@demo.example", "reason": AGREED}
    assert organisation.does(ChangeTeam(**fields)).record == Team(
        team=fields["team"], manager=fields["manager"]
    )
    assert wrong(organisation, ChangeTeam(**fields, quality="nobody")) == [
        Wrong("/quality", "not-a-mail-address")
    ]
    record = organisation.does(ChangeTeam(**fields, quality="quality@demo.example")).record
    assert isinstance(record, Team)
    assert record.quality == "quality@demo.example"


def test_a_member_may_be_told_in_a_digest() -> None:
    organisation = Organisation()
    (plain, answer) = (
        organisation.does(change_member(Role.AGENT, digest=digest), "grace").record
        for digest in (False, True)
    )
    assert [member.digest for member in (plain, answer) if isinstance(member, Member)] == [False, True]


def test_another_notice_is_another_version_of_it() -> None:
    organisation = Organisation()
    first = organisation.does(ChangeTexts(notice={"en": "Two years."}, reason=AGREED)).record
    same = organisation.does(
        ChangeTexts(notice={"en": "Two years."}, introduction={"en": "Hello."}, reason=AGREED)
    ).record
    other = organisation.does(ChangeTexts(notice={"en": "One year."}, reason=AGREED)).record
    versions = [texts.notice_version for texts in (first, same, other) if isinstance(texts, Texts)]
    assert versions == ["2", "2", "3"]


def test_a_site_has_words_of_its_own_for_what_packs_ask_of_letters() -> None:
    own = {"uk.fos_leaflet": {"en": "The leaflet comes with this letter."}}
    record = Organisation().does(ChangeTexts(blocks=own, reason=AGREED)).record
    assert isinstance(record, Texts)
    assert record.blocks == own


def test_words_for_what_no_letter_holds_or_in_a_language_that_the_site_does_not_speak_are_refused() -> None:
    own = {"uk.unknown": {"en": "Hello."}, "au.afca": {"en": "Hello.", "de": "Hallo."}}
    faults = wrong(Organisation(), ChangeTexts(blocks=own, reason=AGREED))
    assert [(fault.pointer, fault.code) for fault in faults] == [
        ("/blocks/au.afca/de", "not-spoken"),
        ("/blocks/uk.unknown", "unknown-value"),
    ]


def test_promises_that_were_in_force_keep_their_calendars() -> None:
    organisation = Organisation()
    organisation.does(ChangePacks(packs=("another",), reason=AGREED))
    packs = organisation.does(ChangePacks(packs=("another", "iso10002-default"), reason=AGREED)).record
    assert packs == Packs(packs=("another", "iso10002-default"), formerly=())
    site = replace(DEMO, packs=(), formerly=("iso10002-default",))
    assert terms_of(site).calendar("iso10002-default")
    kept = [clock.id for pack in terms_of(site).packs for clock in pack.clocks]
    assert kept == ["immediate_action", "data_request"]


@pytest.mark.parametrize(
    ("packs", "code"), [(("torn",), "unreadable-pack"), (("x",), "unknown-pack"), (("another",) * 2, "twice")]
)
def test_promises_that_cannot_be_kept_are_refused(packs: tuple[str, ...], code: str) -> None:
    [fault] = wrong(Organisation(), ChangePacks(packs=packs, reason=AGREED))
    assert fault.code == code


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_changes_settings(role: Role) -> None:
    with pytest.raises(Forbidden):
        Organisation().does(change_site(), by=Actor("staff", "x", (role,)))


def test_an_administrator_changes_only_what_is_served() -> None:
    organisation = Organisation()
    organisation.enrolment.site(replace(DEMO, key="other"), organisation.context(OPERATOR), "It opens.")
    organisation.has("grace", Role.AGENT, sites=("other",))
    for command, name in ((change_site(), "other"), (change_member(Role.ADMIN), "grace")):
        with pytest.raises(NotFound):
            organisation.does(command, name)
    assert wrong(organisation, change_member(Role.AGENT, sites=("other",)), "new") == [
        Wrong("/sites", "not-your-site")
    ]


def test_a_site_is_added_by_the_operator_alone() -> None:
    with pytest.raises(NotFound):
        Organisation().does(change_site(), "new-site")


def test_a_stale_version_is_refused_before_anything_is_judged() -> None:
    organisation = Organisation()
    team = organisation.settings_store.load(SettingKind.SITE, DEMO.key)
    with pytest.raises(Stale):
        organisation.settings_service.carry_out(
            team, change_site(zone="Mars"), organisation.context(), expected=team.version + 1
        )


def test_writing_a_site_down_twice_changes_nothing() -> None:
    organisation = Organisation()
    before = organisation.settings_store.all()
    organisation.enrolment.site(DEMO, organisation.context(OPERATOR), "Once more.")
    assert organisation.settings_store.all() == before
    assert list(sites_of(before)) == [DEMO]


def test_a_site_with_one_thing_wrong_is_not_written_at_all() -> None:
    organisation = Organisation()
    with pytest.raises(Invalid):
        organisation.enrolment.site(
            replace(DEMO, key="new", packs=("none",)), organisation.context(OPERATOR), "It opens."
        )
    assert "new" not in {setting.id for setting in organisation.settings_store.all()}


def test_the_history_says_what_became_something_else() -> None:
    organisation = Organisation()
    organisation.does(change_site(currency="TRY", approval_limit="900"))
    entries = organisation.settings_store.entries(SettingKind.SITE, DEMO.key)
    history = list(history_entries(Setting(kind=SettingKind.SITE, id=DEMO.key), entries))
    assert history[-1].changed == ("approval_limit", "currency")
    assert history[-1].after == organisation.settings_store.load(SettingKind.SITE, DEMO.key)


CHANGES: list[SettingCommand] = [
    change_member(Role.AGENT),
    change_member(Role.AGENT, Role.REVIEWER),
    change_member(Role.QUALITY, sites=()),
    change_member(name="Grace", email="nobody"),
    DeactivateMember(reason="Left."),
    ActivateMember(reason="Came back."),
    FinishHandover(),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(CHANGES), max_size=12))
def test_s65_whatever_is_asked_one_entry_follows_or_none(asked: list[SettingCommand]) -> None:
    organisation = Organisation()
    for command in asked:
        before, entries = (
            organisation.settings_store.load(SettingKind.MEMBER, "grace"),
            _entries(organisation),
        )
        try:
            after = organisation.does(command, "grace", OPERATOR)
        except Refusal:
            after = before
        assert len(_entries(organisation)) - len(entries) == after.number - before.number <= 1
        assert after == organisation.settings_store.load(SettingKind.MEMBER, "grace")
    end = organisation.settings_store.load(SettingKind.MEMBER, "grace")
    assert list(verify_chain.flaws_of_chain(end, _entries(organisation), decode)) == []
    found = [Setting(kind=SettingKind.MEMBER, id="grace")]
    found += [chapter.after for chapter in history_entries(found[0], _entries(organisation))]
    assert found[-1] == end


def _entries(organisation: Organisation) -> list[StoredEntry]:
    return list(organisation.settings_store.entries(SettingKind.MEMBER, "grace"))


def test_each_category_has_one_checklist_and_is_one_of_the_sites() -> None:
    items = (ChecklistItem(text="Ask for a photograph.", days=2),)
    names = ("delivery.damaged", "delivery.damaged", "no.such", None, None)
    lists = tuple(Checklist(category=name, items=items) for name in names)
    assert wrong(Organisation(), change_site(checklists=lists)) == [
        Wrong("/checklists/1/category", "twice"),
        Wrong("/checklists/2/category", "unknown-value"),
        Wrong("/checklists/4/category", "twice"),
    ]
    record = Organisation().does(change_site(checklists=lists[1:2])).record
    assert isinstance(record, SiteRecord)
    assert record.checklists == lists[1:2]


def test_one_code_is_put_as_a_change_of_several_would_and_refused_by_its_own_fields() -> None:
    organisation = Organisation()
    put = PutCode(list=CodeList.CAUSES, code="too_tired", reason=AGREED)
    assert wrong(organisation, put) == [Wrong("/labels/en", "missing"), Wrong("/labels/tr", "missing")]
    sensitive = replace(
        put, list=CodeList.CATEGORIES, labels=dict.fromkeys(("en", "tr"), "X"), is_sensitive=True
    )
    assert wrong(organisation, sensitive) == [Wrong("/is_sensitive", "no-cleared-reviewer")]
    codes = organisation.does(replace(put, labels={"en": "Too tired", "tr": "Çok yorgun"})).record
    assert isinstance(codes, Codes)
    again = organisation.does(replace(put, state="retired")).record
    assert isinstance(again, Codes)
    found = again.find(CodeList.CAUSES, "too_tired")
    assert found is not None
    assert (found.state, found.labels) == ("retired", {"en": "Too tired", "tr": "Çok yorgun"})

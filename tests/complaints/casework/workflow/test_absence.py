"""An absence: who may stand in, and who is told meanwhile what concerns somebody."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.casework.workflow.assignment import reader
from complaints.settings.history import history_entries
from complaints.settings.member_commands import (
    ChangeMember,
    DeactivateMember,
)
from complaints.settings.setting import Setting, SettingKind
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Absence, Member, Role
from tests.builders import DEMO
from tests.settings_stores import Organisation, change_member

AWAY = Absence(since=date(2026, 3, 9), until=date(2026, 3, 13), stand_in="ruth")
GRACE = Member(
    id="grace", name="Grace", email="grace@x.example", roles=(Role.AGENT,), sites=(DEMO.key,), away=AWAY
)
RUTH = Member(id="ruth", name="Ruth", email="ruth@x.example", roles=(Role.REVIEWER,), sites=(DEMO.key,))
MEANWHILE = AWAY.since


@pytest.fixture
def organisation() -> Organisation:
    """Grace and Ruth handle cases; Abe looks at them, and Zoe works elsewhere."""
    organisation = Organisation()
    organisation.has("grace", Role.AGENT)
    organisation.has("ruth", Role.REVIEWER)
    organisation.has("abe", Role.AUDITOR)
    organisation.has("zoe", Role.AGENT, sites=("elsewhere",))
    return organisation


def away(**fields: Any) -> ChangeMember:
    return change_member(Role.AGENT, away=replace(AWAY, **fields))


def refused(organisation: Organisation, command: ChangeMember) -> list[Wrong]:
    with pytest.raises(Invalid) as caught:
        organisation.does(command, "grace")
    return list(caught.value.errors)


def test_an_absence_is_kept_with_its_reason_and_can_be_taken_back(organisation: Organisation) -> None:
    after = organisation.does(away(), "grace").record
    assert isinstance(after, Member)
    assert after.away == AWAY
    organisation.does(change_member(Role.AGENT), "grace")
    stored = organisation.settings_store.entries(SettingKind.MEMBER, "grace")
    history = list(history_entries(Setting(kind=SettingKind.MEMBER, id="grace"), stored))
    assert [chapter.changed for chapter in history[1:]] == [("away",)] * 2


@pytest.mark.parametrize("name", ["grace", "abe", "zoe", "nobody"])
def test_whoever_stands_in_is_another_who_handles_cases_of_a_site_in_common(
    organisation: Organisation, name: str
) -> None:
    assert refused(organisation, away(stand_in=name)) == [Wrong("/away/stand_in", "cannot-stand-in")]


def test_somebody_who_left_cannot_stand_in(organisation: Organisation) -> None:
    organisation.does(DeactivateMember(reason="Left."), "ruth")
    assert refused(organisation, away()) == [Wrong("/away/stand_in", "cannot-stand-in")]


def test_an_absence_ends_no_earlier_than_it_begins(organisation: Organisation) -> None:
    organisation.does(away(until=AWAY.since), "grace")
    assert refused(organisation, away(until=date(2026, 3, 8))) == [
        Wrong("/away/until", "ends-before-it-begins")
    ]


def test_nobody_stands_in_who_is_away_on_one_of_the_days(organisation: Organisation) -> None:
    organisation.has("rose", Role.AGENT)
    hers = Absence(since=AWAY.until, until=AWAY.until, stand_in="rose")
    organisation.does(change_member(Role.REVIEWER, away=hers), "ruth")
    assert refused(organisation, away()) == [Wrong("/away/stand_in", "away-too")]
    organisation.does(away(until=date(2026, 3, 12)), "grace")


def test_what_was_agreed_does_not_stand_in_the_way_of_other_changes(organisation: Organisation) -> None:
    organisation.does(away(), "grace")
    organisation.does(DeactivateMember(reason="Left."), "ruth")
    after = organisation.does(replace(away(), name="Grace H."), "grace").record
    assert isinstance(after, Member)
    assert (after.name, after.away) == ("Grace H.", AWAY)


def test_an_absence_outlives_a_deactivation(organisation: Organisation) -> None:
    organisation.does(away(), "grace")
    after = organisation.does(DeactivateMember(reason="Ill."), "grace").record
    assert isinstance(after, Member)
    assert after.away == AWAY


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2026, 3, 8), "grace"),
        (AWAY.since, "ruth"),
        (AWAY.until, "ruth"),
        (date(2026, 3, 14), "grace"),
    ],
)
def test_both_days_are_of_the_absence(on: date, text: str) -> None:
    found = reader(GRACE, RUTH, DEMO.key, on)
    assert found.member
    assert (found.member.id, found.instead_of) == (text, GRACE if text == "ruth" else None)


CANNOT: dict[str, Callable[[], Member | None]] = {
    "is away too": lambda: replace(RUTH, away=replace(AWAY, stand_in="rose")),
    "left": lambda: replace(RUTH, active=False),
    "has no address": lambda: replace(RUTH, email=""),
    "serves another site": lambda: replace(RUTH, sites=("elsewhere",)),
    "handles no cases any more": lambda: replace(RUTH, roles=(Role.AUDITOR,)),
    "is not known": lambda: None,
}


@pytest.mark.parametrize("why", CANNOT)
def test_the_team_is_told_where_whoever_stands_in_cannot_be(why: str) -> None:
    assert reader(GRACE, CANNOT[why](), DEMO.key, MEANWHILE) == (None, GRACE)


@pytest.mark.parametrize("change", [{"active": False}, {"email": ""}])
def test_the_team_is_told_where_an_owner_who_is_here_cannot_be(change: dict[str, Any]) -> None:
    assert reader(replace(GRACE, away=None, **change), None, DEMO.key, MEANWHILE) == (None, None)
    assert reader(None, None, DEMO.key, MEANWHILE) == (None, None)


def test_nobody_stands_in_for_one_who_left() -> None:
    assert reader(replace(GRACE, active=False), RUTH, DEMO.key, MEANWHILE) == (None, None)


def test_one_stands_in_at_sites_that_both_serve_and_while_it_lasts() -> None:
    assert RUTH.stands_in_for(GRACE, DEMO.key, MEANWHILE)
    assert not RUTH.stands_in_for(GRACE, DEMO.key, date(2026, 3, 14))
    assert not RUTH.stands_in_for(GRACE, "elsewhere", MEANWHILE)
    assert not replace(RUTH, id="rose").stands_in_for(GRACE, DEMO.key, MEANWHILE)

"""Sensitive cases: who sees them, whom they can be given to, and that somebody is left to review them."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from complaints.casework.outcome.points import AddPoint
from complaints.casework.people.sensitive_cases import may_handle, may_miss_cases, may_see
from complaints.casework.workflow.assignment import Assign
from complaints.casework.workflow.corrective_actions import Act
from complaints.handling.lifecycle import decide
from complaints.settings.changes import (
    SettingCommand,
)
from complaints.settings.commands import (
    ChangeCodes,
    CodePut,
)
from complaints.settings.events import MemberChanged, decode
from complaints.settings.member_commands import (
    DeactivateMember,
)
from complaints.settings.setting import SettingKind
from complaints.values.codes import Code, CodeList, Codes
from complaints.values.errors import Invalid, Wrong
from complaints.values.field_types import Feedback
from complaints.values.people import Absence, Actor, Member, Role
from tests.builders import ADA, DEMO, TUESDAY, a_complaint, a_member, context
from tests.settings_stores import OPERATOR, SAM, Organisation, change_member, change_site

PRIVATE, PLAIN = "privacy.data_misuse", "delivery.late"
CODES = Codes(categories=(Code(code=PRIVATE, sensitive=True, state="retired"), Code(code=PLAIN)))
SITE = replace(DEMO, codes=CODES)
CLEARED = a_member(sensitive=True)


@pytest.mark.parametrize(
    ("member", "category", "sees"),
    [
        (a_member(), PLAIN, True),
        (a_member(), None, True),
        (a_member(), PRIVATE, False),
        *((a_member(roles=(role,)), PRIVATE, False) for role in Role),
        (CLEARED, PRIVATE, True),
        (CLEARED, PLAIN, True),
        (replace(CLEARED, sites=("elsewhere",)), PRIVATE, False),
        (replace(CLEARED, active=False), PRIVATE, False),
    ],
)
def test_a_sensitive_case_is_there_for_cleared_members_of_its_site(
    member: Member, category: str | None, *, sees: bool
) -> None:
    assert may_see(member, SITE, {category} if category else set()) is sees


@pytest.mark.parametrize(
    ("takes", "roles", "misses"),
    [
        (False, (Role.AGENT,), False),
        (True, (Role.AGENT,), True),
        (True, (Role.AGENT, Role.PRIVACY), False),
    ],
)
def test_where_no_case_can_be_hidden_from_a_member_the_numbers_of_all_cases_are_the_members(
    takes: bool, roles: tuple[Role, ...], misses: bool
) -> None:
    site = replace(DEMO, feedback=(Feedback.PERSONAL_DATA,)) if takes else DEMO
    assert may_miss_cases(a_member(roles=roles), site) is misses
    assert may_miss_cases(a_member(roles=roles), replace(site, codes=CODES))
    assert not may_miss_cases(a_member(roles=roles, sensitive=True), replace(site, codes=CODES))


def test_a_case_is_as_sensitive_as_the_strictest_of_its_points() -> None:
    marked = Codes(categories=(Code(code=PRIVATE, sensitive=True), Code(code=PLAIN)))
    story = a_complaint(codes=marked).received(category=PLAIN).assigned("grace")
    story.does(ADA, AddPoint(text="It came late.", category=PLAIN), colleague=a_member("grace"))
    assert (may_see(a_member(), SITE, story.build().categories), story.build().assignee) == (True, "grace")
    story.does(ADA, AddPoint(text="He read my file.", category=PRIVATE), colleague=a_member("grace"))
    assert (may_see(a_member(), SITE, story.build().categories), story.build().assignee) == (False, None)


def test_only_who_sees_and_handles_a_case_can_be_given_it() -> None:
    auditor = replace(CLEARED, roles=(Role.AUDITOR,))
    assert [may_handle(each, SITE, {PRIVATE}) for each in (CLEARED, a_member(), auditor)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (Assign(to="grace"), "/to"),
        (Act(action="process_change", owner="grace", due=date(2026, 2, 9)), "/owner"),
    ],
)
def test_a_sensitive_case_is_given_to_nobody_who_is_not_cleared(command: Any, pointer: str) -> None:
    story = a_complaint(codes=CODES).received(category=PRIVATE).assessed()
    complaint, asked = story.build(), context(terms=story.terms, now=TUESDAY, colleague=a_member("grace"))
    with pytest.raises(Invalid) as refused:
        decide(complaint, command, asked)
    assert refused.value.errors == (Wrong(pointer, "not-cleared"),)
    assert decide(complaint, command, replace(asked, colleague=a_member("grace", sensitive=True)))


def marks(code: str = PRIVATE, expected: CodeList = CodeList.CATEGORIES, *, so: bool = True) -> ChangeCodes:
    return ChangeCodes(put=(CodePut(list=expected, code=code, sensitive=so),), reason="Agreed.")


def wrong(organisation: Organisation, command: SettingCommand, name: str = DEMO.key) -> list[Wrong]:
    with pytest.raises(Invalid) as refused:
        organisation.does(command, name)
    return list(refused.value.errors)


@pytest.fixture
def organisation() -> Organisation:
    """Ruth reviews, and is cleared; Grace handles cases, and is not."""
    organisation = Organisation()
    organisation.has("grace", Role.AGENT)
    organisation.has("ruth", Role.REVIEWER)
    organisation.does(change_member(Role.REVIEWER, sensitive=True), "ruth")
    return organisation


def test_a_category_is_marked_and_the_mark_is_taken_back(organisation: Organisation) -> None:
    marked = organisation.does(marks()).record
    assert isinstance(marked, Codes)
    assert marked.sensitive == {PRIVATE}
    assert organisation.does(marks(so=False)).record == Codes()


def test_only_categories_are_sensitive(organisation: Organisation) -> None:
    assert wrong(organisation, marks("process_change", CodeList.ACTIONS)) == [
        Wrong("/put/0/sensitive", "unknown-field")
    ]


def test_a_file_of_the_operator_can_mark_a_category(organisation: Organisation) -> None:
    codes = replace(DEMO.codes, categories=(Code(code=PRIVATE, sensitive=True), *CODES.categories[1:]))
    organisation.enrolment.site(replace(DEMO, codes=codes), organisation.context(OPERATOR), "It is agreed.")
    record = organisation.settings_store.load(SettingKind.CODES, DEMO.key).record
    assert isinstance(record, Codes)
    assert record.sensitive == {PRIVATE}


def test_a_mark_that_there_is_may_be_said_again(organisation: Organisation) -> None:
    organisation.does(marks())
    organisation.does(DeactivateMember(reason="Left."), "ruth")
    record = organisation.does(marks()).record
    assert isinstance(record, Codes)
    assert record.sensitive == {PRIVATE}


def test_no_category_is_sensitive_where_no_reviewer_is_cleared(organisation: Organisation) -> None:
    organisation.does(change_member(Role.AGENT, sensitive=True), "grace")
    organisation.does(DeactivateMember(reason="Left."), "ruth")
    assert wrong(organisation, marks()) == [Wrong("/put/0/sensitive", "no-cleared-reviewer")]
    organisation.has("rose", Role.REVIEWER)
    assert wrong(organisation, marks()) == [Wrong("/put/0/sensitive", "no-cleared-reviewer")]


@pytest.mark.parametrize(
    "change",
    [
        change_member(Role.REVIEWER),
        change_member(Role.AGENT, sensitive=True),
        change_member(Role.REVIEWER, sensitive=True, sites=()),
    ],
)
def test_the_last_cleared_reviewer_stays_one(organisation: Organisation, change: SettingCommand) -> None:
    organisation.does(marks())
    organisation.has("rose", Role.REVIEWER)
    assert wrong(organisation, change, "ruth") == [Wrong("/sensitive", "no-cleared-reviewer")]
    organisation.does(change_member(Role.REVIEWER, sensitive=True), "rose")
    organisation.does(change, "ruth")


def test_a_stand_in_of_somebody_cleared_is_cleared(organisation: Organisation) -> None:
    away = Absence(since=date(2026, 3, 9), until=date(2026, 3, 13), stand_in="grace")
    asked = change_member(Role.REVIEWER, sensitive=True, away=away)
    assert wrong(organisation, asked, "ruth") == [Wrong("/away/stand_in", "not-cleared")]


def test_a_stand_in_of_somebody_who_handles_requests_about_data_sees_them(organisation: Organisation) -> None:
    away = Absence(since=date(2026, 3, 9), until=date(2026, 3, 13), stand_in="grace")
    asked = change_member(Role.REVIEWER, Role.PRIVACY, away=away)
    organisation.does(change_member(Role.REVIEWER, Role.PRIVACY), "ruth")
    organisation.does(change_site(feedback=(Feedback.PERSONAL_DATA,)))
    assert wrong(organisation, asked, "ruth") == [Wrong("/away/stand_in", "not-cleared")]
    organisation.does(change_site(feedback=()))
    organisation.does(asked, "ruth")
    organisation.does(change_member(Role.AGENT, sensitive=True), "grace")
    organisation.does(asked, "ruth")


CLEARED_ADMIN = change_member(Role.ADMIN, sensitive=True)


def test_nobody_clears_themselves_while_there_is_another_administrator(organisation: Organisation) -> None:
    organisation.has("alex", Role.ADMIN)
    assert wrong(organisation, CLEARED_ADMIN, "sam") == [Wrong("/sensitive", "second-administrator")]
    organisation.does(CLEARED_ADMIN, "sam", Actor("staff", "alex", (Role.ADMIN,)))
    organisation.does(CLEARED_ADMIN, "sam")


def test_the_only_administrator_there_is_may_clear_themselves(organisation: Organisation) -> None:
    organisation.has("alex", Role.ADMIN)
    organisation.does(DeactivateMember(reason="Left."), "alex")
    record = organisation.does(CLEARED_ADMIN, "sam").record
    assert isinstance(record, Member)
    assert record.sensitive


def test_who_is_cleared_no_more_leaves_cases(organisation: Organisation) -> None:
    assert organisation.does(change_member(Role.REVIEWER), "ruth").unfinished
    assert not organisation.does(change_member(Role.AGENT, sensitive=True), "grace").unfinished


def test_requests_about_data_have_somebody_who_handles_them(organisation: Organisation) -> None:
    takes = change_site(feedback=(Feedback.PERSONAL_DATA,))
    organisation.does(change_member(Role.REVIEWER), "ruth")
    assert wrong(organisation, takes) == [Wrong("/feedback", "nobody-for-requests")]
    organisation.does(change_member(Role.PRIVACY), "grace")
    assert wrong(organisation, takes) == [Wrong("/feedback", "nobody-for-requests")], "who works on no case"
    organisation.does(change_member(Role.AGENT, Role.PRIVACY), "grace")
    organisation.does(takes)
    left = change_member(Role.AGENT)
    assert wrong(organisation, left, "grace") == [Wrong("/roles", "nobody-for-requests")]
    organisation.does(change_member(Role.REVIEWER, Role.PRIVACY), "ruth")
    assert organisation.does(left, "grace").unfinished


def test_a_change_of_a_member_before_there_was_a_clearance_says_that_there_is_none(
    organisation: Organisation,
) -> None:
    organisation.does(change_member(Role.AGENT), "grace")
    entry = organisation.settings_store.entries(SettingKind.MEMBER, "grace")[-1]
    assert b'"sensitive"' not in entry.data
    [fact] = decode(entry.data).facts
    assert isinstance(fact, MemberChanged)
    assert not fact.sensitive
    assert fact.by == SAM

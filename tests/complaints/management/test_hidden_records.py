"""Hidden records: an alarm or theme that counts what is sensitive is not there for who is not cleared."""

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from complaints.management.hidden_records import is_hidden, without_sensitive
from complaints.management.improvement.alarms import UNANSWERED_AFTER, Alarm, AlarmAnswer
from complaints.management.improvement.themes import Theme
from complaints.management.kinds import declaration
from complaints.management.record import Content, ManagementRecord, RecordKind
from complaints.values.people import MACHINE, Member, Role
from tests.builders import DEMO, MONDAY, a_member
from tests.complaints.management.improvement.builders import after, begun, context, plan

SENSITIVE, OTHER = "privacy.data_misuse", "delivery.late"
SITE = replace(
    DEMO,
    codes=replace(
        DEMO.codes,
        categories=tuple(
            replace(each, sensitive=each.code == SENSITIVE, product="app")
            if each.code == SENSITIVE
            else replace(each, product="parcel")
            for each in DEMO.codes.categories
        ),
    ),
)
GRACE = Member(id="grace", name="Grace", sites=(DEMO.key,))
RUTH = replace(GRACE, id="ruth", sensitive=True)


def an_alarm(**of: str) -> Alarm:
    return Alarm(
        **of,  # type: ignore[arg-type]
        month=date(2026, 1, 1),
        number=9,
        before=(1,),
        expected=1.0,
        chance=0.001,
        limit=0.01,
        watched=4,
        raised=MONDAY,
    )


def a_theme(**of: str) -> Theme:
    return Theme(title="Late", owner="quinn", opened=date(2026, 1, 1), **of)  # type: ignore[arg-type]


@pytest.mark.parametrize("made", [an_alarm, a_theme])
@pytest.mark.parametrize(
    ("of", "hides"),
    [
        ({"category": SENSITIVE}, True),
        ({"product": "app"}, True),
        ({"category": OTHER}, False),
        ({"product": "parcel"}, False),
        ({"cause": "supplier"}, False),
    ],
)
def test_what_counts_a_sensitive_category_is_there_for_who_is_cleared_alone(
    made: object, of: dict[str, str], *, hides: bool
) -> None:
    content: Content = made(**of)  # type: ignore[operator]
    record = ManagementRecord(kind=RecordKind.THEME, id="demo.x", content=content)
    assert is_hidden(record, GRACE, SITE) is hides
    assert not is_hidden(record, RUTH, SITE)


def test_a_record_that_is_not_begun_is_hidden_from_nobody() -> None:
    assert not is_hidden(ManagementRecord(kind=RecordKind.THEME, id="demo.x"), GRACE, SITE)


def a_record(kind: RecordKind, code: str, content: Content) -> ManagementRecord:
    return ManagementRecord(kind=kind, id=f"demo.{code}", content=content)


HIDDEN_THEME = a_record(RecordKind.THEME, "leak", a_theme(category=SENSITIVE))
OPEN_THEME = a_record(RecordKind.THEME, "late", a_theme(category=OTHER))
OF_BOTH = [
    a_record(RecordKind.ACTION, code, after(begun(RecordKind.ACTION), plan()).content)  # type: ignore[arg-type]
    for code in ("leak", "late")
]
ACTIONS = [replace(each, content=replace(each.content, theme=each.code)) for each in OF_BOTH]  # type: ignore[type-var]


def test_what_everybody_reads_names_no_sensitive_record_and_no_action_of_a_sensitive_theme() -> None:
    alarms = [
        a_record(RecordKind.ALARM, "a", an_alarm(category=SENSITIVE)),
        a_record(RecordKind.ALARM, "b", an_alarm(category=OTHER)),
    ]
    found = without_sensitive([HIDDEN_THEME, OPEN_THEME, *ACTIONS, *alarms], SITE)
    assert found == [OPEN_THEME, ACTIONS[1], alarms[1]]


@pytest.mark.parametrize("now", [MONDAY, MONDAY + UNANSWERED_AFTER])
def test_a_mail_about_a_sensitive_alarm_names_it_to_cleared_members_alone(now: datetime) -> None:
    given = replace(context(MACHINE, now), site=SITE)
    raised = a_record(RecordKind.ALARM, "a", an_alarm(category=SENSITIVE))
    told = [each.records[0] for each in declaration(RecordKind.ALARM).reminders(raised, given)]
    assert {(each.title, each.title_id, each.is_hidden) for each in told} == {("", "records.sensitive", True)}
    looked_into = an_alarm(category=SENSITIVE)
    looked_into = replace(looked_into, answer=AlarmAnswer.LOOK_INTO, owner="ruth", until=now.date())
    raised = a_record(RecordKind.ALARM, "a", looked_into)
    for cleared in (False, True):
        ruth = replace(a_member("ruth", roles=(Role.REVIEWER,)), sensitive=cleared)
        (letter,) = declaration(RecordKind.ALARM).reminders(raised, replace(given, members=(ruth,)))
        assert letter.records[0].is_hidden is not cleared
    others = a_record(RecordKind.ALARM, "b", an_alarm(category=OTHER))
    assert not any(
        each.records[0].is_hidden for each in declaration(RecordKind.ALARM).reminders(others, given)
    )


def test_a_mail_about_an_action_of_a_sensitive_theme_does_not_say_what_it_is() -> None:
    given = replace(context(MACHINE), site=SITE, records=(HIDDEN_THEME, OPEN_THEME))
    for action, is_hidden_there in zip(ACTIONS, (True, False), strict=True):
        (letter,) = declaration(RecordKind.ACTION).reminders(action, given)
        assert letter.records[0].is_hidden is is_hidden_there
        assert ("islands" in letter.records[0].title) is not is_hidden_there


def test_an_action_of_a_hidden_theme_is_hidden_too_and_of_no_other() -> None:
    themes = [HIDDEN_THEME, OPEN_THEME]
    assert [is_hidden(each, GRACE, SITE, themes) for each in ACTIONS] == [True, False]
    assert [is_hidden(each, RUTH, SITE, themes) for each in ACTIONS] == [False, False]

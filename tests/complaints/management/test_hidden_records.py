"""Hidden records: an alarm or theme that counts what is sensitive is not there for who is not cleared."""

from datetime import date

import pytest
from msgspec.structs import replace

from complaints.management.hidden_records import is_hidden
from complaints.management.improvement.alarms import Alarm
from complaints.management.improvement.themes import Theme
from complaints.management.record import Content, ManagementRecord, RecordKind
from complaints.values.people import Member
from tests.builders import DEMO, MONDAY

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


@pytest.mark.iso10002("4 confidentiality")
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

"""The forms of commands on records say what must be there."""

from zoneinfo import ZoneInfo

import pytest

from complaints.adapters.i18n.catalogues import Catalogues
from complaints.adapters.i18n.date_formats import DateFormats
from complaints.management.kinds import declaration
from complaints.management.privacy.reading_alarms import ReadingAlarm
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.unusual_reading import Why
from functions.desk.records.forms import REASON, FormWords, form_of
from functions.desk.records.words import rows_of
from tests.builders import DEMO, MONDAY
from tests.mail.letters import TEMPLATES

CATALOGUES = Catalogues(TEMPLATES / "locale")


@pytest.mark.parametrize(
    ("kind", "verb", "must"),
    [
        (RecordKind.READING_ALARM, "explain", True),
        (RecordKind.READING_ALARM, "follow_up", True),
        (RecordKind.READING_WATCH, "watch", True),
        (RecordKind.READING_WATCH, "end", False),
        (RecordKind.FLOOD_CLOSING, "propose", True),
        (RecordKind.FLOOD_CLOSING, "stop", False),
        (RecordKind.PRIVACY_REQUEST, "refuse", True),
        (RecordKind.PRIVACY_REQUEST, "extend", True),
        (RecordKind.PRIVACY_REQUEST, "fulfil", False),
    ],
)
def test_a_form_asks_for_a_reason_where_the_rule_refuses_to_go_without(
    kind: RecordKind, verb: str, must: bool
) -> None:
    words = FormWords(CATALOGUES, "en", declaration(kind), (), DEMO, ZoneInfo(DEMO.zone))
    form = form_of(words, verb, 1, {}, None)
    assert [each.required for each in form.inputs if each.name == REASON] == [must]


def test_a_right_that_the_directory_gave_names_it_in_words() -> None:
    kind = RecordKind.READING_ALARM
    words = FormWords(CATALOGUES, "en", declaration(kind), (), DEMO, ZoneInfo(DEMO.zone))
    alarm = ReadingAlarm(member="ada", day=MONDAY.date(), why=Why.GIVEN, given_by="scim", raised=MONDAY)
    record = ManagementRecord(kind=kind, id="demo.x", content=alarm)
    said = {row.label: row.lines for row in rows_of(words, DateFormats(CATALOGUES), record)}
    assert said["The right was given by"] == ("The directory",)

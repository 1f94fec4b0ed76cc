"""Filed returns: kept byte by byte, whatever becomes of the cases; what is filed later is a correction."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from msgspec.structs import replace

from complaints.adapters.config.shipped_data import return_named
from complaints.casework.process.closing import Reopen
from complaints.management.declaration import RecordsContext
from complaints.management.evaluation.filed_returns import FiledReturn, FileReturn, MadeReturn, file
from complaints.management.evaluation.shared import content_of
from complaints.management.record import ManagementRecord, RecordKind
from complaints.reporting.regulators.returns import compute
from complaints.values.errors import Invalid, Wrong
from complaints.values.people import Actor, Role
from functions.desk.reports.returns import to_file
from tests.builders import DEMO, MONDAY, RUTH, Story, a_complaint

QUINN = Actor("staff", "quinn", (Role.QUALITY,))
ASIC = return_named("au-asic-idr")
PERIOD = ASIC.period_of(MONDAY.date())
TODAY = PERIOD.last + timedelta(days=9)
FIRST = ManagementRecord(kind=RecordKind.FILED_RETURN, id="demo.asic")
COMMAND = FileReturn(name=ASIC.name, since=PERIOD.first)


def sheet_of(story: Story) -> bytes:
    return to_file(ASIC, compute(ASIC, [story.build()], PERIOD, story.terms))


def asked(sheet: bytes, *records: ManagementRecord, today: date = TODAY) -> RecordsContext:
    made = MadeReturn(until=PERIOD.last, sheet=sheet)
    now = MONDAY + timedelta(days=300)
    return RecordsContext(now=now, today=today, by=QUINN, site=DEMO, records=records, gathered=made)


def filed(sheet: bytes) -> ManagementRecord:
    return replace(FIRST, content=file(FIRST, COMMAND, asked(sheet)))


def test_a_reopening_leaves_a_filed_return_as_it_was_filed() -> None:
    story = a_complaint().received().acknowledged().withdrawn()
    before = sheet_of(story)
    record = filed(before)
    after = sheet_of(story.does(RUTH, Reopen(reason="She rang."), story.now + timedelta(days=1)))
    assert after != before
    assert content_of(record, FiledReturn).sheet == before
    later = TODAY + timedelta(days=30)
    corrected = file(
        record,
        FileReturn(name=ASIC.name, since=PERIOD.first, reason="It was reopened."),
        asked(after, today=later),
    )
    assert corrected.sheet == after
    assert [(each.on, each.by, each.sha256) for each in corrected.filings] == [
        (TODAY, "quinn", sha256(before).hexdigest()),
        (later, "quinn", sha256(after).hexdigest()),
    ]


def test_what_has_not_changed_is_not_filed_again() -> None:
    record = filed(b"x")
    assert file(record, COMMAND, asked(b"x")) == record.content


@pytest.mark.parametrize(
    ("record", "others", "wrong"),
    [
        (filed(b"x"), (), Wrong("/reason", "missing")),
        (replace(FIRST, id="demo.other"), (filed(b"x"),), Wrong("/since", "twice")),
    ],
)
def test_a_correction_has_a_reason_and_stands_with_what_it_corrects(
    record: ManagementRecord, others: tuple[ManagementRecord, ...], wrong: Wrong
) -> None:
    with pytest.raises(Invalid) as refused:
        file(record, COMMAND, asked(b"y", *others))
    assert refused.value.errors == (wrong,)

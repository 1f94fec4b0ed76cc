"""What every store of records promises, kept by the real one and by the fake; and what their service does."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from benchmarks.measuring.aws_requests import counted as measured
from complaints.adapters.dynamodb import record_items
from complaints.adapters.stores.lists.due_items import DynamoAgenda
from complaints.context.case import AlreadyUsed, Due, Guard
from complaints.handling import verify_chain
from complaints.management import kinds
from complaints.management.evaluation.evidence_packs import OrderPack
from complaints.management.history import history
from complaints.management.privacy.personal_data import IdentityCheck, MadePersonalData, OrderPersonalData
from complaints.management.record import ManagementRecord, RecordKind
from complaints.management.service import MOST_BYTES, RecordConflict, RecordsService, RecordsStore, allowed
from complaints.values.errors import Forbidden, Invalid, NotFound, NotNow, Stale, Unavailable, Wrong
from complaints.values.people import MACHINE, Actor, Role
from tests.builders import MONDAY, TUESDAY, WEDNESDAY
from tests.complaints.management.stores import (
    AGENT,
    NOTHING,
    PLAN,
    QUINN,
    EndPlan,
    FakeRecords,
    MakePlan,
    Plan,
    RenamePlan,
    context,
)
from tests.fakes import CountingSalt

PAULA, AYLA = Actor("staff", "paula", (Role.PRIVACY,)), Actor("staff", "ayla", (Role.AUDITOR,))
KEY = Guard(id="key-1", at=MONDAY, expires=TUESDAY, body="b-1")
ASKED = MakePlan(title="Lamps break", look_at=TUESDAY, reason="Many lamps broke.")


@pytest.fixture(autouse=True)
def _kind_of_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(kinds._DECLARED, RecordKind.THEME, lambda: PLAN)
        _forget_kinds()
        yield
    _forget_kinds()


def _forget_kinds() -> None:
    """All that is kept of a kind: other tests of the process have the real one."""
    for kept in (kinds.declaration, kinds.decoder, record_items._decoder):
        kept.cache_clear()


@pytest.fixture(params=["fake", "dynamo"])
def records(request: pytest.FixtureRequest) -> RecordsStore:
    if request.param == "fake":
        return FakeRecords()
    request.getfixturevalue("table")
    from complaints.adapters.stores.management_records import DynamoManagementRecords

    return DynamoManagementRecords()


@pytest.fixture
def service(records: RecordsStore) -> RecordsService:
    return RecordsService(records, CountingSalt())


def test_nothing_is_found_where_nothing_was_written(records: RecordsStore) -> None:
    assert records.load(NOTHING.kind, NOTHING.id) == NOTHING
    assert list(records.entries(NOTHING.kind, NOTHING.id)) == []
    assert list(records.of_site("demo", NOTHING.kind)) == []


def test_what_is_written_is_found_as_it_was(records: RecordsStore, service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    assert records.load(NOTHING.kind, NOTHING.id) == made
    assert list(records.of_site("demo", NOTHING.kind)) == [made]
    assert list(records.of_site("demo", RecordKind.AUDIT)) == list(records.of_site("de", NOTHING.kind)) == []
    assert (made.content, made.due) == (Plan(title="Lamps break", look_at=TUESDAY), TUESDAY)
    assert (made.number, made.version, made.site, made.code) == (1, 1, "demo", "lamps")


def test_what_is_known_is_as_it_was_a_minute_ago_and_what_was_written_here_is_known_at_once(
    records: RecordsStore, service: RecordsService
) -> None:
    assert list(records.known("demo", NOTHING.kind, MONDAY)) == []
    made = service.carry_out(NOTHING, ASKED, context())
    assert list(records.known("demo", NOTHING.kind, MONDAY)) == [made]
    if not isinstance(records, FakeRecords):
        RecordsService(type(records)(), CountingSalt()).carry_out(made, EndPlan(), context())
        assert list(records.known("demo", NOTHING.kind, MONDAY + timedelta(seconds=59))) == [made]
        (ended,) = records.known("demo", NOTHING.kind, MONDAY + timedelta(seconds=60))
        assert ended.content == Plan(title="Lamps break", is_done=True)


def test_a_command_after_which_nothing_is_different_writes_nothing(service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    ended = service.carry_out(made, EndPlan(), context())
    assert ended.number == 2
    with pytest.raises(NotNow) as refused:
        service.carry_out(ended, EndPlan(), context())
    assert refused.value.allowed == allowed(ended, QUINN) == ()


def test_records_that_begin_together_are_written_together_or_not_at_all(
    records: RecordsStore, service: RecordsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = ManagementRecord(kind=NOTHING.kind, id="demo.another")
    with_another = replace(PLAN, follows=lambda *_: [(another, MakePlan(title="What follows"))])
    monkeypatch.setitem(kinds._DECLARED, RecordKind.THEME, lambda: with_another)
    _forget_kinds()
    made = service.carry_out(NOTHING, ASKED, context())
    followed = records.load(another.kind, another.id)
    assert followed.content == Plan(title="What follows")
    assert list(records.of_site("demo", NOTHING.kind)) == [followed, made]
    assert [each.fact.by for each in history(another, records.entries(another.kind, another.id))] == [MACHINE]
    with pytest.raises(Unavailable):
        service.carry_out(ManagementRecord(kind=NOTHING.kind, id="demo.more"), ASKED, context())
    assert list(records.of_site("demo", NOTHING.kind)) == [followed, made]


def test_its_history_tells_who_did_what_when_and_why(records: RecordsStore, service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    ended = service.carry_out(made, EndPlan(), context(AGENT, TUESDAY))
    entries = list(history(NOTHING, records.entries(NOTHING.kind, NOTHING.id)))
    assert [(each.fact.verb, each.fact.by, each.fact.at, each.fact.reason) for each in entries] == [
        ("make", QUINN, MONDAY, "Many lamps broke."),
        ("end", AGENT, TUESDAY, None),
    ]
    assert entries[-1].after == ended
    assert entries[-1].changed == ("look_at", "is_done")


def test_the_last_entries_are_found_without_those_before(
    records: RecordsStore, service: RecordsService
) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    reminded = service.remind(made, context(MACHINE, TUESDAY))
    service.carry_out(reminded, EndPlan(reason="It is done."), context(AGENT, WEDNESDAY))
    whole = list(records.entries(NOTHING.kind, NOTHING.id))
    assert [len(records.entries(NOTHING.kind, NOTHING.id, last)) for last in (1, 2, 3, 4)] == [1, 2, 3, 3]
    assert list(records.entries(NOTHING.kind, NOTHING.id, 2)) == whole[1:]
    _, last = history(NOTHING, whole[1:])
    assert (last.fact.reason, last.changed) == ("It is done.", ("look_at", "is_done"))


def test_its_chain_verifies_and_a_change_of_it_is_found(
    records: RecordsStore, service: RecordsService
) -> None:
    record = service.carry_out(NOTHING, ASKED, context())
    for number in range(12):
        record = service.carry_out(record, EndPlan(), context()) if number == 11 else service.remind(
            record, context(MACHINE, MONDAY + timedelta(days=1 + 7 * number))
        )  # fmt: skip
    entries = records.entries(record.kind, record.id)
    decode = kinds.decoder(record.kind).decode
    assert [entry.number for entry in entries] == list(range(1, 14))
    assert list(verify_chain.flaws_of_chain(record, entries, decode)) == []
    forged = [replace(entries[0], data=entries[0].data.replace(b"Lamps", b"Cups_")), *entries[1:]]
    assert list(verify_chain.flaws_of_chain(record, forged, decode))


def test_who_was_looking_at_an_older_version_is_told(service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context(), expected=0)
    with pytest.raises(Stale) as stale:
        service.carry_out(made, EndPlan(), context(), expected=0)
    assert stale.value.version == 1


def test_of_two_who_write_at_once_one_decides_again(records: RecordsStore, service: RecordsService) -> None:
    service.carry_out(NOTHING, ASKED, context())
    with pytest.raises(NotNow):
        service.carry_out(NOTHING, ASKED, context())
    assert len(records.entries(NOTHING.kind, NOTHING.id)) == 1


def test_a_used_key_writes_nothing(records: RecordsStore, service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context(), guard=KEY)
    with pytest.raises(AlreadyUsed) as used:
        service.carry_out(made, EndPlan(), context(), guard=KEY)
    assert used.value.guard == KEY
    assert records.look_up(NOTHING.kind, NOTHING.id, KEY.id) == (made, KEY)


def test_the_wrong_role_and_a_wrong_value_are_refused(service: RecordsService) -> None:
    with pytest.raises(Forbidden):
        service.carry_out(NOTHING, ASKED, context(AGENT))
    with pytest.raises(Invalid):
        service.carry_out(NOTHING, replace(ASKED, look_at=MONDAY), context())
    with pytest.raises(Invalid):
        service.carry_out(replace(NOTHING, id="demo.Ä"), ASKED, context())
    with pytest.raises(NotNow):
        service.carry_out(NOTHING, EndPlan(), context())


def test_what_is_due_is_written_of_once(records: RecordsStore, service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    assert service.remind(made, context(MACHINE, MONDAY)) == made
    reminded = service.remind(made, context(MACHINE, TUESDAY))
    assert (reminded.reminded, reminded.due) == (TUESDAY, TUESDAY + timedelta(days=7))
    assert (reminded.number, reminded.version, reminded.content) == (2, 1, made.content)
    assert service.remind(reminded, context(MACHINE, WEDNESDAY)) == reminded
    with pytest.raises(RecordConflict):
        service.remind(made, context(MACHINE, TUESDAY))
    assert service.carry_out(reminded, EndPlan(), context()).due is None
    if isinstance(records, FakeRecords):
        assert [[line.why for line in letter.records] for letter in records.letters] == [["a", "b"]]


def test_what_was_written_of_is_not_written_of_again_until_its_dates_are_others(
    service: RecordsService,
) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    reminded = service.remind(made, context(MACHINE, TUESDAY))
    renamed = service.carry_out(reminded, RenamePlan(title="Cups break"), context())
    assert (renamed.reminded, renamed.due) == (TUESDAY, TUESDAY + timedelta(days=7))
    ended = service.carry_out(renamed, EndPlan(), context())
    assert (ended.reminded, ended.due) == (None, None)


def test_a_record_that_the_table_could_not_hold_is_full(service: RecordsService) -> None:
    made = service.carry_out(NOTHING, ASKED, context())
    with pytest.raises(Invalid) as refused:
        service.carry_out(made, RenamePlan(title="x" * MOST_BYTES), context())
    assert refused.value.errors == (Wrong("", "record-full"),)


def test_the_schedule_is_told_of_what_is_due(table: str) -> None:
    from complaints.adapters.stores.management_records import DynamoManagementRecords

    service = RecordsService(DynamoManagementRecords(), CountingSalt())
    made = service.carry_out(NOTHING, ASKED, context())
    agenda = DynamoAgenda()
    assert list(agenda.due(MONDAY)) == []
    due = Due("", None, record=("theme", "demo.lamps"))
    assert list(agenda.due(TUESDAY)) == [due]
    agenda.put_off(due, TUESDAY)
    assert list(agenda.due(TUESDAY)) == []
    assert DynamoManagementRecords().load(made.kind, made.id) == made


def test_files_that_wait_are_found_without_reading_those_that_were_made(
    records: RecordsStore, service: RecordsService
) -> None:
    people = ManagementRecord(kind=RecordKind.PERSONAL_DATA, id="demo.ada")
    cases = {"C-1": ("C-1",)}
    order = OrderPersonalData(cases=("C-1",), identity=IdentityCheck.IN_PERSON)
    ordered = service.carry_out(people, order, replace(context(PAULA, TUESDAY), gathered=cases))
    pack = ManagementRecord(kind=RecordKind.EVIDENCE_PACK, id="other.spring")
    period = OrderPack(since=MONDAY.date(), until=MONDAY.date(), size=1)
    other = service.carry_out(pack, period, context(AYLA, MONDAY))
    service.carry_out(NOTHING, ASKED, context())
    assert list(records.waiting(MONDAY)) == [other, ordered]
    assert list(records.waiting(TUESDAY)) == [ordered]
    made = MadePersonalData(left_out=0, files=1, bytes=1, sums="0")
    service.carry_out(ordered, made, context(MACHINE, TUESDAY))
    assert list(records.waiting(MONDAY)) == [other]


def test_where_no_file_waits_one_query_says_so_and_one_that_does_is_one_more_read(table: str) -> None:
    from complaints.adapters.stores.management_records import DynamoManagementRecords

    store = DynamoManagementRecords()
    with measured() as idle:
        assert list(store.waiting(MONDAY)) == []
    assert idle.operations == ["Query"]
    pack = ManagementRecord(kind=RecordKind.EVIDENCE_PACK, id="demo.spring")
    period = OrderPack(since=MONDAY.date(), until=MONDAY.date(), size=1)
    RecordsService(store, CountingSalt()).carry_out(pack, period, context(AYLA))
    with measured() as busy:
        assert [each.id for each in store.waiting(MONDAY)] == ["demo.spring"]
    assert busy.operations == ["Query", "BatchGetItem"]


def test_a_kind_that_this_release_does_not_have_is_not_there() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(kinds._DECLARED, RecordKind.THEME)
        _forget_kinds()
        with pytest.raises(NotFound):
            kinds.declaration(RecordKind.THEME)


def test_the_code_of_a_record_is_what_stands_behind_its_site() -> None:
    record = ManagementRecord(kind=RecordKind.AUDIT, id="demo.spring.2")
    assert (record.site, record.code, record.reference) == ("demo", "spring.2", "audit/demo.spring.2")

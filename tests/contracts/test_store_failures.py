"""The store when AWS is in trouble: what stood in the way is told apart, and nothing else is ever raised."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaints.adapters.dynamodb.transactions import CONFLICT_TRIES
from complaints.adapters.stores.cases.case_messages import DynamoMessages
from complaints.adapters.stores.cases.case_store import DynamoCases
from complaints.adapters.stores.correspondence.outbox import DynamoOutbox
from complaints.adapters.stores.lists.case_queues import DynamoQueues
from complaints.adapters.stores.lists.due_items import DynamoAgenda
from complaints.adapters.stores.lists.task_lists import DynamoTaskLists
from complaints.adapters.stores.settings.settings_store import DynamoSettingsStore
from complaints.adapters.stores.settings.sites import DynamoSites
from complaints.adapters.stores.staff.members import DynamoMembers
from complaints.casework.correspondence.messages import Add
from complaints.context.case import VersionConflict
from complaints.reporting.list_rows import Filter
from complaints.settings.service import SettingWriting
from complaints.settings.setting import SettingKind
from complaints.values.errors import Unavailable
from complaints.values.people import COMPLAINANT
from tests.builders import MONDAY
from tests.contracts import store_failures
from tests.contracts.store_failures import troubled
from tests.contracts.writes import following, opening
from tests.settings_stores import Organisation

OPENED = opening()
REFERENCE = OPENED.case.complaint.reference
NOTE = following(OPENED.case)
MESSAGE = following(OPENED.case, Add(text="And the lid."), COMPLAINANT)
WRITE = "TransactWriteItems"


def settings() -> list[SettingWriting]:
    """The writes that set up the demo site and its people, made by the real rules."""
    organisation = Organisation()
    organisation.has("ada")
    made = []
    for setting in organisation.settings_store.all():
        (entry,) = organisation.settings_store.entries(setting.kind, setting.id)
        private = dict(entry.private)
        made.append(SettingWriting(before=0, setting=setting, entry=entry.data, private=private))
    return made


SETTINGS = settings()
THE_SITE = [writing for writing in SETTINGS if writing.setting.kind is not SettingKind.MEMBER]
ADA_BEGINS = next(writing for writing in SETTINGS if writing.setting.id == "ada")
TROUBLES = {
    "throttled": store_failures.THROTTLED,
    "broken": store_failures.BROKEN,
    "out of reach": store_failures.out_of_reach,
    "answer lost": store_failures.lost_answer,
    "in progress": store_failures.IN_PROGRESS,
    "conflict": store_failures.CONFLICT,
}


@pytest.fixture
def cases(table: str) -> DynamoCases:
    """A store that holds one case."""
    store = DynamoCases()
    store.write(OPENED)
    return store


def numbers(cases: DynamoCases) -> list[int]:
    return [entry.number for entry in cases.entries(REFERENCE)]


def test_s47_lost_race_conflict_and_reused_token_are_told_apart(cases: DynamoCases) -> None:
    """A conflict is tried again; the same token twice is one write; a lost race is a collision at once."""
    with troubled(store_failures.CONFLICT, WRITE, times=1) as attempts:
        cases.write(NOTE)
    assert attempts == [WRITE, WRITE]
    with troubled() as attempts, pytest.raises(VersionConflict) as lost:
        cases.write(MESSAGE)
    assert attempts == [WRITE]
    assert lost.value.case == NOTE.case
    after = following(NOTE.case)
    with troubled(store_failures.lost_answer, WRITE, times=1) as attempts:
        cases.write(after)
    assert attempts == [WRITE, WRITE]
    assert numbers(cases) == [1, 2, 3]


def test_s47_a_conflict_without_end_is_given_up(cases: DynamoCases) -> None:
    with troubled(store_failures.CONFLICT, WRITE) as attempts, pytest.raises(Unavailable):
        cases.write(NOTE)
    assert attempts == [WRITE] * CONFLICT_TRIES
    assert numbers(cases) == [1]


def test_s47_a_write_whose_answer_is_lost_for_good_is_settled_by_its_entry(cases: DynamoCases) -> None:
    with troubled(store_failures.lost_answer, WRITE) as attempts:
        cases.write(NOTE)
    assert attempts[-1] == "BatchGetItem"
    assert numbers(cases) == [1, 2]
    assert cases.load(REFERENCE) == NOTE.case


def test_s47_a_lost_answer_to_a_lost_race_is_no_success(cases: DynamoCases) -> None:
    """Entry two is there, and it is somebody else's."""
    cases.write(MESSAGE)
    with troubled(store_failures.lost_answer, WRITE), pytest.raises(Unavailable):
        cases.write(NOTE)
    assert cases.load(REFERENCE) == MESSAGE.case


def test_s47_a_transaction_that_is_still_at_work_is_waited_for(cases: DynamoCases) -> None:
    with troubled(store_failures.IN_PROGRESS, WRITE, times=1):
        cases.write(NOTE)
    assert numbers(cases) == [1, 2]


@pytest.mark.parametrize("what", ["throttled", "broken", "out of reach", "in progress"])
def test_s46_a_write_that_was_not_done_is_told_as_such(cases: DynamoCases, what: str) -> None:
    with troubled(TROUBLES[what], WRITE), pytest.raises(Unavailable):
        cases.write(NOTE)
    assert numbers(cases) == [1]


@pytest.mark.parametrize("what", TROUBLES)
def test_s46_one_trouble_is_nothing(cases: DynamoCases, what: str) -> None:
    with troubled(TROUBLES[what], WRITE, times=1):
        cases.write(NOTE)
    assert numbers(cases) == [1, 2]


@pytest.mark.parametrize("what", TROUBLES)
def test_s46_a_store_that_is_gone_is_told_as_such(cases: DynamoCases, what: str) -> None:
    """Also by whoever would settle an open question."""
    with troubled(TROUBLES[what]), pytest.raises(Unavailable):
        cases.write(NOTE)


READS: dict[str, Callable[[], Any]] = {
    "load": lambda: DynamoCases().load(REFERENCE),
    "entries": lambda: DynamoCases().entries(REFERENCE),
    "member": lambda: DynamoMembers().find("ada"),
    "members": lambda: DynamoMembers().all(),
    "setting": lambda: DynamoSettingsStore().load(SettingKind.MEMBER, "grace"),
    "entries of a setting": lambda: DynamoSettingsStore().entries(SettingKind.MEMBER, "grace"),
    "settings": lambda: DynamoSettingsStore().all(),
    "site": lambda: DynamoSites(lambda: MONDAY).terms("demo"),
    "sites": lambda: DynamoSites(lambda: MONDAY).all(),
    "messages": lambda: DynamoMessages().of_entries(REFERENCE, [1]),
    "earlier messages": lambda: DynamoMessages().numbers_before(REFERENCE, 9, 20),
    "due": lambda: list(DynamoAgenda().due(MONDAY + timedelta(days=99))),
    "next": lambda: DynamoAgenda().next_moment(MONDAY - timedelta(days=1)),
    "open": lambda: DynamoQueues().by_urgency(["demo"], ["open"], Filter(), after=None, limit=50),
    "mine": lambda: DynamoQueues().of_owner("ada", Filter(), after=None, limit=50),
    "tasks": lambda: DynamoTaskLists().of_member("ada", after=None, limit=50),
    "closed": lambda: DynamoQueues().closed(["demo"], Filter(), after=None, limit=50, now=MONDAY),
}
WRITES: dict[str, Callable[[], Any]] = {
    "claim": lambda: DynamoOutbox().claim(REFERENCE, "000001.1", "a-1", MONDAY),
    "want again": lambda: DynamoOutbox().want_again(REFERENCE, "000001.1", MONDAY + timedelta(days=1)),
    "ask for": lambda: DynamoOutbox().ask_for(REFERENCE, "000001.1", MONDAY),
    "change of a setting": lambda: DynamoSettingsStore().write(ADA_BEGINS),
}


def came_of(call: Callable[[], Any]) -> str:
    """`answered`, or the name of what was raised."""
    try:
        call()
    except Exception as error:
        return type(error).__name__
    return "answered"


@pytest.mark.parametrize("what", ["throttled", "broken", "out of reach", "answer lost"])
def test_s46_every_other_call_to_a_store_that_is_gone_is_told_as_such(cases: DynamoCases, what: str) -> None:
    calls = READS | WRITES
    with troubled(TROUBLES[what]):
        came = {name: came_of(call) for name, call in calls.items()}
    assert came == dict.fromkeys(calls, "Unavailable")


@pytest.mark.parametrize("what", ["throttled", "broken", "out of reach", "answer lost"])
def test_s46_one_trouble_of_any_other_call_is_nothing(cases: DynamoCases, what: str) -> None:
    for writing in THE_SITE:
        DynamoSettingsStore().write(writing)
    came = {}
    for name, call in (READS | WRITES).items():
        with troubled(TROUBLES[what], times=1):
            came[name] = came_of(call)
    assert came == dict.fromkeys(came, "answered")


def test_a_claim_whose_answer_was_lost_is_this_attempts_all_the_same(cases: DynamoCases) -> None:
    with troubled(store_failures.lost_answer, times=1):
        claimed = DynamoOutbox().claim(REFERENCE, "000001.1", "a-1", MONDAY)
    assert claimed is not None
    assert claimed.attempt == "a-1"

"""Cases that cannot be worked, and what is left undone: each makes its alarm ring."""

import json
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from complaints.adapters.dynamodb.key_schema import case_pk, entry_sk
from complaints.adapters.dynamodb.models import EntryItem, SettingItem
from complaints.adapters.stores.settings.sites import FRESH
from complaints.settings.commands import ChangePack, ChangePacks
from complaints.settings.setting import SettingKind
from complaints.values.errors import Unavailable
from functions.workers.case_stream import follow_cases
from functions.workers.evidence.make_packs import TURN, make_evidence
from infrastructure.local.seed import surroundings
from tests.alarms.cloudwatch import counted, rings
from tests.contracts.store_failures import THROTTLED, troubled
from tests.evidence.made_pack import a_run, ordered
from tests.functions.workers.test_schedule import shelve_due, spoil
from tests.installation import Installation
from tests.own_packs import clock, file_of, version

Capsys = pytest.CaptureFixture[str]


@pytest.mark.alarm("CasesStuck")
def test_a_case_that_nobody_can_read_rings(installation: Installation, capsys: Capsys) -> None:
    spoiled, _ = shelve_due(installation, 2)
    spoil(spoiled)
    assert installation.run_schedule() == {"done": 1, "failed": 1, "left": 0}
    found = counted(capsys)
    assert rings("CasesStuck", found)
    assert not rings("CasesHindered", found)


@pytest.mark.alarm("CasesHindered")
def test_a_store_that_takes_nothing_rings_at_the_tenth_case(
    installation: Installation, capsys: Capsys
) -> None:
    shelve_due(installation, 9)
    with troubled(THROTTLED, "TransactWriteItems"):
        installation.run_schedule()
        before = counted(capsys)
        assert not rings("CasesHindered", before)
        installation.run_schedule(steps=1)
    found = before + counted(capsys)
    assert rings("CasesHindered", found)
    assert not rings("CasesStuck", found), "the next run works them"


@pytest.mark.alarm("ScheduleBehind")
def test_runs_that_are_too_short_ring_at_the_fifth(installation: Installation, capsys: Capsys) -> None:
    shelve_due(installation, 7)
    for _ in range(4):
        installation.run_schedule(steps=1)
    before = counted(capsys)
    assert not rings("ScheduleBehind", before)
    installation.run_schedule(steps=1)
    assert rings("ScheduleBehind", before + counted(capsys))


@pytest.mark.alarm("RecordsNotFollowed")
def test_records_that_cannot_be_followed_ring_at_the_fifth_though_the_function_ends_well(
    installation: Installation, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    runs_as("FollowCases")
    reference = installation.take("k-1")
    EntryItem(case_pk(reference), entry_sk(1), number=1, data=b"{").save()
    keys = {"pk": {"S": case_pk(reference)}, "sk": {"S": entry_sk(2)}}
    records: Any = [
        SimpleNamespace(keys=keys, new_image=None, event_name="INSERT", sequence_number=str(place))
        for place in range(5)
    ]
    assert len(follow_cases(records[:4])["batchItemFailures"]) == 4
    before = counted(capsys)
    assert not rings("RecordsNotFollowed", before)
    follow_cases(records[4:])
    assert rings("RecordsNotFollowed", before + counted(capsys))


class OutOfReach:
    """A bucket that cannot be reached, whatever is asked of it."""

    def __getattr__(self, name: str) -> Any:
        raise Unavailable


@pytest.mark.alarm("PacksNotMade")
def test_a_pack_that_cannot_be_made_rings_at_the_third_try(
    installation: Installation, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    runs_as("MakeEvidence")
    ordered(installation.world, "audit")
    installation.world.pack_files = OutOfReach()
    rang, found = [], []
    for _ in range(3):
        assert make_evidence(a_run(100))["failed"] == 1
        found += counted(capsys)
        rang.append(rings("PacksNotMade", found))
        installation.clock.moment += TURN
    assert rang == [False, False, True]


@pytest.mark.alarm("PromisesUnreadable")
def test_promises_that_nobody_can_read_ring(
    installation: Installation, capsys: Capsys, runs_as: Callable[[str], None]
) -> None:
    runs_as("APIHandler")
    here = installation.world
    for kind, name, change in (
        (
            SettingKind.PACK,
            "acme",
            ChangePack(file=file_of(version("acme", 1, clock(days=7))), reason="Ours."),
        ),
        (SettingKind.PACKS, "demo", ChangePacks(packs=("acme", "iso10002-default"), reason="Ours.")),
    ):
        here.settings_service.carry_out(here.settings_store.load(kind, name), change, surroundings(here))
    stored = SettingItem.get("packs", "pack#acme")
    stored.update(actions=[SettingItem.settings.set(json.dumps({"file": {"format": 2}}))])
    installation.clock.moment += FRESH + timedelta(seconds=1)
    here.sites.terms("demo")
    assert rings("PromisesUnreadable", counted(capsys))

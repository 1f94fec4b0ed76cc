"""A pack of an installation of its own, as the schedule makes it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from complaints.adapters.container import Container
from complaints.management.evaluation.evidence_packs import OrderPack
from complaints.management.record import ManagementRecord, RecordKind
from complaints.values.people import Actor, Role
from functions.use_cases.management.evidence_files import pack_key
from functions.use_cases.management.management_records import records_context
from functions.workers.evidence.make_packs import make_evidence
from tests.complaints.evidence.fakes import KeptPacks

AYLA = Actor("staff", "Ayla", (Role.AUDITOR,))


def ordered(world: Container, id: str, **asked: Any) -> ManagementRecord:
    """Ayla orders the pack of these days; it lies in memory."""
    world.pack_files = KeptPacks()
    record = world.management_records.load(RecordKind.EVIDENCE_PACK, f"demo.{id}")
    context = records_context(world, record, AYLA)
    command = OrderPack(since=context.today - timedelta(days=3), until=context.today, size=100, **asked)
    return world.records_service.carry_out(record, command, context)


def made(
    world: Container, record: ManagementRecord, path: Path, meanwhile: Callable[[], None] | None = None
) -> Path:
    """The file, once the schedule ran: in one run, or a step in each where something happens `meanwhile`."""
    packs = world.pack_files
    assert isinstance(packs, KeptPacks)
    while pack_key(record) not in packs.whole:
        assert make_evidence(a_run(1 if meanwhile else 100))["failed"] == 0
        if meanwhile:
            meanwhile()
    path.write_bytes(packs.whole[pack_key(record)])
    return path


def a_run(steps: int) -> Any:
    """A run that has time for so many steps."""
    left = chain(repeat(300_000, steps), repeat(0))
    return SimpleNamespace(context=SimpleNamespace(get_remaining_time_in_millis=lambda: next(left)))

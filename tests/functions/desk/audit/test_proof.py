"""How far the record is sealed, as auditors read it: also after a time without checkpoints."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from functions.desk.audit.proof import Proof, proof_of
from tests.complaints.checkpoints.test_sealing import Installation

HOUR = timedelta(hours=1)


def shown(installation: Installation, now: datetime) -> Proof:
    deps = SimpleNamespace(
        evidence=installation.files, settings=SimpleNamespace(time_stamps=""), now=lambda: now
    )
    return proof_of(cast(Any, deps))


@pytest.mark.parametrize("silence", [3, 31, 59])
@pytest.mark.parametrize("month", [1, 3, 12])
def test_a_checkpoint_that_came_late_says_that_all_is_sealed(month: int, silence: int) -> None:
    """It is called as the hour in which it begins, which may be weeks ago."""
    installation, noon = Installation(), datetime(2026, month, 31, 12, 10, tzinfo=UTC)
    installation.seal(noon - silence * 24 * HOUR)
    before = shown(installation, noon)
    assert before.is_late
    assert before.checkpoint, "the last one is named, whatever came after it"
    assert before.checkpoint.until == noon.replace(minute=0) - silence * 24 * HOUR
    installation.seal(noon)
    proof = shown(installation, noon)
    assert not proof.is_late
    assert proof.checkpoint
    assert proof.checkpoint.until == noon.replace(minute=0)
    assert shown(installation, noon + 3 * HOUR).is_late
